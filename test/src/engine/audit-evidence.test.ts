import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { auditEvidence } from '../../../src/engine/audit-evidence.ts';
import type { AuditInput } from '../../../src/engine/audit-input.ts';
import type { AnyCheck } from '../../../src/model/check.ts';
import type { EvidenceKey } from '../../../src/model/evidence-catalog.ts';
import type {
  EvidenceManifest,
  EvidenceSource,
  StoredObservation,
} from '../../../src/model/evidence-manifest.ts';
import type { Gap } from '../../../src/model/gap.ts';
import { observed } from '../../../src/model/observation.ts';
import {
  accountUnit,
  organizationUnit,
  regionUnit,
  type ScopeKind,
  type ScopeUnit,
} from '../../../src/model/scope.ts';

const asOf = '2026-11-04T00:00:00.000Z';
const accountIds: readonly string[] = ['111122223333', '222233334444'];
const regions = ['eu-west-1', 'us-east-1'] as const;

function checkOf(id: string, scope: ScopeKind, requires: readonly EvidenceKey[]): AnyCheck {
  return {
    meta: {
      id,
      title: 'fine',
      failureTitle: 'not fine',
      description: 'for a test',
      kind: 'residue',
      severity: 'medium',
      raise: { 'not-in-baseline': 'high' },
      scope,
      requires,
      population: 'things',
      messages: { found: '{name} was found' },
      remediation: { actions: ['user.delete'], why: 'it is gone then', cautions: [] },
      techniques: [],
      frameworks: {},
      references: [],
      since: '0.1.0',
    },
    examined: () => 1,
    *evaluate(evidence, context) {
      for (const key of requires) {
        if (evidence[key] === 'bad') {
          const arn = `arn:aws:iam::${context.unit.accountId ?? '111122223333'}:user/${key}`;
          yield { messageId: 'found', subject: { arn, type: 'iam-user', name: key }, data: { name: key } };
        }
      }
    },
  };
}

const checks = [
  checkOf('test/account', 'account', ['iam.access-keys']),
  checkOf('test/organization', 'organization', ['organizations.trusted-services']),
  checkOf('test/region', 'region', ['lambda.functions', 'iam.access-keys']),
];

type State = 'good' | 'bad' | 'partial' | 'missing' | 'absent';
const state = fc.constantFrom<State>('good', 'bad', 'partial', 'missing', 'absent');
const world = fc.record({
  organization: state,
  accounts: fc.array(state, { minLength: 2, maxLength: 2 }),
  regions: fc.array(state, { minLength: 4, maxLength: 4 }),
});
type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

function stored(
  key: StoredObservation['key'],
  unit: ScopeUnit,
  value: State | undefined,
): readonly StoredObservation[] {
  const gap: Gap = {
    reason: 'access-denied',
    operation: `test:${key}`,
    unit,
    detail: 'refused',
    retryable: false,
  };
  switch (value) {
    case 'missing':
      return [{ key, unit, observation: { state: 'missing', gaps: [gap] } }];
    case 'partial':
      return [{ key, unit, observation: observed('bad', [gap], asOf, []) }];
    case 'good':
    case 'bad':
      return [{ key, unit, observation: observed(value, [], asOf, []) }];
    default:
      return [];
  }
}

function sourceOf(given: World): EvidenceSource {
  const manifest: EvidenceManifest = {
    schemaVersion: 1,
    tool: { name: 'afterleak', version: '0.1.0' },
    asOf,
    startedAt: asOf,
    partition: 'aws',
    callerArn: 'arn:aws:sts::111122223333:assumed-role/Audit/afterleak',
    callerAccountId: '111122223333',
    organizationId: 'o-exampleorgid',
    managementAccountId: '111122223333',
    organizationInScope: true,
    ofAccounts: 2,
    accounts: accountIds.map((accountId) => ({
      accountId,
      name: null,
      inScope: true,
      swept: true,
      reason: null,
      regions: [...regions],
    })),
    gaps: [],
    keys: { 'iam.access-keys': 1 },
    shards: [],
    banner: null,
    ownTraces: { sessions: [], userAgent: 'afterleak', calls: 0 },
    redactions: {},
    clockSkewSeconds: 0,
  };
  return {
    manifest,
    digest: 'd'.repeat(64),
    organization: async () =>
      stored('organizations.trusted-services', organizationUnit('aws'), given.organization),
    account: async (accountId) => {
      const at = accountIds.indexOf(accountId);
      return [
        ...stored('iam.access-keys', accountUnit('aws', accountId), given.accounts[at]),
        ...regions.flatMap((region, index) =>
          stored('lambda.functions', regionUnit('aws', accountId, region), given.regions[at * 2 + index]),
        ),
      ];
    },
  };
}

function inputOf(given: World): AuditInput {
  return {
    checks,
    evidence: sourceOf(given),
    incident: null,
    baseline: null,
    exceptions: [],
    attestations: [],
    ownership: null,
    trace: null,
    checkOptions: {},
    asOf: null,
    toolVersion: '0.1.0',
  };
}

const passesOf = async (given: World): Promise<number> =>
  (await auditEvidence(inputOf(given))).totals.outcomes.pass;
