import type { AuditResult, Outcome } from '../../../../src/model/audit-result.ts';

/** The result without what differs between two runs over the same organization: times, digests, session names, calls. */
export function steadyResult(result: AuditResult): unknown {
  const { evidenceDigest, asOf, coverage, findings, results, plan, collection, ...rest } = result;
  const { ownTraces, byService, ...seen } = coverage;
  return {
    ...rest,
    collection: {
      callerArn: collection.callerArn,
      callerAccountId: collection.callerAccountId,
      keys: collection.keys,
      files: collection.files.map(({ path, observations }) => ({ path, observations })),
    },
    plan: plan === null ? null : { ...plan, evidenceDigest: '' },
    results: results.map(({ evidenceAsOf: _seenAt, ...row }) => row),
    findings: findings.map(({ evidence, message, ...finding }) => ({
      ...finding,
      // Another hour may have begun between the two runs.
      message: message.replace(/\d+ hours old/, 'hours old'),
      evidence: evidence.map(({ asOf: _seenAt, ...place }) => place),
    })),
    coverage: {
      ...seen,
      services: Object.entries(byService).map(([service, { observations, gaps, accounts }]) => ({
        service,
        observations,
        gaps,
        accounts,
      })),
      callerArn: ownTraces.callerArn,
      userAgent: ownTraces.userAgent,
    },
  };
}

/** `check account region` to outcome: the rows of a result, unfolded. */
export function outcomes(result: AuditResult): ReadonlyMap<string, Outcome> {
  return new Map(
    result.results.flatMap(({ check, outcome, units }) =>
      units.map(
        ({ accountId, region }) =>
          [`${check} ${accountId ?? ''} ${region ?? ''}`.trimEnd(), outcome] as const,
      ),
    ),
  );
}
