import { visible } from '../report/text/visible.ts';

function nextStepOf(error: Error): string | null {
  return 'next' in error && typeof error.next === 'string' ? error.next : null;
}

/** Names of errors whose message is meant for people; anything else is a bug in afterleak. */
const expected: ReadonlySet<string> = new Set([
  'EvidenceError',
  'FatalAwsError',
  'InputError',
  'RecordingError',
  'SelectionError',
]);

/** One line that says what is wrong, one that says what to do; a stack only for bugs and only with --verbose. */
export function explain(error: unknown, verbose: boolean): string {
  if (error instanceof Error && expected.has(error.name)) {
    const next = nextStepOf(error);
    return `afterleak: ${visible(error.message)}\n${next === null ? '' : `  → ${visible(next)}\n`}`;
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
