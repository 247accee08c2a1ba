import { visible } from '../report/text/visible.ts';

interface Explanation {
  readonly message: string;
  /** What to do; empty for a bug, which is not meant for people. */
  readonly next: string;
  readonly stack: readonly string[];
}

function explanationOf(error: unknown, verbose: boolean): Explanation {
  if (error instanceof Error && 'next' in error && typeof error.next === 'string') {
    return { message: error.message, next: error.next, stack: [] };
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = verbose && error instanceof Error ? (error.stack ?? '').split('\n').slice(1) : [];
  return {
    message: `this is a bug in afterleak: ${text}`,
    next: stack.length > 0 ? 'Please report it with the lines below.' : '--verbose shows where.',
    stack,
  };
}

/** One line that says what is wrong and one that says what to do; with `--json-logs` one JSON line. */
export function explain(
  error: unknown,
  how: { readonly verbose: boolean; readonly jsonLogs: boolean },
): string {
  const { message, next, stack } = explanationOf(error, how.verbose);
  if (how.jsonLogs) {
    return `${JSON.stringify({ level: 'error', message, next, ...(stack.length === 0 ? {} : { stack }) })}\n`;
  }
  const lines = [`afterleak: ${visible(message)}`, `  → ${visible(next)}`, ...stack.map(visible)];
  return `${lines.join('\n')}\n`;
}
