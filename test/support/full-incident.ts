import type { AuditResult } from '../../src/model/audit-result.ts';
import type { EndpointChain } from '../../src/model/endpoint-chain.ts';
import type { EventFacts, TraceResult } from '../../src/model/trace-result.ts';
import type { ActionLogEntry, RunHistory, Verification } from '../../src/model/verification.ts';
import { traceFixture } from './trace-fixture.ts';

const management = '111122223333';
const region = 'eu-west-1';

const subject = (name: string, type = 'iam-user') => ({
  arn: `arn:aws:iam::${management}:user/${name}`,
  type,
  accountId: management,
  region: null,
  name,
});

export function eventFactsOf(trace: TraceResult): EventFacts {
  const { activity, rotation, impact, indicators, suspects, settings, priorStates, counts } = trace;
  return { activity, rotation, impact, indicators, suspects, settings, priorStates, counts };
}

export function endpointChain(name: string, fields: Partial<EndpointChain> = {}): EndpointChain {
  return {
    accountId: management,
    region,
    entry: {
      kind: 'http-api',
      arn: `arn:aws:apigateway:${region}::/apis/${name}`,
      name,
      ways: ['$default POST /health', '$default GET /health'],
    },
    exposure: 'public',
    exposureFacts: ['authorization type NONE'],
    function: { arn: `arn:aws:lambda:${region}:${management}:function:${name}`, name },
    directAction: null,
    role: {
      arn: `arn:aws:iam::${management}:role/${name}-role`,
      administrator: 'no',
      mints: ['iam:CreateUser', 'iam:CreateAccessKey'],
    },
    ...fields,
  };
}

const endpointChains: readonly EndpointChain[] = [
  endpointChain('status-page'),
  endpointChain('billing', { exposure: 'authenticated', role: null }),
  endpointChain('events', { exposure: 'latent', function: null, directAction: 'iam:CreateAccessKey' }),
  endpointChain('mock', { exposure: 'private', function: null, directAction: null, role: null }),
];

const runHistory: RunHistory = {
  against: { evidenceDigest: 'a'.repeat(64), asOf: '2026-11-02T18:00:00Z' },
  counts: { new: 3, persisting: 0, resolved: 1, reappeared: 0, cannotTell: 1 },
  resolved: [
    {
      fingerprint: '00000000000000aa',
      check: 'identity/keys/active-key',
      title: 'An old access key',
      subject: subject('ci-old'),
    },
  ],
  cannotTell: [
    {
      fingerprint: '00000000000000bb',
      check: 'workloads/functions/foreign-layer',
      title: 'A foreign layer',
      subject: subject('thumbnails', 'lambda-function'),
      why: 'the account was not swept',
    },
  ],
};

const log = (
  step: string,
  outcome: ActionLogEntry['outcome'],
  at: string,
  detail?: string,
): ActionLogEntry => ({
  at,
  plan: 'e'.repeat(64),
  step,
  action: 'user.delete',
  outcome,
  ...(detail === undefined ? {} : { detail }),
});

const actionLog: readonly ActionLogEntry[] = [
  log('delete-1', 'done', '2026-11-03T15:00:00Z'),
  log('delete-2', 'failed', '2026-11-03T15:01:00Z', 'AccessDenied'),
  log('delete-3', 'refused', '2026-11-03T15:02:00Z', 'the user has another id'),
  log('recover-1', 'manual', '2026-11-03T15:03:00Z'),
];

export function verificationFixture(fields: Partial<Verification> = {}): Verification {
  return {
    against: { evidenceDigest: 'e'.repeat(64), asOf: '2026-11-03T14:00:00Z', findings: 2 },
    asOf: '2026-11-05T18:00:00Z',
    quick: false,
    findings: [
      {
        fingerprint: '00000000000000cc',
        check: 'eyes/stopped-trail',
        severity: 'critical',
        title: 'A stopped trail',
        decision: 'restore',
        subject: {
          arn: `arn:aws:cloudtrail:us-east-1:${management}:trail/organization-trail`,
          type: 'trail',
          accountId: management,
          region: 'us-east-1',
          name: 'organization-trail',
        },
        state: 'gone',
        why: 'it records again',
        step: { id: 'lights-on-1', action: 'trail.restore', outcome: 'done', at: '2026-11-03T16:00:00Z' },
        now: null,
      },
    ],
    actions: [...actionLog],
    newSince: [],
    lookAgain: [],
    closure: { allClear: false, criteria: [] },
    ...fields,
  };
}

/** Everything that a result can tell of an incident besides findings, from the trace's own fixture. */
export function incidentParts(trace: TraceResult = traceFixture()) {
  return {
    lineage: { ...trace.lineage, alreadyGone: [] },
    events: eventFactsOf(trace),
    endpoints: { chains: [...endpointChains], notSeen: ['444455556666/eu-west-1'] },
    collection: {
      toolVersion: '0.1.0',
      startedAt: '2026-11-03T17:55:00Z',
      endedAt: '2026-11-03T18:00:00Z',
      callerArn: `arn:aws:sts::${management}:assumed-role/afterleak/sweep`,
      callerAccountId: management,
      keys: { 'iam.authorization-details': 1 },
      files: [
        { path: 'evidence/organization.ndjson', sha256: 'f'.repeat(64), bytes: 1024, observations: 12 },
      ],
      redactions: { environment: 3 },
      clockSkewSeconds: 0,
    },
    history: runHistory,
    verification: verificationFixture(),
  } satisfies Partial<AuditResult>;
}
