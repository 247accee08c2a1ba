import type { ResultFinding } from '../model/audit-result.ts';
import type { Plan } from '../model/plan.ts';
import { compareText } from './plan-world.ts';

type Question = Plan['questions'][number];

const known: Readonly<Partial<Record<ResultFinding['attribution'], string>>> = {
  'shared-credential':
    'The leaked credential changed it, but from where its owner usually works. Was it you, and is it as you left it?',
  'in-window':
    'It was made or changed while the intruder was in, and nothing tells by whom. Was it you, and is it as you left it?',
  unexplained: 'The reviewed baseline does not hold it. Whose is it, since when, and what for?',
};

const otherwise = 'Nothing tells who made it. Whose is it, what for, and is it still needed?';

/** One question per thing, although several findings ask it. */
export function ownerQuestions(findings: readonly ResultFinding[]): readonly Question[] {
  const groups = new Map<string, ResultFinding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.subject.arn) ?? [];
    groups.set(finding.subject.arn, group);
    group.push(finding);
  }
  return [...groups]
    .sort(([left], [right]) => compareText(left, right))
    .map(([arn, group]) => {
      const asked = [...new Set(group.map(({ attribution }) => known[attribution] ?? otherwise))].sort();
      const seen = [...new Set(group.map(({ message }) => message))].sort(compareText);
      return {
        arn,
        question: `${asked.join(' ')} Seen: ${seen.join(' · ')}`,
        findings: group.map(({ fingerprint }) => fingerprint).sort(compareText),
      };
    });
}
