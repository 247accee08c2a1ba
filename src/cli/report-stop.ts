import type { Collected } from '../pipeline/collect.ts';
import { explain } from './explain-error.ts';
import type { TerminalSettings } from './terminal.ts';

/** Says why a collection ended early. Returns the exit code for that, or null when it ran to its end. */
export function reportStop(
  stopped: Collected['stopped'],
  settings: TerminalSettings,
  evidence: string,
): number | null {
  if (stopped === null) {
    return null;
  }
  const next = stopped.next ?? `Go on with --resume ${evidence}`;
  process.stderr.write(explain(Object.assign(new Error(stopped.message), { next }), settings));
  return stopped.next === null ? 130 : 3;
}
