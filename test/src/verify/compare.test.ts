import { describe, expect, test } from '@jest/globals';
import {
  buildCheck,
  buildFinding,
  buildGap,
  buildInventoryRow,
  buildRow,
} from '../../support/result-builder.ts';
import {
  account,
  after,
  before,
  check,
  containStep,
  earlier,
  entry,
  lineage,
  log,
  node,
  plan,
  result,
  stateOf,
  step,
  userArn,
  userFinding,
  userRow,
  verify,
} from './verify-cases.ts';

describe('what was removed', () => {
  test('is gone over complete evidence that is newer than the step', () => {
    const verification = verify(earlier(), result(after));
    expect(stateOf(verification)).toBe(`gone: not found in complete evidence of ${after}`);
    expect(verification.findings[0]?.step).toEqual({
      id: 'step-1',
      action: 'user.delete',
      outcome: 'done',
      at: '2026-11-03T15:00:00Z',
    });
  });

  test('is gone without a log too, where the evidence is newer than the earlier result’s', () => {
    expect(stateOf(verify(earlier(), result(after), []))).toMatch(/^gone/);
    expect(stateOf(verify(earlier(), result(before), []))).toMatch(/^cannot-tell: not found, but/);
  });

  test.each([
    ['in the second of the step', '2026-11-03T15:00:00.700Z'],
    ['before the step', '2026-11-03T14:59:00.000Z'],
    ['before the earlier result', '2026-11-03T13:00:00.000Z'],
  ])('read %s proves nothing', (_, asOf) => {
    expect(stateOf(verify(earlier(), result(asOf)))).toMatch(/^cannot-tell: .*not newer/);
  });

  test('a failed step counts as a touch: evidence must be newer than it', () => {
    const actions = [...log, entry({ at: '2026-11-03T17:00:00Z', outcome: 'failed' })];
    expect(stateOf(verify(earlier(), result(after), actions))).toMatch(/^cannot-tell/);
  });

  test.each([
    [
      'a denied read',
      buildRow({ check, outcome: 'unevaluated', evidenceAsOf: after, gaps: [buildGap({})] }),
      /no answer/,
    ],
    [
      'an accepted gap',
      buildRow({ check, outcome: 'unevaluated', evidenceAsOf: after, gaps: [buildGap({ accepted: true })] }),
      /accepted gap is still a gap/,
    ],
    [
      'a failure with a gap',
      buildRow({ check, outcome: 'fail', evidenceAsOf: after, findings: ['ffff'], gaps: [buildGap({})] }),
      /could not see everything/,
    ],
    ['an error', buildRow({ check, outcome: 'error', reason: 'TypeError' }), /broke/],
    [
      'not applicable',
      buildRow({ check, outcome: 'not-applicable', reason: 'no baseline' }),
      /did not apply/,
    ],
    ['an open question', buildRow({ check, outcome: 'manual', evidenceAsOf: after }), /a person has to look/],
    [
      'another account',
      buildRow({ check, units: [{ accountId: '444455556666' }], evidenceAsOf: after }),
      /not read/,
    ],
    ['another check', buildRow({ check: 'other/check', evidenceAsOf: after }), /not run/],
    ['evidence of unknown age', buildRow({ check }), /how old/],
  ])('%s is cannot-tell, never gone', (_, row, why) => {
    const state = stateOf(verify(earlier(), result(after, {}, [row])));
    expect(state).toMatch(/^cannot-tell/);
    expect(state).toMatch(why);
  });

  test('every unit that showed it must answer', () => {
    const units = [
      { accountId: account, region: 'us-east-1' },
      { accountId: account, region: 'eu-west-1' },
    ];
    const was = earlier({ findings: [userFinding({ decision: 'contain-and-rotate' })] }, [
      buildRow({ check, outcome: 'fail', units, evidenceAsOf: before, findings: ['aaaaaaaaaaaaaaaa'] }),
    ]);
    const [first, second] = units.map((unit) => buildRow({ check, units: [unit], evidenceAsOf: after }));
    expect(first === undefined || second === undefined).toBe(false);
    expect(stateOf(verify(was, result(after, {}, first === undefined ? [] : [first])))).toMatch(
      /eu-west-1 was not read/,
    );
    expect(
      stateOf(
        verify(was, result(after, {}, first === undefined || second === undefined ? [] : [first, second])),
      ),
    ).toMatch(/^gone/);
  });

  test('is changed while the inventory still holds it', () => {
    expect(stateOf(verify(earlier(), result(after, { inventory: [userRow()] })))).toMatch(
      /^changed: .*still there/,
    );
    const renamed = { ...userRow(), arn: `arn:aws:iam::${account}:user/renamed`, name: 'renamed' };
    expect(stateOf(verify(earlier(), result(after, { inventory: [renamed] })))).toMatch(
      /^changed: .*renamed/,
    );
  });

  test('is cannot-tell where the list of such things was not read', () => {
    const blind = { ...result(after), checks: [buildCheck({ id: check, requires: ['iam.login-profiles'] })] };
    expect(stateOf(verify(earlier(), blind))).toMatch(/^cannot-tell: .*iam-user itself/);
  });

  test('is still there with the same finding', () => {
    const now = result(after, { findings: [userFinding()], inventory: [userRow()] });
    expect(stateOf(verify(earlier(), now))).toMatch(/^still-there: .*step step-1 is logged as done/);
    const stale = result('2026-11-03T14:30:00.000Z', { findings: [userFinding()] });
    expect(stateOf(verify(earlier(), stale))).toMatch(/^cannot-tell: .*older/);
  });
});

