import { describe, expect, test } from '@jest/globals';
import { runBaselinePhase } from '../../../src/engine/baseline/baseline-phase.ts';
import { expectedOf } from '../../../src/engine/baseline/expected-things.ts';
import { viewBaseline } from '../../../src/engine/baseline-view.ts';
import { acceptanceOf } from '../../../src/engine/exceptions.ts';
import type { ObservationIndex } from '../../../src/engine/observation-index.ts';
import type { ResultFinding } from '../../../src/model/audit-result.ts';
import type { BaselineEntry } from '../../../src/model/baseline.ts';
import { baselineTypeNames, baselineTypes } from '../../../src/model/baseline-types.ts';
import type { ResourceFact } from '../../../src/model/evidence/derived.ts';
import { collectedKeys, evidenceScopes } from '../../../src/model/evidence-catalog.ts';
import type { EvidenceManifest, SweptAccount } from '../../../src/model/evidence-manifest.ts';
import type { Exception } from '../../../src/model/exception.ts';
import type { Gap } from '../../../src/model/gap.ts';
import { missing, observed } from '../../../src/model/observation.ts';
import {
  accountUnit,
  organizationUnit,
  regionUnit,
  type ScopeUnit,
  unitName,
} from '../../../src/model/scope.ts';

const asOf = '2026-11-04T00:00:00.000Z';
const capturedAt = '2026-10-01T00:00:00.000Z';
const first = '111122223333';
const second = '444455556666';

const entryOf = (type: string, id: string, more: Partial<BaselineEntry> = {}): BaselineEntry => ({
  type,
  id,
  uniqueId: null,
  contentSha256: null,
  owner: null,
  reason: null,
  reviewedBy: 'a reviewer',
  reviewedAt: null,
  ...more,
});

const factOf = (type: string, arn: string, more: Partial<ResourceFact> = {}): ResourceFact => ({
  arn,
  uniqueId: null,
  type,
  name: arn,
  accountId: null,
  region: null,
  createdAt: null,
  modifiedAt: null,
  changeCoverage: 'none',
  createdBy: null,
  owner: null,
  contentSha256: null,
  ...more,
});

const account = (accountId: string, more: Partial<SweptAccount> = {}): SweptAccount => ({
  accountId,
  name: null,
  inScope: true,
  swept: true,
  reason: null,
  regions: ['eu-west-1', 'us-east-1'],
  ...more,
});

const manifestOf = (
  accounts: readonly SweptAccount[],
  more: Partial<EvidenceManifest> = {},
): EvidenceManifest => ({
  schemaVersion: 1,
  tool: { name: 'afterleak', version: '0.1.0' },
  asOf,
  startedAt: asOf,
  partition: 'aws',
  callerArn: 'arn:aws:sts::111122223333:assumed-role/Audit/afterleak',
  callerAccountId: first,
  organizationId: 'o-exampleorgid',
  managementAccountId: first,
  organizationInScope: true,
  ofAccounts: accounts.length,
  accounts,
  gaps: [],
  keys: Object.fromEntries(collectedKeys.map((key) => [key, 1])),
  shards: [],
  banner: null,
  ownTraces: { sessions: [], userAgent: 'afterleak', calls: 0 },
  redactions: {},
  clockSkewSeconds: 0,
  ...more,
});

interface World {
  readonly entries: readonly BaselineEntry[];
  /** Unit name to what it holds. */
  readonly facts?: Readonly<Record<string, readonly ResourceFact[]>>;
  /** `key unit` that could not be seen. */
  readonly unseen?: readonly string[];
  readonly manifest?: EvidenceManifest;
  readonly findings?: readonly ResultFinding[];
  readonly exceptions?: readonly Exception[];
}

function unitsOf(manifest: EvidenceManifest): readonly ScopeUnit[] {
  return [
    ...(manifest.organizationInScope ? [organizationUnit('aws')] : []),
    ...manifest.accounts
      .filter(({ inScope }) => inScope)
      .flatMap(({ accountId, regions, swept }) => [
        accountUnit('aws', accountId),
        ...(swept ? regions : []).map((region) => regionUnit('aws', accountId, region)),
      ]),
  ];
}

