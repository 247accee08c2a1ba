import type { ResultFinding } from '../../model/audit-result.ts';

/**
 * Marks in a pattern. They are control characters, of which a displayed text holds none: `visible` has made pictures
 * of them.
 */
const marks = { arn: '\u0001', name: '\u0002', account: '\u0003', argument: '\u0004' } as const;

/** Words with a digit are what differs between messages of one kind: times, ids, counts. */
const argumentWords = /[^\s(),;]*\d[^\s(),;]*/g;

/** Shorter names would be found in other words. */
const shortestName = 3;

type Subject = Pick<ResultFinding['subject'], 'arn' | 'name' | 'accountId'>;

export interface PatternedMessage {
  readonly pattern: string;
  /** Fill the `argument` marks in their order. Null for none. */
  readonly words: string | null;
}

/** What a message shares with its like, and what is its own. Expects displayed texts. */
export function patternOf(message: string, { arn, name, accountId }: Subject): PatternedMessage {
  let pattern = message;
  if (arn.length >= shortestName) {
    pattern = pattern.replaceAll(arn, marks.arn);
  }
  if (name.length >= shortestName) {
    pattern = pattern.replaceAll(name, marks.name);
  }
  if (accountId !== null && accountId.length >= shortestName) {
    pattern = pattern.replaceAll(accountId, marks.account);
  }
  const words: string[] = [];
  pattern = pattern.replace(argumentWords, (word) => {
    words.push(word);
    return marks.argument;
  });
  return { pattern, words: words.length === 0 ? null : words.join(marks.argument) };
}
