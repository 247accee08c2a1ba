import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AuditResult, ResultFinding, ResultRow } from '../../../src/model/audit-result.ts';
import { closureControls } from '../../../src/model/closure-control.ts';
import { decisions } from '../../../src/model/finding.ts';
import type { Verification } from '../../../src/model/verification.ts';
import { buildGap, buildInventoryRow, buildRow } from '../../support/result-builder.ts';
import {
  account,
  after,
  before,
  check,
  earlier,
  entry,
  lineage,
  log,
  result,
  userFinding,
  userRow,
  verify,
} from './verify-cases.ts';

const checks = [check, 'endpoints/public-route', 'eyes/narrowed-trail'];
const names = ['svc-a', 'svc-b', 'svc-c'];

const finding: fc.Arbitrary<ResultFinding> = fc
  .record({
    check: fc.constantFrom(...checks),
    name: fc.constantFrom(...names),
    decision: fc.constantFrom(...decisions),
    uniqueId: fc.constantFrom('AIDAEXAMPLEONE', 'AIDAEXAMPLETWO', undefined),
  })
  .map(({ check: id, name, decision, uniqueId }) =>
    userFinding({
      fingerprint: `${checks.indexOf(id)}${names.indexOf(name)}${'0'.repeat(14)}`,
      check: id,
      decision,
      subject: {
        arn: `arn:aws:iam::${account}:user/${name}`,
        ...(uniqueId === undefined ? {} : { uniqueId }),
        type: 'iam-user',
        accountId: account,
        region: null,
        name,
      },
      evidence: [],
    }),
  );

const findings = fc.uniqueArray(finding, { maxLength: 6, selector: ({ fingerprint }) => fingerprint });
const inventory = fc.subarray(
  names.map((name) => ({ ...userRow(), arn: `arn:aws:iam::${account}:user/${name}`, name })),
);

/** Rows for every check, whatever was found. */
function rowsFor(found: readonly ResultFinding[], asOf: string): readonly ResultRow[] {
  return checks.map((id) => {
    const own = found.filter((one) => one.check === id).map(({ fingerprint }) => fingerprint);
    return buildRow({
      check: id,
      outcome: own.length === 0 ? 'pass' : 'fail',
      evidenceAsOf: asOf,
      findings: own,
    });
  });
}

const wasResult = fc
  .record({ findings, inventory })
  .map((fields) => earlier(fields, rowsFor(fields.findings, before)));
const nowResult = fc
  .record({ findings, inventory })
  .map((fields) => result(after, fields, rowsFor(fields.findings, after)));
const actions = fc.constantFrom([], log, [entry({ outcome: 'skipped' })]);

function gone(verification: Verification): readonly string[] {
  return verification.findings.filter(({ state }) => state === 'gone').map(({ fingerprint }) => fingerprint);
}

function blinded(now: AuditResult, index: number, accepted: boolean): AuditResult {
  return {
    ...now,
    results: now.results.map((row, at) =>
      at === index % now.results.length
        ? {
            ...row,
            outcome: row.findings.length === 0 ? 'unevaluated' : 'fail',
            gaps: [buildGap({ accepted })],
          }
        : row,
    ),
  };
}