describe('what came back', () => {
  test('a namesake with another unique id is reappeared, reported or not, and it is new', () => {
    const again = { ...userFinding().subject, uniqueId: 'AIDAEXAMPLETWO' };
    const row = userRow('AIDAEXAMPLETWO', '2026-11-03T15:30:00.000Z');
    const reported = verify(
      earlier(),
      result(after, { findings: [userFinding({ subject: again })], inventory: [row] }),
    );
    expect(stateOf(reported)).toMatch(/^reappeared: .*AIDAEXAMPLETWO/);
    const quiet = verify(earlier(), result(after, { inventory: [row] }));
    expect(stateOf(quiet)).toMatch(/^reappeared/);
    expect(quiet.newSince[0]).toMatchObject({
      afterCleanUp: true,
      severity: 'critical',
      at: '2026-11-03T15:30:00.000Z',
    });
  });

  test('a namesake is seen even where the check could not see everything', () => {
    const row = buildRow({ check, outcome: 'unevaluated', evidenceAsOf: after, gaps: [buildGap({})] });
    const now = result(after, { inventory: [userRow('AIDAEXAMPLETWO')] }, [row]);
    expect(stateOf(verify(earlier(), now))).toMatch(/^reappeared/);
  });

  test('a function without an id counts as made anew when it changed after its removal', () => {
    const arn = `arn:aws:lambda:us-east-1:${account}:function:health-check`;
    const finding = userFinding({
      subject: {
        arn,
        type: 'lambda-function',
        accountId: account,
        region: 'us-east-1',
        name: 'health-check',
      },
    });
    const inventory = (modifiedAt: string) => [buildInventoryRow({ arn, name: 'health-check', modifiedAt })];
    const was = earlier({ findings: [finding], inventory: inventory('2026-11-03T09:41:00.000Z') });
    const anew = result(after, { findings: [finding], inventory: inventory('2026-11-03T15:20:00.000Z') });
    expect(stateOf(verify(was, anew))).toMatch(/^reappeared/);
    const old = result(after, { findings: [finding], inventory: inventory('2026-11-03T09:41:00.000Z') });
    expect(stateOf(verify(was, old))).toMatch(/^still-there/);
  });

  test('an API of the same name under a new id is reappeared', () => {
    const api = (id: string) => ({
      arn: `arn:aws:apigateway:us-east-1::/apis/${id}`,
      type: 'http-api',
      accountId: account,
      region: 'us-east-1',
      name: 'health',
    });
    const was = earlier({ findings: [userFinding({ subject: api('aaaa') })], inventory: [] });
    const now = result(after, {
      inventory: [
        buildInventoryRow({ ...api('bbbb'), createdAt: '2026-11-03T15:10:00.000Z', modifiedAt: null }),
      ],
    });
    expect(stateOf(verify(was, now))).toMatch(/^reappeared: gone, and one of the same name/);
  });

  test('another user minted by the same lineage is reappeared, once', () => {
    const minted = `arn:aws:iam::${account}:user/svc-metrics-2`;
    const session = `arn:aws:sts::${account}:assumed-role/minting/health-check`;
    const second = userFinding({
      fingerprint: 'bbbbbbbbbbbbbbbb',
      subject: {
        ...userFinding().subject,
        arn: `${userArn}-2`,
        uniqueId: 'AIDAEXAMPLESIX',
        name: 'svc-backup-2',
      },
    });
    const was = earlier({
      findings: [userFinding(), second],
      lineage: lineage({ nodes: [node({ id: session })] }),
    });
    const now = result(after, {
      inventory: [
        { ...userRow('AIDAEXAMPLETEN', '2026-11-03T15:40:00.000Z'), arn: minted, name: 'svc-metrics-2' },
      ],
      lineage: lineage({
        nodes: [
          node({ id: session }),
          node({ id: minted, arn: minted, kind: 'principal', type: 'iam-user' }),
        ],
        edges: [
          {
            from: session,
            to: minted,
            relation: 'created',
            outcome: 'done',
            action: 'iam:CreateUser',
            firstAt: '2026-11-03T15:40:00.000Z',
            lastAt: '2026-11-03T15:40:00.000Z',
            eventIds: ['e1'],
          },
        ],
      }),
    });
    const verification = verify(was, now);
    expect(verification.findings.map(({ state }) => state).sort()).toEqual(['gone', 'reappeared']);
    expect(verification.newSince[0]).toMatchObject({ severity: 'critical', afterCleanUp: true });
    expect(verification.closure.criteria.find(({ id }) => id === 'trail-silent')?.met).toBe(false);
  });
});

