import { createHash } from 'node:crypto';
import type { ResultFinding } from '../../model/audit-result.ts';
import { attributions, type Decision, decisions } from '../../model/finding.ts';
import { type Severity, severityRank, worseSeverity } from '../../model/severity.ts';
import { compareText } from '../text/phrases.ts';

export interface CardGroup {
  readonly decision: Decision;
  readonly by: 'subject' | 'check';
  readonly key: string;
  readonly severity: Severity;
  readonly findings: readonly ResultFinding[];
}

/** Hardening is read by kind of weakness; everything else by the thing that must be dealt with. */
function groupedBy(decision: Decision): CardGroup['by'] {
  return decision === 'harden' ? 'check' : 'subject';
}

/** A namesake that was made again has another unique id and is another thing. */
function keyOf(finding: ResultFinding): string {
  return groupedBy(finding.decision) === 'check'
    ? finding.check
    : JSON.stringify([finding.subject.arn, finding.subject.uniqueId ?? null]);
}

export function cardId(group: Pick<CardGroup, 'decision' | 'key'>): string {
  const digest = createHash('sha256').update(group.key).digest('hex');
  return `${group.decision}-${digest.slice(0, 12)}`;
}

function compareFindings(left: ResultFinding, right: ResultFinding): number {
  return (
    Number(left.exception !== undefined) - Number(right.exception !== undefined) ||
    severityRank(left.severity) - severityRank(right.severity) ||
    attributions.indexOf(left.attribution) - attributions.indexOf(right.attribution) ||
    compareText(left.check, right.check) ||
    compareText(left.subject.arn, right.subject.arn) ||
    compareText(left.fingerprint, right.fingerprint)
  );
}

function compareGroups(left: CardGroup, right: CardGroup): number {
  const [leftFirst, rightFirst] = [left.findings[0], right.findings[0]];
  if (leftFirst === undefined || rightFirst === undefined) {
    return 0;
  }
  return (
    Number(leftFirst.exception !== undefined) - Number(rightFirst.exception !== undefined) ||
    severityRank(left.severity) - severityRank(right.severity) ||
    attributions.indexOf(leftFirst.attribution) - attributions.indexOf(rightFirst.attribution) ||
    right.findings.length - left.findings.length ||
    compareText(left.key, right.key)
  );
}

const grouped = new WeakMap<readonly ResultFinding[], ReturnType<typeof groupCards>>();

/** Markdown asks once for each length that it tries. */
export function groupCards(findings: readonly ResultFinding[]): ReadonlyMap<Decision, readonly CardGroup[]> {
  const known = grouped.get(findings);
  if (known !== undefined) {
    return known;
  }
  const made = madeGroups(findings);
  grouped.set(findings, made);
  return made;
}

function madeGroups(findings: readonly ResultFinding[]): ReadonlyMap<Decision, readonly CardGroup[]> {
  const byDecision = new Map<Decision, Map<string, ResultFinding[]>>();
  for (const finding of findings) {
    const groups = byDecision.get(finding.decision) ?? new Map<string, ResultFinding[]>();
    byDecision.set(finding.decision, groups);
    const key = keyOf(finding);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [finding]);
    } else {
      group.push(finding);
    }
  }
  return new Map(
    decisions.map((decision) => {
      const groups = [...(byDecision.get(decision) ?? [])].map(([key, members]): CardGroup => {
        const sorted = members.sort(compareFindings);
        const severity = sorted.reduce<Severity>(
          (worst, finding) => worseSeverity(worst, finding.severity),
          'info',
        );
        return { decision, by: groupedBy(decision), key, severity, findings: sorted };
      });
      return [decision, groups.sort(compareGroups)];
    }),
  );
}
