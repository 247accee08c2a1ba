import { describe, expect, test } from '@jest/globals';
import { attackMatrix, type TechniqueStanding } from '../../../../src/model/attack/attack-matrix.ts';
import type { AuditResult } from '../../../../src/model/audit-result.ts';
import type { LineageEdge, LineageNode } from '../../../../src/model/lineage.ts';
import {
  buildCheck,
  buildFinding,
  buildGap,
  buildResult,
  buildRow,
} from '../../../support/result-builder.ts';

const check = buildCheck({ id: 'keys/new', techniques: ['T1098.001'] });

function node(fields: Partial<LineageNode> & { readonly id: string }): LineageNode {
  return {
    kind: 'credential',
    type: 'access-key',
    label: fields.id,
    arn: null,
    uniqueId: null,
    accountId: '111122223333',
    region: null,
    standing: 'tainted',
    seed: false,
    intruderMade: false,
    firstSeenAt: null,
    lastSeenAt: null,
    deleted: false,
    deletedAt: null,
    used: null,
    expiresAt: null,
    unboundedBecause: null,
    survivesKeyRevocation: null,
    ...fields,
  };
}

function edge(fields: Partial<LineageEdge>): LineageEdge {
  return {
    from: 'AKIAIOSFODNN7EXAMPLE',
    to: 'arn:aws:iam::111122223333:user/new',
    relation: 'created',
    outcome: 'done',
    action: 'iam:CreateUser',
    firstAt: '2026-11-03T09:20:00Z',
    lastAt: '2026-11-03T09:20:00Z',
    eventIds: ['e1'],
    ...fields,
  };
}

function lineage(nodes: LineageNode[], edges: LineageEdge[]): Partial<AuditResult> {
  return { lineage: { nodes, edges, events: [], alreadyGone: [] } };
}

function standing(fields: Partial<AuditResult>, id: string): TechniqueStanding {
  const { columns } = attackMatrix(
    buildResult({ checks: [check], results: [buildRow({ check: check.id, examined: 2 })], ...fields }),
  );
  const found = columns.flatMap(({ techniques }) => techniques).find(({ technique }) => technique.id === id);
  if (found === undefined) {
    throw new Error(`${id} is not in the matrix`);
  }
  return found;
}

describe('standing of a technique', () => {
  test('clear where every check passed everywhere', () => {
    expect(standing({}, 'T1098.001').state).toBe('clear');
  });

  test('not covered where no check looks for it', () => {
    expect(standing({}, 'T1486').state).toBe('not-covered');
  });

  test.each<[string, Partial<AuditResult>]>([
    ['a gap', { results: [buildRow({ check: check.id, outcome: 'unevaluated', gaps: [buildGap({})] })] }],
    ['no result', { results: [] }],
    ['an account out of view', { scope: { ...buildResult().scope, ofAccounts: 3 } }],
    [
      'an accepted finding',
      {
        results: [buildRow({ check: check.id, outcome: 'fail', findings: ['a'.repeat(16)] })],
        findings: [
          buildFinding({
            check: check.id,
            fingerprint: 'a'.repeat(16),
            exception: { reason: 'r', approvedBy: 'b', expires: '2027-01-01T00:00:00Z' },
          }),
        ],
      },
    ],
  ])('it cannot be told over %s', (_name, fields) => {
    expect(standing(fields, 'T1098.001').state).toBe('cannot-tell');
  });

  test('a check that applies nowhere covers nothing', () => {
    const results = [
      buildRow({ check: check.id, outcome: 'not-applicable', reason: 'Not the management account.' }),
    ];
    expect(standing({ results }, 'T1098.001').state).toBe('not-covered');
  });

  test('an open finding is a weakness, an attributed one was seen', () => {
    const weak = buildFinding({ check: check.id, attribution: 'unknown' });
    const own = buildFinding({ check: check.id, attribution: 'attributed' });
    const results = [buildRow({ check: check.id, outcome: 'fail', findings: [weak.fingerprint] })];
    expect(standing({ results, findings: [weak] }, 'T1098.001').state).toBe('weakness');
    const seen = standing({ results, findings: [weak, own] }, 'T1098.001');
    expect(seen.state).toBe('seen');
    expect(seen.attributed).toEqual([own.fingerprint]);
    expect(seen.weaknesses).toEqual([weak.fingerprint]);
  });
});

describe('events', () => {
  const seed = node({ id: 'AKIAIOSFODNN7EXAMPLE', seed: true });

  test('what the leaked credential did was seen, its use included', () => {
    const fields = lineage([seed], [edge({}), edge({ eventIds: ['e1', 'e2'] })]);
    expect(standing(fields, 'T1136.003')).toMatchObject({
      state: 'seen',
      done: 2,
      eventNames: ['CreateUser'],
    });
    expect(standing(fields, 'T1078.004').state).toBe('seen');
  });

  test('what was only tried is told apart', () => {
    const fields = lineage([seed], [edge({ outcome: 'attempted', action: 'cloudtrail:StopLogging' })]);
    expect(standing(fields, 'T1685.002')).toMatchObject({ state: 'seen', done: 0, attempted: 1 });
    expect(standing(fields, 'T1078.004').state).toBe('not-covered');
  });

  test('what the owner did with the shared credential, and what merely belongs together, is not the incident’s', () => {
    const owner = node({ id: 'owner', standing: 'shared-credential' });
    const fields = lineage([seed, owner], [edge({ from: 'owner' }), edge({ relation: 'linked' })]);
    expect(standing(fields, 'T1136.003').state).toBe('not-covered');
  });

  test('provenance of attributed findings counts, of others it does not', () => {
    const event = {
      eventId: 'e9',
      eventTime: '2026-11-03T09:30:00Z',
      eventName: 'AttachUserPolicy',
      actorArn: 'arn',
      accessKeyId: null,
      sourceIp: null,
    };
    const of = (attribution: 'attributed' | 'in-window') =>
      standing(
        { findings: [buildFinding({ check: check.id, attribution, provenance: [event] })] },
        'T1098.003',
      );
    expect(of('attributed')).toMatchObject({ state: 'seen', done: 1 });
    expect(of('in-window').state).toBe('not-covered');
  });
});

describe('the matrix', () => {
  test('a technique stands under each of its tactics and is counted once', () => {
    const { columns, counts } = attackMatrix(
      buildResult({ checks: [check], results: [buildRow({ check: check.id })] }),
    );
    const names = columns.filter(({ techniques }) =>
      techniques.some(({ technique }) => technique.id === 'T1098.001'),
    );
    expect(names.map(({ tactic }) => tactic.name)).toEqual(['Persistence', 'Privilege Escalation']);
    expect(counts.clear).toBe(1);
    expect(counts['in-parts']).toBe(1);
    expect(columns.every(({ techniques }) => techniques.length > 0)).toBe(true);
  });

  test('older ids of an earlier result join, unknown ones are told', () => {
    const old = buildCheck({ id: 'eyes/trail', techniques: ['T1562.008', 'T9999'] });
    const matrix = attackMatrix(
      buildResult({ checks: [old], results: [buildRow({ check: old.id, examined: 1 })] }),
    );
    const found = matrix.columns
      .flatMap(({ techniques }) => techniques)
      .find(({ technique }) => technique.id === 'T1685.002');
    expect(found?.state).toBe('clear');
    expect(matrix.strange).toEqual(['T9999']);
  });
});
