import type { AuditResult, ResultFinding } from '../model/audit-result.ts';
import { assertComparable } from '../model/comparable-results.ts';
import type { RunHistory } from '../model/verification.ts';
import { type EarlierFinding, earlierFindings } from './history/earlier-finding.ts';
import { Answers, whyNotResolved } from './history/why-not-resolved.ts';

/** The same fingerprint is the same thing, unless its unique id says that it was made anew. */
function historyOf(
  finding: ResultFinding,
  earlier: ReadonlyMap<string, EarlierFinding>,
  resolvedBefore: ReadonlySet<string>,
): 'new' | 'persisting' | 'reappeared' {
  const known = earlier.get(finding.fingerprint);
  if (known === undefined) {
    return resolvedBefore.has(finding.fingerprint) ? 'reappeared' : 'new';
  }
  const then = known.subject.uniqueId;
  const now = finding.subject.uniqueId;
  return then !== undefined && now !== undefined && then !== now ? 'reappeared' : 'persisting';
}

/**
 * How the findings of an earlier result went on. Gone is only what a complete look at newer evidence did not find; what
 * was not looked for stays on the list, from run to run, until it is.
 * @throws ComparisonError when the results are of another organization, partition or schema version.
 */
export function withHistory(result: AuditResult, previous: AuditResult): AuditResult {
  assertComparable(result, previous);
  const earlier = earlierFindings(previous);
  const resolvedBefore = new Set(previous.history?.resolved.map(({ fingerprint }) => fingerprint));
  const findings = result.findings.map((finding) => ({
    ...finding,
    history: historyOf(finding, earlier, resolvedBefore),
  }));
  const present = new Set(findings.map(({ fingerprint }) => fingerprint));
  const answers = new Answers(result);
  const resolved: RunHistory['resolved'] = [];
  const cannotTell: RunHistory['cannotTell'] = [];
  for (const finding of [...earlier.values()].filter(({ fingerprint }) => !present.has(fingerprint))) {
    const { fingerprint, check, title, subject, units } = finding;
    const told = { fingerprint, check, title, subject };
    const why = whyNotResolved(finding, result, previous, answers);
    if (why === null) {
      resolved.push(told);
    } else {
      cannotTell.push({ ...told, why, units: units.map((unit) => ({ ...unit })) });
    }
  }
  const count = (history: ResultFinding['history']): number =>
    findings.filter((finding) => finding.history === history).length;
  return {
    ...result,
    findings,
    history: {
      against: { evidenceDigest: previous.evidenceDigest, asOf: previous.asOf },
      counts: {
        new: count('new'),
        persisting: count('persisting'),
        reappeared: count('reappeared'),
        resolved: resolved.length,
        cannotTell: cannotTell.length,
      },
      resolved,
      cannotTell,
    },
  };
}