function run({ entries, facts = {}, unseen = [], findings = [], exceptions = [], ...rest }: World) {
  const manifest = rest.manifest ?? manifestOf([account(first), account(second)]);
  const baseline = { capturedAt, evidence: null, expected: entries };
  const expected = expectedOf(baseline, manifest);
  if (expected === null) {
    throw new Error('a baseline is given');
  }
  const index: ObservationIndex = {
    lookup(key, unit) {
      const gap: Gap = { reason: 'access-denied', operation: key, unit, detail: 'refused', retryable: false };
      const refused = manifest.accounts.some(
        ({ accountId, swept }) => accountId === unit.accountId && !swept,
      );
      if (unseen.includes(`${key} ${unitName(unit)}`) || refused) {
        return missing(gap);
      }
      return observed(key.startsWith('resources.') ? (facts[unitName(unit)] ?? []) : [], [], asOf, []);
    },
  };
  for (const unit of unitsOf(manifest)) {
    expected.things.add(index, unit);
  }
  return runBaselinePhase(expected.types, {
    baseline: viewBaseline(baseline),
    things: expected.things,
    findings,
    lineage: null,
    acceptance: acceptanceOf(exceptions, [], asOf),
  });
}

const role = entryOf('iam-role', `arn:aws:iam::${first}:role/responder`, {
  uniqueId: 'AROAEXAMPLEONE',
  owner: 'team',
});
const roleFact = factOf('iam-role', role.id, { uniqueId: 'AROAEXAMPLEONE' });

describe('what the baseline expects', () => {
  test('is there: a pass, which says how many were looked for', () => {
    const { rows, findings } = run({ entries: [role], facts: { [first]: [roleFact] } });
    expect(findings).toEqual([]);
    expect(rows).toEqual([
      expect.objectContaining({
        outcome: 'pass',
        examined: 1,
        units: [{ accountId: first }],
        evidenceAsOf: asOf,
      }),
    ]);
  });

  test('is gone: a finding to restore, with its owner', () => {
    const { rows, findings } = run({ entries: [role] });
    expect(rows).toMatchObject([{ outcome: 'fail', examined: 1, findings: [findings[0]?.fingerprint] }]);
    expect(findings).toMatchObject([
      {
        check: 'baseline/missing-resource',
        messageId: 'gone',
        kind: 'tampering',
        severity: 'medium',
        attribution: 'unexplained',
        decision: 'restore',
        subject: {
          arn: role.id,
          accountId: first,
          type: 'iam-role',
          name: 'responder',
          uniqueId: 'AROAEXAMPLEONE',
        },
        message: expect.stringContaining('Its owner: team.'),
      },
    ]);
  });

  const severities = [
    [
      'organization-policy',
      `arn:aws:organizations::${first}:policy/o-exampleorgid/service_control_policy/p-1`,
      'critical',
    ],
    ['trail', `arn:aws:cloudtrail:us-east-1:${first}:trail/all`, 'critical'],
    ['trusted-service', 'guardduty.amazonaws.com', 'high'],
    ['analyzer', `arn:aws:access-analyzer:eu-west-1:${second}:analyzer/external`, 'high'],
    ['mfa-device', 'GAHT12345678', 'high'],
    ['rest-api', 'arn:aws:apigateway:eu-west-1::/restapis/abcdef1234', 'medium'],
    ['iam-role', `arn:aws:iam::${first}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`, 'low'],
  ] as const;
  test.each(severities)('a gone %s %s is %s', (type, id, severity) => {
    expect(run({ entries: [entryOf(type, id)] }).findings).toMatchObject([{ severity, decision: 'restore' }]);
  });

  test('a credential that ended is told once and asks for nothing', () => {
    const key = entryOf('access-key', `arn:aws:iam::${first}:user/ci/access-key/AKIAIOSFODNN7EXAMPLE`);
    expect(run({ entries: [key] }).findings).toMatchObject([
      { messageId: 'ended', severity: 'info', kind: 'hardening', decision: 'harden' },
    ]);
  });

  test('was renamed: its unique id tells', () => {
    const renamed = factOf('iam-role', `arn:aws:iam::${first}:role/other`, { uniqueId: 'AROAEXAMPLEONE' });
    expect(run({ entries: [role], facts: { [first]: [renamed] } }).findings).toMatchObject([
      { messageId: 'moved', message: expect.stringContaining('role/other'), decision: 'restore' },
    ]);
  });

  test('is reported by a check already: not told twice', () => {
    const [own] = run({ entries: [role] }).findings;
    if (own === undefined) {
      throw new Error('a finding');
    }
    const { findings } = run({ entries: [role], findings: [{ ...own, check: 'other/check' }] });
    expect(findings).toEqual([]);
  });

  test('an exception mutes it and says who approved', () => {
    const exception: Exception = {
      kind: 'finding',
      check: 'baseline/missing-resource',
      subject: role.id,
      reason: 'retired',
      approvedBy: 'owner',
      expires: '2027-01-01T00:00:00.000Z',
    };
    expect(run({ entries: [role], exceptions: [exception] }).findings[0]?.exception?.approvedBy).toBe(
      'owner',
    );
  });

  test('an entry that nobody reviewed expects nothing', () => {
    const { rows, findings } = run({ entries: [{ ...role, reviewedBy: null }] });
    expect(findings).toEqual([]);
    expect(rows).toMatchObject([{ outcome: 'not-applicable', reason: expect.stringMatching(/reviewed/) }]);
  });
});