describe('invariants', () => {
  test('earlier = now: everything is still there, and nothing is new', () => {
    fc.assert(
      fc.property(wasResult, (was) => {
        const verification = verify(was, was, []);
        expect(verification.findings).toHaveLength(was.findings.length);
        expect(verification.findings.every(({ state }) => state === 'still-there')).toBe(true);
        expect(verification.newSince).toEqual([]);
      }),
    );
  });

  test('adding a gap turns nothing into gone', () => {
    fc.assert(
      fc.property(
        wasResult,
        nowResult,
        actions,
        fc.nat(),
        fc.boolean(),
        (was, now, done, index, accepted) => {
          const whole = gone(verify(was, now, done));
          const part = gone(verify(was, blinded(now, index, accepted), done));
          expect(part.filter((fingerprint) => !whole.includes(fingerprint))).toEqual([]);
        },
      ),
    );
  });

  test('older evidence and later steps turn nothing into gone; evidence before the earlier result tells nothing', () => {
    fc.assert(
      fc.property(
        wasResult,
        nowResult,
        fc.constantFrom(before, '2026-11-03T13:00:00.000Z'),
        (was, now, asOf) => {
          const stale = { ...now, asOf, results: [...rowsFor(now.findings, asOf)] };
          expect(gone(verify(was, stale, []))).toEqual([]);
          const later = [entry({ at: '2026-11-03T17:00:00Z' })];
          const touched = new Set(was.plan?.steps.flatMap((one) => one.findings));
          const found = gone(verify(was, now, later)).filter((fingerprint) => touched.has(fingerprint));
          expect(found).toEqual([]);
        },
      ),
    );
  });

  test('every finding has one state, and the same documents give the same bytes', () => {
    fc.assert(
      fc.property(wasResult, nowResult, actions, (was, now, done) => {
        const once = verify(was, now, done);
        expect(once.findings.map(({ fingerprint }) => fingerprint).sort()).toEqual(
          was.findings.map(({ fingerprint }) => fingerprint).sort(),
        );
        const turned = { ...now, findings: now.findings.toReversed(), results: now.results.toReversed() };
        expect(JSON.stringify(verify(was, turned, done))).toBe(JSON.stringify(once));
      }),
    );
  });
});

function attestation(control: string): AuditResult['attestations'][number] {
  return {
    control,
    statement: 'done and checked',
    by: 'security@example.com',
    at: '2026-11-03T15:30:00.000Z',
    expires: '2027-01-01T00:00:00.000Z',
    status: 'live',
  };
}

/** Everything is gone, seen and attested. */
function clear(fields: Partial<AuditResult> = {}): AuditResult {
  return result(after, {
    lineage: lineage(),
    attestations: Object.values(closureControls).map(attestation),
    ...fields,
  });
}

function unmet(now: AuditResult, done = log, quick = false): readonly string[] {
  return verify(earlier(), now, done, quick)
    .closure.criteria.filter(({ met }) => !met)
    .map(({ id }) => id);
}