const everything: World = {
  organization: 'good',
  accounts: ['good', 'good'],
  regions: ['good', 'good', 'good', 'good'],
};

describe('auditing evidence', () => {
  test('gives one outcome per check and unit, whatever was seen', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (given) => {
        const result = await auditEvidence(inputOf(given));
        const outcomes = Object.values(result.totals.outcomes).reduce((sum, count) => sum + count, 0);
        expect(outcomes).toBe(1 + accountIds.length + accountIds.length * regions.length);
      }),
      { numRuns: 50 },
    );
  });

  test('the same evidence gives the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (given) => {
        const [first, second] = [await auditEvidence(inputOf(given)), await auditEvidence(inputOf(given))];
        expect(JSON.stringify(first)).toBe(JSON.stringify(second));
      }),
      { numRuns: 20 },
    );
  });

  test('removing evidence never adds a pass', async () => {
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.nat(6),
        fc.constantFrom<State>('absent', 'missing', 'partial'),
        async (given, at, lost) => {
          const less: World = {
            organization: at === 0 ? lost : given.organization,
            accounts: given.accounts.map((one, index) => (at === index + 1 ? lost : one)),
            regions: given.regions.map((one, index) => (at === index + 3 ? lost : one)),
          };
          expect(await passesOf(less)).toBeLessThanOrEqual(await passesOf(given));
        },
      ),
      { numRuns: 50 },
    );
  });

  test('folds equal outcomes and keeps the units', async () => {
    const result = await auditEvidence(inputOf(everything));
    expect(
      result.results.map(({ check, outcome, units, examined }) => [check, outcome, units.length, examined]),
    ).toEqual([
      ['test/account', 'pass', 2, 2],
      ['test/organization', 'pass', 1, 1],
      ['test/region', 'pass', 4, 4],
    ]);
  });

  test('a finding carries text, fingerprint and place; a gap names unit and operation', async () => {
    const result = await auditEvidence(inputOf({ ...everything, accounts: ['bad', 'missing'] }));
    const [finding] = result.findings.filter(({ check }) => check === 'test/account');
    expect(finding).toMatchObject({
      message: 'iam.access-keys was found',
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      subject: {
        arn: 'arn:aws:iam::111122223333:user/iam.access-keys',
        accountId: '111122223333',
        region: null,
      },
      attribution: 'unknown',
      decision: 'harden',
    });
    expect(result.coverage.gaps).toEqual([
      expect.objectContaining({ operation: 'test:iam.access-keys', unit: '222233334444', accepted: false }),
    ]);
    expect(result.coverage.byAccount.find(({ accountId }) => accountId === '222233334444')?.keys).toEqual({
      iam: 'missing',
      lambda: 'complete',
    });
  });

  test('an account that refused is a gap; one left out on purpose is only named', async () => {
    const source = sourceOf(everything);
    const [first, second] = source.manifest.accounts;
    if (first === undefined || second === undefined) {
      throw new Error('two accounts');
    }
    const lost = (inScope: boolean): AuditInput => ({
      ...inputOf(everything),
      evidence: {
        ...source,
        manifest: {
          ...source.manifest,
          accounts: [first, { ...second, inScope, swept: false, reason: 'the role refused', regions: [] }],
        },
        account: async (accountId) => (accountId === second.accountId ? [] : source.account(accountId)),
      },
    });
    const refused = await auditEvidence(lost(true));
    expect(refused.totals.outcomes.unevaluated).toBe(1);
    expect(refused.coverage.gaps).toEqual([
      expect.objectContaining({ unit: second.accountId, detail: 'the role refused' }),
    ]);
    const excluded = await auditEvidence(lost(false));
    expect(excluded.totals.outcomes.unevaluated).toBe(0);
    expect(excluded.coverage.notSwept).toEqual([{ accountId: second.accountId, reason: 'the role refused' }]);
  });

  test('exceptions accept one subject or one gap, and are listed with their use', async () => {
    const later = { reason: 'r', approvedBy: 'p', expires: '2027-01-01T00:00:00.000Z' };
    const arn = 'arn:aws:iam::111122223333:user/iam.access-keys';
    const result = await auditEvidence({
      ...inputOf({ ...everything, accounts: ['bad', 'missing'] }),
      exceptions: [
        { kind: 'finding', check: 'test/account', subject: arn, ...later },
        { kind: 'finding', check: 'test/account', subject: 'arn:other', ...later },
        {
          kind: 'finding',
          check: 'test/region',
          subject: arn,
          ...later,
          expires: '2026-01-01T00:00:00.000Z',
        },
        { kind: 'gap', operation: 'test:iam.access-keys', unit: '222233334444', ...later },
      ],
    });
    expect(result.exceptions.map(({ status }) => status)).toEqual([
      'applied',
      'not-evaluated',
      'expired',
      'applied',
    ]);
    expect(
      result.findings.filter(({ exception }) => exception !== undefined).map(({ check }) => check),
    ).toEqual(['test/account']);
    expect(result.coverage.gaps.every(({ accepted }) => accepted)).toBe(true);
  });
});
