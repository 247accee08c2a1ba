import { type AuditResult, auditResultSchema, type ResultFinding } from '../../src/model/audit-result.ts';
import { attributions, decisions, findingKinds } from '../../src/model/finding.ts';
import { severities } from '../../src/model/severity.ts';
import { buildCheck, buildFinding, buildGap, buildResult, buildRow } from './result-builder.ts';

/** A sequence of numbers that looks like chance and is the same each time (mulberry32). */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const accounts = ['111122223333', '444455556666', '777788889999'] as const;
const regions = ['us-east-1', 'eu-west-1', null] as const;
const histories = ['new', 'persisting', 'reappeared', null] as const;
const scraps = ['user', '=1+1', '[x](y)', '{0}', '\u202E', '::error::', '\n', '%', 'ü', '"', ';@x', '\u0000'];

/** A result of any size with everything that formats for machines tell apart. */
export function randomResult(seed: number, findingsWanted = 40): AuditResult {
  const below = sequence(seed);
  const oneOf = <T>(values: readonly [T, ...T[]] | readonly T[]): T => {
    const value = values[below(values.length)];
    if (value === undefined) {
      throw new Error('nothing to choose from');
    }
    return value;
  };
  const text = (): string => Array.from({ length: 1 + below(4) }, () => oneOf(scraps)).join('');
  const checks = Array.from({ length: 12 }, (_, index) =>
    buildCheck({
      id: `domain-${index % 3}/check-${index}`,
      kind: oneOf(findingKinds),
      severity: oneOf(severities),
      techniques: index % 2 === 0 ? ['T1098', 'T1098.001'] : [],
      frameworks: index % 3 === 0 ? { 'NIST 800-53 r5': ['AC-2', `AC-${index}`] } : {},
      references: ['https://docs.example.com/a', 'javascript:alert(1)'],
    }),
  );
  const findings: ResultFinding[] = Array.from({ length: findingsWanted }, (_, index) => {
    const name = `${text()}${index}`;
    return buildFinding({
      check: oneOf(checks).id,
      kind: oneOf(findingKinds),
      severity: oneOf(severities),
      attribution: oneOf(attributions),
      decision: oneOf(decisions),
      history: histories[below(4)] ?? null,
      message: text(),
      subject: {
        arn: `arn:aws:iam::${oneOf(accounts)}:user/${name}`,
        type: 'iam-user',
        accountId: below(5) === 0 ? null : oneOf(accounts),
        region: regions[below(3)] ?? null,
        name,
      },
      signals: Array.from({ length: below(3) }, () => ({
        code: 'in-window',
        fact: text(),
        source: 'lineage',
      })),
      provenance: Array.from({ length: below(4) }, (__, at) => ({
        eventId: `event-${index}-${at}`,
        eventTime: `2026-11-03T0${below(10)}:00:00Z`,
        eventName: 'CreateUser',
        actorArn: 'arn:aws:iam::111122223333:user/deploy',
        accessKeyId: below(2) === 0 ? null : 'AKIAIOSFODNN7EXAMPLE',
        sourceIp: [null, '198.51.100.7', '2001:db8::7', 'cloudformation.amazonaws.com'][below(4)] ?? null,
      })),
      ...(below(6) === 0
        ? { exception: { reason: text(), approvedBy: 'a@example.com', expires: '2027-01-01T00:00:00Z' } }
        : {}),
    });
  });
  const gap = (): ReturnType<typeof buildGap> =>
    buildGap({ detail: text(), unit: oneOf(accounts), accepted: below(3) === 0 });
  const results = checks.flatMap(({ id }) => {
    const own = findings.filter(({ check }) => check === id).map(({ fingerprint }) => fingerprint);
    const rows = [
      buildRow({ check: id, outcome: own.length > 0 ? 'fail' : 'pass', findings: own, examined: 5 }),
    ];
    const other = below(6);
    const units = [{ accountId: oneOf(accounts) }];
    return [
      ...rows,
      ...(other === 0 ? [buildRow({ check: id, outcome: 'unevaluated', units, gaps: [gap()] })] : []),
      ...(other === 1 ? [buildRow({ check: id, outcome: 'error', units, reason: text() })] : []),
      ...(other === 2 ? [buildRow({ check: id, outcome: 'manual', units, instructions: text() })] : []),
      ...(other === 3 ? [buildRow({ check: id, outcome: 'fail', units, gaps: [gap(), gap()] })] : []),
      ...(other === 4
        ? [buildRow({ check: id, outcome: 'manual', units, instructions: text(), satisfied: true })]
        : []),
    ];
  });
  const base = buildResult({ checks, findings, results });
  const again = { against: { evidenceDigest: 'd', asOf: '2026-10-01T00:00:00Z' } };
  const earlier = (fingerprint: string) => ({
    fingerprint,
    check: oneOf(checks).id,
    title: text(),
    subject: { arn: `arn:${text()}`, type: 'iam-user', accountId: null, region: null, name: text() },
  });
  const resolved = Array.from({ length: below(4) }, (_, index) => earlier(`resolved${index}`));
  const cannotTell = Array.from({ length: below(4) }, (_, index) => ({
    ...earlier(`unknown${index}`),
    why: text(),
  }));
  const count = (history: string): number => findings.filter((finding) => finding.history === history).length;
  return auditResultSchema.parse({
    ...base,
    incident: below(2) === 0 ? null : base.incident,
    coverage: { ...base.coverage, gaps: Array.from({ length: below(3) }, gap) },
    history:
      below(3) === 0
        ? null
        : {
            ...again,
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
  });
}
