import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AuditResult, ResultFinding, ResultRow } from '../../../../src/model/audit-result.ts';
import {
  assessCompliance,
  type ControlAssessment,
  type ControlStatus,
} from '../../../../src/model/compliance/assess-compliance.ts';
import {
  buildCheck,
  buildFinding,
  buildGap,
  buildResult,
  buildRow,
} from '../../../support/result-builder.ts';

const first = '111122223333';
const second = '444455556666';

const keys = buildCheck({
  id: 'keys/root',
  frameworks: { 'CIS AWS 7.0': ['2.4'], 'NIST 800-53 r5': ['AC-2'] },
});
const admins = buildCheck({ id: 'admins/user', frameworks: { 'NIST 800-53 r5': ['AC-2', 'AC-6'] } });
const functions = buildCheck({
  id: 'functions/open',
  scope: 'region',
  frameworks: { 'NIST 800-53 r5': ['AC-3'], 'CIS AWS 7.0': ['2.21'] },
});
const asked = buildCheck({
  id: 'directory/mfa',
  scope: 'organization',
  frameworks: { 'NIST 800-53 r5': ['IA-2(1)'] },
});

const complete: Partial<AuditResult> = {
  checks: [keys, admins, functions, asked],
  results: [
    buildRow({ check: keys.id, examined: 1, evidenceAsOf: '2026-11-03T13:00:00Z' }),
    buildRow({ check: admins.id, examined: 4, evidenceAsOf: '2026-11-03T12:00:00Z' }),
    buildRow({ check: functions.id, examined: 7, units: [{ accountId: first, region: 'us-east-1' }] }),
    buildRow({ check: asked.id, outcome: 'manual', instructions: 'Look', satisfied: true, units: [{}] }),
  ],
  attestations: [
    {
      control: asked.id,
      statement: 'MFA is asked for at every sign-in',
      by: 'a.person@example.com',
      at: '2026-11-03T10:00:00Z',
      expires: '2026-12-03T10:00:00Z',
      status: 'live',
    },
  ],
};

function controlsOf(result: AuditResult): ReadonlyMap<string, ControlAssessment> {
  return new Map(
    assessCompliance(result).frameworks.flatMap(({ framework, controls }) =>
      controls.map((one) => [`${framework.key} ${one.control.id}`, one] as const),
    ),
  );
}

function statusOf(fields: Partial<AuditResult>, control: string): ControlStatus | undefined {
  return controlsOf(buildResult({ ...complete, ...fields })).get(control)?.status;
}

/** The complete result with another row for one check. */
function withRow(row: ResultRow): Partial<AuditResult> {
  return { results: [...(complete.results ?? []).filter(({ check }) => check !== row.check), row] };
}

function withFindings(findings: readonly ResultFinding[]): Partial<AuditResult> {
  const [one] = findings;
  const row = buildRow({
    check: one?.check ?? '',
    outcome: 'fail',
    examined: 4,
    findings: findings.map(({ fingerprint }) => fingerprint),
  });
  return { ...withRow(row), findings: [...findings] };
}

const exception = { reason: 'break glass', approvedBy: 'ciso', expires: '2027-01-01T00:00:00Z' };