describe('closure', () => {
  test('all criteria met is all clear', () => {
    const { closure } = verify(earlier(), clear());
    expect(closure.criteria.filter(({ met }) => !met)).toEqual([]);
    expect(closure.allClear).toBe(true);
  });

  const base = clear();
  const session = {
    id: 'ASIAEXAMPLE',
    kind: 'session',
    type: 'federated-session',
    label: 'console',
    arn: null,
    uniqueId: null,
    accountId: account,
    region: null,
    standing: 'tainted',
    seed: false,
    intruderMade: true,
    firstSeenAt: before,
    lastSeenAt: before,
    deleted: false,
    deletedAt: null,
    used: true,
    expiresAt: null,
    unboundedBecause: null,
    survivesKeyRevocation: null,
  } as const;
  const { coverage } = base;

  test.each<readonly [string, AuditResult, string]>([
    ['a finding left', clear({ findings: [userFinding()] }), 'found-is-gone'],
    [
      'something new',
      clear({
        inventory: [buildInventoryRow({ type: 'iam-user', arn: 'x', createdAt: '2026-11-03T15:30:00.000Z' })],
      }),
      'nothing-new',
    ],
    [
      'a session that lives',
      clear({ lineage: lineage({ nodes: [{ ...session, expiresAt: '2026-11-04T21:00:00.000Z' }] }) }),
      'sessions-ended',
    ],
    [
      'a session without an end',
      clear({
        lineage: lineage({ nodes: [{ ...session, unboundedBecause: 'the roles assume each other' }] }),
      }),
      'no-unbounded-sessions',
    ],
    ['an account not swept', clear({ scope: { ...base.scope, ofAccounts: 2 } }), 'everything-swept'],
    ['a gap', clear({ coverage: { ...coverage, gaps: [buildGap({})] } }), 'everything-swept'],
    ['a region not read', clear({ scope: { ...base.scope, regions: [] } }), 'everything-swept'],
    [
      'an open question',
      clear({
        results: [
          ...base.results,
          buildRow({ check: 'identity-center/mfa-mode', outcome: 'manual', satisfied: false }),
        ],
      }),
      'manual-answered',
    ],
    ['no trail', clear({ coverage: { ...coverage, trail: null } }), 'trail-silent'],
    [
      'a trail that ends too early',
      clear({
        coverage: { ...coverage, trail: { from: before, to: '2026-11-03T15:00:00.000Z', holes: [] } },
      }),
      'trail-silent',
    ],
    [
      'a hole since the clean-up',
      clear({
        coverage: {
          ...coverage,
          trail: {
            from: '2026-11-01T00:00:00.000Z',
            to: after,
            holes: [{ from: before, to: after, where: 'x', why: 'y' }],
          },
        },
      }),
      'trail-silent',
    ],
    [
      'a credential that is heard again',
      clear({
        lineage: lineage({
          nodes: [{ ...session, expiresAt: before, lastSeenAt: '2026-11-03T15:40:00.000Z' }],
        }),
      }),
      'trail-silent',
    ],
    [
      'an eye shut',
      clear({ findings: [userFinding({ fingerprint: 'eeee', kind: 'tampering', decision: 'restore' })] }),
      'eyes-open',
    ],
    [
      'secrets not attested',
      clear({ attestations: [attestation(closureControls.otherPlaces)] }),
      'secrets-rotated',
    ],
    [
      'other places not attested',
      clear({ attestations: [attestation(closureControls.secretsRotated)] }),
      'other-places',
    ],
    [
      'an attestation from before the containment',
      clear({ attestations: base.attestations.map((one) => ({ ...one, at: before })) }),
      'secrets-rotated',
    ],
    [
      'an attestation that expired',
      clear({ attestations: base.attestations.map((one) => ({ ...one, expires: before })) }),
      'other-places',
    ],
  ])('%s keeps it from being all clear', (_, now, criterion) => {
    expect(unmet(now)).toContain(criterion);
    expect(verify(earlier(), now).closure.allClear).toBe(false);
  });

  test('neither --quick, nor a lost lineage or trail, nor a lost row is all clear', () => {
    expect(unmet(base, log, true)).toContain('everything-swept');
    const without: readonly Partial<AuditResult>[] = [
      { lineage: null },
      { coverage: { ...coverage, trail: null } },
      { results: [] },
      { results: base.results.map(({ evidenceAsOf: _asOf, ...row }) => row) },
      { attestations: [] },
      { scope: { ...base.scope, accounts: [] } },
      { scope: { ...base.scope, organizationInScope: false } },
    ];
    for (const fields of without) {
      expect(verify(earlier(), { ...base, ...fields }).closure.allClear).toBe(false);
    }
  });

  test('a question is answered by the baseline, a restore by an exception; an eradication never', () => {
    const exception = { reason: 'r', approvedBy: 'a', expires: '2027-01-01T00:00:00.000Z' };
    const asked = (decision: ResultFinding['decision'], fields: Partial<ResultFinding>) => {
      const was = earlier({ findings: [userFinding({ decision })] });
      return verify(was, clear({ findings: [userFinding({ decision, ...fields })] })).closure.allClear;
    };
    expect(asked('explain', { attribution: 'explained' })).toBe(true);
    expect(asked('explain', {})).toBe(false);
    expect(asked('restore', { exception })).toBe(true);
    expect(asked('eradicate', { exception })).toBe(false);
  });
});

describe('when to look again', () => {
  test('is told by the sessions found, and by the longest lives where they are not known', () => {
    const at = (now: AuditResult) => verify(earlier(), now).lookAgain.map((one) => one.at);
    const early = '2026-11-03T15:10:00.000Z';
    const live = { ...result(early), lineage: null };
    expect(at(live)).toEqual([
      '2026-11-03T15:50:00.999Z',
      '2026-11-04T02:50:00.999Z',
      '2026-11-05T02:50:00.999Z',
    ]);
    const known = { ...result(early), lineage: lineage() };
    expect(at(known)).toEqual(['2026-11-03T15:50:00.999Z']);
  });
});
