import { plainLine } from './plain-line.ts';
import type { BaselineChange, ChangeKind } from './update-baseline.ts';

const marks: Readonly<Record<Exclude<ChangeKind, 'unchanged'>, string>> = {
  gone: '-',
  're-created': '!',
  content: '~',
  added: '+',
  'left-out': '=',
  'not-seen': '?',
};

const words: Readonly<Record<ChangeKind, string>> = {
  gone: 'gone',
  're-created': 're-created',
  content: 'of changed content',
  added: 'added',
  'left-out': 'left as they were reviewed (suspicious now)',
  'not-seen': 'could not be looked for',
  unchanged: 'unchanged',
};

/** The difference between a baseline and the evidence, one line each; what stayed the same is only counted. */
export function renderDifference(changes: readonly BaselineChange[]): string {
  const lines = changes.flatMap(({ kind, type, id, detail }) =>
    kind === 'unchanged' ? [] : [plainLine(`${marks[kind]} ${type} ${id}: ${detail}`)],
  );
  const counts = Object.entries(words).flatMap(([kind, word]) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return [...lines, counts.length === 0 ? 'Both are empty.' : `${counts.join(', ')}.`].join('\n');
}

/** True where something is not as the baseline holds it. */
export function differs(changes: readonly BaselineChange[]): boolean {
  return changes.some(({ kind }) => kind !== 'unchanged' && kind !== 'not-seen');
}