describe('by decision', () => {
  const role = {
    arn: `arn:aws:iam::${account}:role/deploy`,
    uniqueId: 'AROAEXAMPLEONE',
    type: 'iam-role',
    accountId: account,
    region: null,
    name: 'deploy',
  };
  const row = buildInventoryRow({ ...role, createdAt: '2026-11-03T09:00:00.000Z' });

  test('restore: the alteration is gone although the thing stays', () => {
    const was = earlier({
      findings: [userFinding({ decision: 'restore', subject: role })],
      inventory: [row],
    });
    expect(stateOf(verify(was, result(after, { inventory: [row] })))).toMatch(/^gone: the alteration/);
    expect(stateOf(verify(was, result(after)))).toMatch(/^changed: .*neither is the thing itself/);
    const other = userFinding({
      fingerprint: 'cccccccccccccccc',
      message: 'now another trust',
      subject: role,
    });
    const verification = verify(was, result(after, { inventory: [row], findings: [other] }));
    expect(stateOf(verification)).toMatch(/^changed: now reported as: now another trust/);
    expect(verification.findings[0]?.now).toBe('cccccccccccccccc');
    expect(verification.newSince).toEqual([]);
  });

  test('contain and rotate: the access is gone although the principal stays', () => {
    const was = earlier({ findings: [userFinding({ decision: 'contain-and-rotate' })] });
    expect(stateOf(verify(was, result(after, { inventory: [userRow()] })))).toMatch(
      /^gone: no longer reported/,
    );
  });

  test('explain: what is frozen is changed, not gone', () => {
    const was = earlier({ findings: [userFinding({ decision: 'explain' })] });
    expect(stateOf(verify(was, result(after, { inventory: [userRow()] })))).toMatch(/^changed/);
    expect(stateOf(verify(was, result(after)))).toMatch(/^gone/);
  });
});

