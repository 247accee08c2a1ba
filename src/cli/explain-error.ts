import { visible } from '../report/text/visible.ts';

function nextStepOf(error: Error): string | null {
  return 'next' in error && typeof error.next === 'string' ? error.next : null;
}

/**
 * One line that says what is wrong, one that says what to do. An error that carries no next step is not meant for
 * people: it is a bug, and only `--verbose` shows where.
 */
export function explain(error: unknown, verbose: boolean): string {
  const next = error instanceof Error ? nextStepOf(error) : null;
  if (error instanceof Error && next !== null) {
    return `afterleak: ${visible(error.message)}\n  → ${visible(next)}\n`;
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack =
    verbose && error instanceof Error
      ? (error.stack ?? '')
          .split('\n')
          .map((line) => `  ${visible(line)}\n`)
          .join('')
      : '  (--verbose shows where)\n';
  return `afterleak: this is a bug in afterleak: ${visible(text)}\n${stack}`;
}
