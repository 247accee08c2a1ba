import type { Collected } from '../pipeline/collect.ts';
import { visible } from '../report/text/visible.ts';
import { note, type TerminalSettings } from './terminal.ts';

/** Says why a collection ended early. Returns the exit code for that, or null when it ran to its end. */
export function reportStop(
  stopped: Collected['stopped'],
  settings: TerminalSettings,
  evidence: string,
): number | null {
  if (stopped === null) {
    return null;
  }
  note(settings, `afterleak: ${visible(stopped.message)}`);
  note(settings, `  → ${visible(stopped.next ?? `go on with --resume ${evidence}`)}`);
  return stopped.next === null ? 130 : 3;
}