describe('what only events show', () => {
  const membership = userFinding({
    check: 'lineage/unreported-resource',
    subject: {
      arn: 'directory-membership:a:b',
      type: 'directory-membership',
      accountId: account,
      region: null,
      name: 'a:b',
    },
  });
  const made = (fields: object) =>
    lineage({
      nodes: [
        node({ id: 'directory-membership:a:b', kind: 'resource', type: 'directory-membership', ...fields }),
      ],
    });

  test('is gone with the event that deletes it, or with evidence that would show it', () => {
    const was = earlier({ findings: [membership] });
    const deleted = result(after, {
      lineage: made({ deleted: true, deletedAt: '2026-11-03T15:00:00.000Z' }),
    });
    expect(stateOf(verify(was, deleted))).toMatch(/^gone: an event deletes it/);
    const unseen = result(after, { lineage: { ...made({}), alreadyGone: ['directory-membership:a:b'] } });
    expect(stateOf(verify(was, unseen))).toMatch(/^gone: the evidence/);
  });

  test('is cannot-tell without a trail, before the step, and over a hole', () => {
    const was = earlier({ findings: [membership] });
    expect(stateOf(verify(was, result(after)))).toMatch(/^cannot-tell: .*no trail/);
    const now = result(after, { findings: [membership], lineage: made({}) });
    const trail = (to: string, holes: readonly string[] = []) => ({
      ...now,
      coverage: {
        ...now.coverage,
        trail: {
          from: '2026-11-01T00:00:00.000Z',
          to,
          holes: holes.map((end) => ({ from: before, to: end, where: 'x/us-east-1', why: 'no digest' })),
        },
      },
    });
    expect(stateOf(verify(was, trail('2026-11-03T14:30:00.000Z')))).toMatch(/^cannot-tell: .*end at/);
    expect(stateOf(verify(was, trail(after, [after])))).toMatch(/^cannot-tell: .*hole/);
    expect(stateOf(verify(was, trail(after)))).toMatch(/^still-there/);
  });
});

describe('new since', () => {
  const key = (id: string, createdAt: string) =>
    buildInventoryRow({
      arn: `arn:aws:iam::${account}:user/deploy/access-key/${id}`,
      uniqueId: id,
      type: 'access-key',
      name: id,
      region: null,
      createdAt,
      modifiedAt: null,
    });

  test('a user minted after the clean-up is the loudest line', () => {
    const intruder = {
      ...userRow('AIDAEXAMPLETEN', '2026-11-03T15:40:00.000Z'),
      arn: `${userArn}-9`,
      name: 'svc-9',
    };
    const api = buildInventoryRow({ createdAt: '2026-11-03T15:50:00.000Z' });
    const weak = buildFinding({ check, decision: 'harden', severity: 'critical' });
    const { newSince, closure } = verify(
      earlier(),
      result(after, { inventory: [api, intruder], findings: [weak] }),
    );
    expect(newSince.map(({ subject, severity }) => [subject.name, severity])).toEqual([
      ['svc-9', 'critical'],
      ['thumbnails', 'high'],
      ['example', 'critical'],
    ]);
    expect(closure.criteria.find(({ id }) => id === 'nothing-new')?.met).toBe(false);
  });

  test('what is in the baseline, was there before, or was put back is no news', () => {
    const reviewed = { ...key('AKIAI44QH8DHBEXAMPLE', '2026-11-03T15:40:00.000Z'), inBaseline: true };
    const old = key('AKIAIOSFODNN7EXAMPLE', '2026-01-01T00:00:00.000Z');
    const { newSince, closure } = verify(earlier(), result(after, { inventory: [old, reviewed] }));
    expect(newSince.map(({ subject, severity }) => [subject.name, severity])).toEqual([
      ['AKIAI44QH8DHBEXAMPLE', 'info'],
    ]);
    expect(closure.criteria.find(({ id }) => id === 'nothing-new')?.met).toBe(true);
  });

  test('a new key of a user whose key was rotated is told so, and excused by the baseline alone', () => {
    const rotate = step({
      id: 'step-2',
      stage: 'recover',
      action: 'access-key.rotate',
      target: {
        arn: `arn:aws:iam::${account}:user/deploy/access-key/AKIAIOSFODNN7EXAMPLE`,
        uniqueId: 'AKIAIOSFODNN7EXAMPLE',
        type: 'access-key',
        name: 'AKIAIOSFODNN7EXAMPLE',
      },
      findings: [],
    });
    const was = earlier({ plan: plan([containStep, step(), rotate]) });
    const actions = [...log, entry({ step: 'step-2', at: '2026-11-03T15:10:00Z', outcome: 'manual' })];
    const own = key('AKIAI44QH8DHBEXAMPLE', '2026-11-03T15:09:00.000Z');
    const told = verify(was, result(after, { inventory: [own] }), actions);
    expect(told.newSince[0]).toMatchObject({ severity: 'critical', what: expect.stringContaining('step-2') });
    const reviewed = verify(was, result(after, { inventory: [{ ...own, inBaseline: true }] }), actions);
    expect(reviewed.newSince[0]).toMatchObject({ severity: 'info' });
  });
});