describe('status of a control', () => {
  test('satisfied only over complete evidence, with what was looked at', () => {
    const controls = controlsOf(buildResult(complete));
    const control = controls.get('NIST 800-53 r5 AC-2');
    expect(control?.status).toBe('satisfied');
    expect(control?.why).toEqual([]);
    expect(
      control?.checks.map(({ id, examined, population, places }) => [id, examined, population, places]),
    ).toEqual([
      [admins.id, 4, 'principals', 1],
      [keys.id, 1, 'principals', 1],
    ]);
    expect(control?.checks[0]?.evidenceAsOf).toBe('2026-11-03T12:00:00Z');
    expect(controls.get('CIS AWS 7.0 2.4')?.status).toBe('satisfied');
    expect(controls.get('NIST 800-53 r5 IA-2(1)')?.checks[0]?.attestations).toEqual([
      { by: 'a.person@example.com', at: '2026-11-03T10:00:00Z', expires: '2026-12-03T10:00:00Z' },
    ]);
  });

  test('what lies beyond the checks is never called satisfied', () => {
    const control = controlsOf(buildResult(complete)).get('CIS AWS 7.0 2.21');
    expect(control?.status).toBe('cannot-tell');
    expect(control?.why.join(' ')).toMatch(/no bucket/);
  });

  test.each<[string, Partial<AuditResult>, ControlStatus]>([
    ['an open finding', withFindings([buildFinding({ check: admins.id })]), 'not-satisfied'],
    ['only an accepted finding', withFindings([buildFinding({ check: admins.id, exception })]), 'exception'],
    [
      'an open finding beside an accepted one',
      withFindings([buildFinding({ check: admins.id, exception }), buildFinding({ check: admins.id })]),
      'not-satisfied',
    ],
    [
      'an unevaluated place',
      withRow(buildRow({ check: admins.id, outcome: 'unevaluated', gaps: [buildGap({})] })),
      'cannot-tell',
    ],
    [
      'an unevaluated place whose gap is accepted',
      withRow(buildRow({ check: admins.id, outcome: 'unevaluated', gaps: [buildGap({ accepted: true })] })),
      'cannot-tell',
    ],
    [
      'a check that broke',
      withRow(buildRow({ check: admins.id, outcome: 'error', reason: 'TypeError' })),
      'cannot-tell',
    ],
    [
      'a question that nobody answered',
      withRow(buildRow({ check: admins.id, outcome: 'manual', instructions: 'Look', satisfied: false })),
      'cannot-tell',
    ],
    [
      'a question whose answer is not told',
      withRow(buildRow({ check: admins.id, outcome: 'manual', instructions: 'Look' })),
      'cannot-tell',
    ],
    [
      'a check that wants a baseline which nobody gave',
      withRow(buildRow({ check: admins.id, outcome: 'not-applicable', reason: 'No baseline is given.' })),
      'cannot-tell',
    ],
    [
      'a check that does not apply here, beside one that passed',
      withRow(
        buildRow({ check: admins.id, outcome: 'not-applicable', reason: 'Not the management account.' }),
      ),
      'satisfied',
    ],
    [
      'findings about the sweep alone',
      withRow(buildRow({ check: admins.id, outcome: 'fail' })),
      'cannot-tell',
    ],
    [
      'an account that was not swept',
      { coverage: { ...buildResult().coverage, notSwept: [{ accountId: second, reason: 'refused' }] } },
      'cannot-tell',
    ],
    ['an account outside of the scope', { scope: { ...buildResult().scope, ofAccounts: 12 } }, 'cannot-tell'],
    ['an unknown number of accounts', { scope: { ...buildResult().scope, ofAccounts: null } }, 'cannot-tell'],
    [
      'an organization that was not read',
      { scope: { ...buildResult().scope, organizationInScope: false } },
      'cannot-tell',
    ],
    [
      'a management account that was not swept',
      { scope: { ...buildResult().scope, managementAccountSwept: false } },
      'cannot-tell',
    ],
    [
      'a gap of the scope',
      {
        coverage: { ...buildResult().coverage, scopeGaps: [buildGap({ operation: 'account:ListRegions' })] },
      },
      'cannot-tell',
    ],
    [
      'a gap of the event trail, which states do not need',
      {
        coverage: {
          ...buildResult().coverage,
          scopeGaps: [buildGap({ operation: 'cloudtrail:LookupEvents' })],
        },
      },
      'satisfied',
    ],
    [
      'a check that was left out of the run',
      {
        checksNotRun: [
          { id: 'x/y', title: 'Left out', frameworks: { 'NIST 800-53 r5': ['AC-2'] }, techniques: [] },
        ],
      },
      'cannot-tell',
    ],
    [
      'a second account in which a check has no result',
      { scope: { ...buildResult().scope, accounts: [first, second], ofAccounts: 2 } },
      'cannot-tell',
    ],
  ])('%s', (_name, fields, status) => {
    expect(statusOf(fields, 'NIST 800-53 r5 AC-2')).toBe(status);
  });

  test('a region without a result is told', () => {
    const scope = { ...buildResult().scope, regions: ['eu-west-1', 'us-east-1'] };
    expect(statusOf({ scope }, 'NIST 800-53 r5 AC-3')).toBe('cannot-tell');
    const coverage = {
      ...buildResult().coverage,
      byAccount: [{ accountId: first, name: null, swept: true, regions: ['us-east-1'], keys: {} }],
    };
    expect(statusOf({ scope, coverage }, 'NIST 800-53 r5 AC-3')).toBe('satisfied');
  });

  test('limits of one’s own: an exact recommendation cannot be called satisfied, a wide control can', () => {
    const checks = [{ ...keys, optionsSet: { maximumAgeDays: 365 } }, admins, functions, asked];
    expect(statusOf({ checks }, 'CIS AWS 7.0 2.4')).toBe('cannot-tell');
    expect(statusOf({ checks }, 'NIST 800-53 r5 AC-2')).toBe('satisfied');
  });

  test('a control whose checks apply nowhere is not assessed', () => {
    const row = buildRow({
      check: functions.id,
      outcome: 'not-applicable',
      reason: 'Not the management account.',
      units: [{ accountId: first, region: 'us-east-1' }],
    });
    expect(statusOf(withRow(row), 'NIST 800-53 r5 AC-3')).toBe('not-assessed');
  });

  test('an account of its own needs no organization', () => {
    const alone = {
      organizationId: null,
      managementAccountId: null,
      scope: {
        accounts: [first],
        regions: ['us-east-1'],
        ofAccounts: 1,
        organizationInScope: false,
        managementAccountSwept: false,
      },
      checks: [keys, admins],
      results: (complete.results ?? []).slice(0, 2),
    };
    expect(statusOf(alone, 'NIST 800-53 r5 AC-2')).toBe('satisfied');
  });

  test('a control without a check is listed as not assessed, never among the answered', () => {
    const [cis] = assessCompliance(buildResult(complete)).frameworks;
    expect(cis?.controls.map(({ control }) => control.id)).toEqual(['2.4', '2.21']);
    expect(cis?.notAssessed.map(({ id }) => id)).toContain('6.7');
    expect(cis?.notAssessed).toHaveLength((cis?.framework.controls.length ?? 0) - 2);
  });

  test('ids of an earlier version are those of today', () => {
    const old = buildCheck({ id: keys.id, frameworks: { 'CIS AWS 5.0': ['1.3', '1.12'] } });
    expect(statusOf({ checks: [old, admins, functions, asked] }, 'CIS AWS 7.0 2.4')).toBe('satisfied');
  });
});

