import type { AuditResult, ResultFinding } from '../../model/audit-result.ts';
import type { RunHistory } from '../../model/verification.ts';

type Unit = AuditResult['results'][number]['units'][number];

/** A finding that an earlier run had, or had and could not tell any more. */
export interface EarlierFinding {
  readonly fingerprint: string;
  readonly check: string;
  readonly title: string;
  readonly subject: RunHistory['resolved'][number]['subject'];
  /** Where it was seen. */
  readonly units: readonly Unit[];
  /** When it was true, at the latest: what is older proves nothing against it. */
  readonly asOf: string;
}

function latest(times: readonly string[]): string | null {
  return [...times].sort().at(-1) ?? null;
}

/** The unit that the subject lies in: where no row of the result carries the finding. */
function unitOfSubject(scope: string, { accountId, region }: ResultFinding['subject']): Unit {
  if (scope === 'organization' || accountId === null) {
    return {};
  }
  return scope === 'region' && region !== null ? { accountId, region } : { accountId };
}

/** The findings of a result, and those that it could not tell: nothing is forgotten for want of evidence. */
export function earlierFindings(result: AuditResult): ReadonlyMap<string, EarlierFinding> {
  const rows = new Map<string, AuditResult['results']>();
  for (const row of result.results) {
    for (const fingerprint of row.findings) {
      rows.set(fingerprint, [...(rows.get(fingerprint) ?? []), row]);
    }
  }
  const scopes = new Map(result.checks.map(({ id, scope }) => [id, scope]));
  const found = new Map<string, EarlierFinding>();
  for (const { fingerprint, check, title, subject, evidence } of result.findings) {
    const own = rows.get(fingerprint) ?? [];
    const units = own.flatMap((row) => row.units);
    const [only, another] = units;
    // The time of a folded row is that of its oldest unit, which need not be this finding's.
    const ofRow = only !== undefined && another === undefined ? own[0]?.evidenceAsOf : undefined;
    found.set(fingerprint, {
      fingerprint,
      check,
      title,
      subject,
      units: units.length > 0 ? units : [unitOfSubject(scopes.get(check) ?? 'organization', subject)],
      asOf: latest(evidence.map(({ asOf }) => asOf)) ?? ofRow ?? result.asOf,
    });
  }
  for (const { why: _why, units, ...carried } of result.history?.cannotTell ?? []) {
    const scope = scopes.get(carried.check) ?? 'region';
    const from = result.history?.against.asOf ?? result.asOf;
    const known = { ...carried, units: units ?? [unitOfSubject(scope, carried.subject)], asOf: from };
    if (!found.has(carried.fingerprint)) {
      found.set(carried.fingerprint, known);
    }
  }
  return found;
}