describe('what could not be seen is never gone', () => {
  const hook = entryOf('lambda-function', `arn:aws:lambda:eu-west-1:${second}:function:hook`);
  const api = entryOf('rest-api', 'arn:aws:apigateway:eu-west-1::/restapis/abcdef1234');

  test('a list that was not seen in full is a gap', () => {
    const unseen = [`iam.authorization-details ${first}`];
    const { rows, findings } = run({ entries: [role], unseen });
    expect(findings).toEqual([]);
    expect(rows).toMatchObject([
      {
        outcome: 'unevaluated',
        gaps: [{ operation: 'iam.authorization-details', unit: first, accepted: false }],
      },
    ]);
  });

  test('an account that a refused scope hides is a gap, one that is out of scope is not', () => {
    const hidden = manifestOf([account(second)], {
      gaps: [
        {
          reason: 'access-denied',
          operation: 'organizations:ListAccounts',
          unit: organizationUnit('aws'),
          detail: 'denied',
          retryable: false,
        },
      ],
    });
    expect(run({ entries: [role], manifest: hidden }).rows).toMatchObject([
      { outcome: 'unevaluated', gaps: [{ operation: 'organizations:ListAccounts' }] },
    ]);
    expect(run({ entries: [role], manifest: manifestOf([account(second)]) }).rows).toMatchObject([
      { outcome: 'not-applicable' },
    ]);
  });

  test('a list that was seen elsewhere is not in the way', () => {
    expect(run({ entries: [role], unseen: [`iam.authorization-details ${second}`] }).findings).toHaveLength(
      1,
    );
  });

  test('an id without an account must be missing everywhere', () => {
    expect(run({ entries: [api] }).findings).toHaveLength(1);
    const { rows, findings } = run({ entries: [api], unseen: [`api-gateway.rest-apis ${second}/eu-west-1`] });
    expect([findings.length, rows[0]?.outcome]).toEqual([0, 'unevaluated']);
  });

  const refused = manifestOf([
    account(first),
    account(second, { swept: false, reason: 'the role refused', regions: [] }),
  ]);
  test.each([
    ['of it', hook],
    ['that may lie in it', api],
  ] as const)('an account that could not be entered is a gap for a thing %s', (_name, entry) => {
    const { rows, findings } = run({ entries: [entry], manifest: refused });
    expect(findings).toEqual([]);
    expect(rows).toMatchObject([{ outcome: 'unevaluated', gaps: [{ detail: 'the role refused' }] }]);
  });

  const left = [
    [
      'an account left out',
      manifestOf([account(first), account(second, { inScope: false, swept: false, regions: [] })]),
      hook,
    ],
    [
      'an id without an account and an account left out',
      manifestOf([account(first), account(second, { inScope: false, swept: false })]),
      api,
    ],
    ['one account of two', manifestOf([account(first)], { ofAccounts: 2 }), api],
    [
      'a region that is switched off or left out',
      manifestOf([account(first), account(second, { regions: ['us-east-1'] })]),
      hook,
    ],
    [
      'the same for an id without account',
      manifestOf([account(first), account(second, { regions: ['us-east-1'] })]),
      api,
    ],
    [
      'an organization out of scope',
      manifestOf([account(first)], { organizationInScope: false }),
      entryOf('trusted-service', 'guardduty.amazonaws.com'),
    ],
    ['a fact that was not collected', manifestOf([account(first), account(second)], { keys: {} }), hook],
    [
      'a handshake',
      manifestOf([account(first)]),
      entryOf('handshake', `arn:aws:organizations::${first}:handshake/o-exampleorgid/invite/h-1`),
    ],
  ] as const;
  test.each(left)('%s: nothing is claimed, and the row says why', (_name, manifest, entry) => {
    const { rows, findings } = run({ entries: [entry], manifest });
    expect(findings).toEqual([]);
    expect(rows).toMatchObject([
      {
        outcome: 'not-applicable',
        reason: expect.stringMatching(/^1 reviewed entries were not looked for: /),
      },
    ]);
  });
});

test('every type names facts that exist, its own scope first', () => {
  const keys = Object.values(baselineTypes).map(({ listedIn }) => listedIn);
  expect(keys.filter((key) => !Object.hasOwn(evidenceScopes, key))).toEqual([]);
  expect(baselineTypeNames).toEqual([...baselineTypeNames].sort());
});