const outcome = fc.constantFrom<ResultRow['outcome']>(
  'pass',
  'fail',
  'manual',
  'unevaluated',
  'error',
  'not-applicable',
);
const place = fc.constantFrom({ accountId: first }, { accountId: second });

const rows = fc.uniqueArray(
  fc.record({
    check: fc.constantFrom(keys.id, admins.id),
    outcome,
    unit: place,
    satisfied: fc.boolean(),
    accepted: fc.boolean(),
  }),
  // One result for one check in one place, as the engine makes them.
  { maxLength: 8, selector: ({ check, unit }) => `${check} ${unit.accountId}` },
);

const world = rows.map((list) => {
  const findings = list.flatMap(({ check, outcome: how, accepted }) =>
    how === 'fail' ? [buildFinding({ check, ...(accepted ? { exception } : {}) })] : [],
  );
  let next = 0;
  const results = list.map(({ check, outcome: how, unit, satisfied }) => {
    const finding = how === 'fail' ? findings[next++] : undefined;
    return buildRow({
      check,
      outcome: how,
      units: [unit],
      findings: finding === undefined ? [] : [finding.fingerprint],
      ...(how === 'pass' ? { examined: 1 } : {}),
      ...(how === 'manual' ? { satisfied, instructions: 'Look' } : {}),
      ...(how === 'unevaluated' ? { gaps: [buildGap({})] } : {}),
      ...(how === 'not-applicable' ? { reason: 'Not the management account.' } : {}),
    });
  });
  return buildResult({
    checks: [keys, admins],
    scope: { ...buildResult().scope, accounts: [first, second], ofAccounts: 2 },
    results,
    findings,
  });
});

function satisfied(result: AuditResult): readonly string[] {
  return [...controlsOf(result)].filter(([, { status }]) => status === 'satisfied').map(([id]) => id);
}

describe('properties', () => {
  test('some of the generated worlds satisfy something', () => {
    const found = fc.sample(world, 400).filter((result) => satisfied(result).length > 0);
    expect(found.length).toBeGreaterThan(0);
  });

  test('a gap never turns anything into satisfied', () => {
    fc.assert(
      fc.property(world, fc.nat(), fc.boolean(), (result, index, accepted) => {
        const before = satisfied(result);
        const results = result.results.map((row, at) =>
          at === index % Math.max(1, result.results.length)
            ? { ...row, gaps: [...(row.gaps ?? []), buildGap({ accepted })] }
            : row,
        );
        expect(before).toEqual(expect.arrayContaining([...satisfied({ ...result, results })]));
      }),
    );
  });

  test('a gap takes away what was satisfied', () => {
    fc.assert(
      fc.property(world, (result) => {
        const results = result.results.map((row) => ({ ...row, gaps: [buildGap({})] }));
        expect(satisfied({ ...result, results })).toEqual([]);
      }),
    );
  });

  test('fewer rows never satisfy more', () => {
    fc.assert(
      fc.property(world, fc.func(fc.boolean()), (result, keep) => {
        const before = satisfied(result);
        const results = result.results.filter((row) => keep(JSON.stringify(row)));
        expect(before).toEqual(expect.arrayContaining([...satisfied({ ...result, results })]));
      }),
    );
  });

  test('a check that is left out never satisfies more', () => {
    fc.assert(
      fc.property(world, (result) => {
        const [one, ...rest] = result.checks;
        const checksNotRun =
          one === undefined
            ? []
            : [{ id: one.id, title: one.title, frameworks: one.frameworks, techniques: [] }];
        const results = result.results.filter(({ check }) => check !== one?.id);
        const before = satisfied(result);
        expect(before).toEqual(
          expect.arrayContaining([...satisfied({ ...result, checks: rest, checksNotRun, results })]),
        );
      }),
    );
  });
});
