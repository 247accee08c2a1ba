import { join } from 'node:path';

/** `reports/<UTC time>-<command>`: sorts by time, and two runs never share a folder. */
export function defaultFolder(command: string, now: Date): string {
  const stamp = now
    .toISOString()
    .replaceAll(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
  return join('reports', `${stamp}-${command}`);
}
