import { describe, expect, test } from '@jest/globals';
import { attribute, decide } from '../../../src/engine/attribution.ts';
import type { ExistingThings } from '../../../src/engine/lineage/existing-things.ts';
import { runLineagePhase } from '../../../src/engine/lineage/lineage-phase.ts';
import { indexLineage } from '../../../src/engine/lineage/lineage-proof.ts';
import type { Lineage, LineageNode } from '../../../src/model/lineage.ts';
import type { TraceResult } from '../../../src/model/trace-result.ts';

const arn = 'arn:aws:iam::111122223333:user/svc-backup';

function node(fields: Partial<LineageNode>): LineageNode {
  return {
    id: arn,
    kind: 'principal',
    type: 'iam-user',
    label: 'svc-backup',
    arn,
    uniqueId: 'AIDAEXAMPLEONE',
    accountId: '111122223333',
    region: null,
    standing: 'tainted',
    seed: false,
    intruderMade: true,
    firstSeenAt: null,
    lastSeenAt: null,
    deleted: false,
    deletedAt: null,
    used: null,
    expiresAt: null,
    unboundedBecause: null,
    survivesKeyRevocation: { answer: 'yes', why: 'it has keys of its own' },
    ...fields,
  };
}

function lineageOf(
  fields: Partial<LineageNode>,
  relation: 'created' | 'changed' = 'created',
  outcome: 'done' | 'attempted' = 'done',
): Lineage {
  const made = node(fields);
  return {
    nodes: [made],
    edges: [
      {
        from: 'AKIAIOSFODNN7EXAMPLE',
        to: made.id,
        relation,
        outcome,
        action: 'iam:CreateUser',
        firstAt: '2026-11-03T09:20:00.000Z',
        lastAt: '2026-11-03T09:20:00.000Z',
        eventIds: ['e-1'],
      },
    ],
    events: [
      {
        eventId: 'e-1',
        eventTime: '2026-11-03T09:20:00.000Z',
        eventName: 'CreateUser',
        eventSource: 'iam.amazonaws.com',
        accountId: '111122223333',
        region: 'us-east-1',
        actorArn: 'arn:aws:iam::111122223333:user/deploy',
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        sourceIp: '198.51.100.7',
        userAgent: null,
        errorCode: null,
        nodes: [made.id],
        file: 'log.json.gz',
      },
    ],
  };
}

const subjectOf = (uniqueId: string | null) => ({
  arn,
  type: 'iam-user',
  name: 'svc-backup',
  ...(uniqueId === null ? {} : { uniqueId }),
});

function decisionFor(lineage: Lineage, uniqueId: string | null = 'AIDAEXAMPLEONE') {
  const signals = indexLineage(lineage).proofOf(subjectOf(uniqueId), null, false)?.signals ?? [];
  return decide('residue', attribute(signals, null, null, null), signals, 'high');
}

describe('what the events prove of a finding', () => {
  test('made by the incident: eradicate, with event, key, time and source', () => {
    const proof = indexLineage(lineageOf({})).proofOf(subjectOf('AIDAEXAMPLEONE'), null, false);
    expect(proof?.provenance).toEqual([
      {
        eventId: 'e-1',
        eventTime: '2026-11-03T09:20:00.000Z',
        eventName: 'CreateUser',
        actorArn: 'arn:aws:iam::111122223333:user/deploy',
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        sourceIp: '198.51.100.7',
      },
    ]);
    expect(proof?.survivesKeyRevocation?.answer).toBe('yes');
    expect(decisionFor(lineageOf({}))).toBe('eradicate');
  });

  test('changed by the incident: restore, never delete', () => {
    expect(decisionFor(lineageOf({ intruderMade: false }, 'changed'))).toBe('restore');
  });

  test('an attempt, a lead, a service and a namesake prove nothing', () => {
    expect(decisionFor(lineageOf({}, 'created', 'attempted'))).toBe('harden');
    expect(decisionFor(lineageOf({ standing: 'lead' }))).toBe('harden');
    expect(decisionFor(lineageOf({ standing: 'service' }))).toBe('harden');
    expect(decisionFor(lineageOf({}), 'AIDAEXAMPLETWO')).toBe('harden');
  });

  test('by the shared credential from its owner: explain', () => {
    expect(decisionFor(lineageOf({ standing: 'shared-credential' }))).toBe('explain');
  });
});

const trace = (fields: Partial<TraceResult> = {}): TraceResult => ({
  schemaVersion: 1,
  tool: { name: 'afterleak', version: '0.1.0' },
  incident: {},
  sources: [],
  lineage: { nodes: [], edges: [], events: [] },
  activity: [],
  rotation: [],
  impact: [],
  indicators: { sourceIps: [], userAgents: [], names: [], accessKeyIds: [] },
  suspects: [],
  settings: [],
  priorStates: [],
  coverage: [
    { accountId: '111122223333', region: 'us-east-1', from: 'a', to: 'b', basis: 'digest', holes: [] },
  ],
  counts: { files: 1, bytes: 1, records: 1, outsideWindow: 0, duplicates: 0, unparsable: 0 },
  gaps: [],
  ...fields,
});

describe('what no check reports', () => {
  const things = (exists: boolean, wouldShow: boolean): ExistingThings => ({
    add: () => undefined,
    exists: () => exists,
    wouldShow: () => wouldShow,
  });

  test('is a finding of its own', () => {
    const phase = runLineagePhase(indexLineage(lineageOf({})), [], things(true, true), trace());
    expect(phase.findings).toEqual([
      expect.objectContaining({
        check: 'lineage/unreported-resource',
        decision: 'eradicate',
        subject: expect.objectContaining({ arn }),
      }),
    ]);
    expect(phase.rows[0]).toMatchObject({ outcome: 'fail', examined: 1 });
  });

  test('is called gone only where it would show', () => {
    expect(
      runLineagePhase(indexLineage(lineageOf({})), [], things(false, true), trace()).alreadyGone.map(
        ({ id }) => id,
      ),
    ).toEqual([arn]);
    const unseen = runLineagePhase(indexLineage(lineageOf({})), [], things(false, false), trace());
    expect(unseen.alreadyGone).toEqual([]);
    expect(unseen.findings).toHaveLength(1);
  });

  test('deleted things, sessions and things a check reported are left out', () => {
    for (const fields of [{ deleted: true }, { kind: 'session' as const }, { intruderMade: false }]) {
      expect(
        runLineagePhase(indexLineage(lineageOf(fields)), [], things(true, true), trace()).findings,
      ).toEqual([]);
    }
    const [reported] = runLineagePhase(indexLineage(lineageOf({})), [], things(true, true), trace()).findings;
    expect(reported).toBeDefined();
    expect(
      runLineagePhase(
        indexLineage(lineageOf({})),
        reported === undefined ? [] : [reported],
        things(true, true),
        trace(),
      ).findings,
    ).toEqual([]);
  });
});

describe('settings that only events show', () => {
  const setting = {
    setting: 'identity-center.mfa-mode',
    value: 'mfaMode DISABLED',
    at: '2026-11-03T10:10:40.000Z',
    eventId: 'e-9',
    actorArn: 'arn:aws:sts::111122223333:federated-user/console',
    byIncident: true,
  } as const;
  const nothing = { add: () => undefined, exists: () => true, wouldShow: () => true };
  const empty = indexLineage({ nodes: [], edges: [], events: [] });

  test('changed by the incident: a finding, to be restored', () => {
    const { findings } = runLineagePhase(empty, [], nothing, trace({ settings: [setting] }));
    expect(findings).toEqual([
      expect.objectContaining({
        check: 'lineage/changed-setting',
        decision: 'restore',
        severity: 'critical',
      }),
    ]);
  });

  test('changed by somebody else: no finding', () => {
    expect(
      runLineagePhase(empty, [], nothing, trace({ settings: [{ ...setting, byIncident: false }] })).findings,
    ).toEqual([]);
  });

  test('nothing passes over a trail with holes, gaps or without coverage', () => {
    const hole = { from: 'a', to: 'b', why: 'StopLogging' };
    const worlds = [
      trace({ coverage: [] }),
      trace({
        coverage: [{ accountId: '1', region: 'r', from: 'a', to: 'b', basis: 'delivery', holes: [hole] }],
      }),
      trace({ gaps: [{ operation: 'o', reason: 'malformed', unit: 'organization', detail: 'd' }] }),
    ];
    for (const world of worlds) {
      expect(runLineagePhase(empty, [], nothing, world).rows.map(({ outcome }) => outcome)).toEqual([
        'unevaluated',
        'unevaluated',
      ]);
    }
    expect(runLineagePhase(empty, [], nothing, trace()).rows.map(({ outcome }) => outcome)).toEqual([
      'pass',
      'pass',
    ]);
  });
});
