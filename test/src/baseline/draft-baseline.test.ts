import { describe, expect, test } from '@jest/globals';
import { type DraftInput, draftBaseline } from '../../../src/baseline/draft-baseline.ts';
import type { ResourceFact } from '../../../src/model/evidence/derived.ts';
import type { LineageNode } from '../../../src/model/lineage.ts';
import {
  account,
  asOf,
  draftInput,
  during,
  factOf,
  findingOf,
  ownedBy,
  ownership,
  resultOf,
  role,
  window,
} from './facts.ts';

const draftOf = (facts: Parameters<typeof draftInput>[0], more: Partial<DraftInput> = {}) => {
  const { baseline, leftOut, undated } = draftBaseline(draftInput(facts, more));
  return { ids: baseline.expected.map(({ id }) => id), expected: baseline.expected, leftOut, undated };
};

const deploy = role('deploy');

describe('a drafted baseline', () => {
  test('holds every fact with id, unique id and content, and nothing reviewed', () => {
    const { expected } = draftOf([deploy], {
      ownership: ownership(ownedBy('terraform aws_iam_role.deploy', deploy.arn)),
    });
    expect(expected).toEqual([
      {
        type: 'iam-role',
        id: deploy.arn,
        uniqueId: deploy.uniqueId,
        contentSha256: deploy.contentSha256,
        owner: 'terraform aws_iam_role.deploy',
        reason: null,
        reviewedBy: null,
        reviewedAt: null,
      },
    ]);
  });

  test('is sorted by type and id, whatever the order of the facts', () => {
    const facts = [
      role('b'),
      factOf('trail', 'arn:aws:cloudtrail:us-east-1:111122223333:trail/a'),
      role('a'),
    ];
    expect(draftOf(facts).ids).toEqual(draftOf(facts.toReversed()).ids);
  });

  test('tells the owner by tag where no file claims it', () => {
    expect(draftOf([role('deploy', { owner: 'team-a' })]).expected[0]?.owner).toBe('team-a');
  });
});

describe('what must not be called known-good', () => {
  const attributions = ['attributed', 'shared-credential', 'in-window'] as const;
  test.each(attributions)('a finding that is %s, even where it is only to be hardened', (attribution) => {
    const result = resultOf([findingOf(deploy, { attribution })]);
    expect(draftOf([deploy], { result }).leftOut).toMatchObject([{ id: deploy.arn, reason: 'suspicious' }]);
  });

  const decisions = ['eradicate', 'restore', 'contain-and-rotate', 'explain'] as const;
  test.each(decisions)('a finding whose decision is %s', (decision) => {
    expect(draftOf([deploy], { result: resultOf([findingOf(deploy, { decision })]) }).ids).toEqual([]);
  });

  test('a mere weakness may be known and accepted', () => {
    expect(draftOf([deploy], { result: resultOf([findingOf(deploy)]) }).ids).toEqual([deploy.arn]);
  });

  const user = factOf('iam-user', `arn:aws:iam::${account}:user/svc`);
  const key = factOf('access-key', `${user.arn}/access-key/AKIAIOSFODNN7EXAMPLE`);
  test('what hangs on a suspicious thing: its keys, its function URL', () => {
    const hook = factOf('lambda-function', `arn:aws:lambda:us-east-1:${account}:function:hook`);
    const url = factOf('function-url', `${hook.arn}:live/url`);
    const other = factOf('lambda-function', `${hook.arn}-2`);
    const result = resultOf([user, hook].map((one) => findingOf(one, { attribution: 'attributed' })));
    expect(draftOf([user, key, hook, url, other], { result }).ids).toEqual([other.arn]);
  });

  const node: LineageNode = {
    id: deploy.arn,
    kind: 'principal',
    type: 'iam-role',
    label: 'deploy',
    arn: null,
    uniqueId: null,
    accountId: account,
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
    survivesKeyRevocation: { answer: 'yes', why: 'it stays' },
  };
  test('what the events tie to the incident although no check reports it', () => {
    for (const named of [
      node,
      { ...node, label: 'x', arn: deploy.arn },
      { ...node, label: 'x', uniqueId: deploy.uniqueId },
    ]) {
      expect(draftOf([deploy], { result: resultOf([], [named]) }).leftOut).toMatchObject([
        { reason: 'suspicious' },
      ]);
    }
    expect(draftOf([deploy], { result: resultOf([], [{ ...node, standing: 'lead' }]) }).ids).toEqual([
      deploy.arn,
    ]);
    const elsewhere = { ...node, accountId: '444455556666' };
    expect(draftOf([deploy], { result: resultOf([], [elsewhere]) }).ids).toEqual([deploy.arn]);
  });

  const times: readonly (readonly [string, Partial<ResourceFact>, number])[] = [
    ['made in the window', { createdAt: during }, 0],
    ['changed in the window', { createdAt: '2025-01-01T00:00:00.000Z', modifiedAt: during }, 0],
    ['made as the window ends', { createdAt: window.to }, 1],
    ['made as it begins', { createdAt: window.from }, 0],
  ];
  test.each(times)('%s', (_name, more, kept) => {
    expect(draftOf([role('deploy', more)], { window }).ids).toHaveLength(kept);
    expect(draftOf([role('deploy', more)]).ids).toHaveLength(1);
  });

  test('what a stack touched in the window holds, touched itself or not', () => {
    const [one, two, three] = [role('one'), role('two'), role('three', { owner: 'edge' })];
    const edge = { stackTouchedAt: ['2025-01-01T00:00:00.000Z', during] };
    const things = ownership(
      ownedBy('cloudformation edge/One', one.arn, { ...edge, touchedAt: during }),
      ownedBy('cloudformation edge/Two', two.arn, { ...edge, touchedAt: '2025-01-01T00:00:00.000Z' }),
    );
    expect(draftOf([one, two, three, deploy], { window, ownership: things })).toMatchObject({
      ids: [deploy.arn],
      leftOut: [
        { id: one.arn, reason: 'in-window' },
        { id: three.arn, reason: 'stack' },
        { id: two.arn, reason: 'stack' },
      ],
    });
  });

  test('owned by code and quiet in the window: kept', () => {
    const things = ownership(ownedBy('cloudformation edge/One', deploy.arn, { stackTouchedAt: [asOf] }));
    expect(draftOf([deploy], { window, ownership: things }).ids).toEqual([deploy.arn]);
  });

  test('what belongs to an account outside the organization', () => {
    const organizationAccountIds = new Set(['444455556666']);
    expect(draftOf([deploy], { organizationAccountIds }).leftOut).toMatchObject([{ reason: 'outside' }]);
  });

  test('what was not seen in full: its digest would be that of half a thing', () => {
    expect(draftOf([{ fact: deploy, contentSeen: false }])).toMatchObject({
      ids: [],
      leftOut: [{ reason: 'not-seen' }],
    });
  });
});

test('counts the entries whose last change carries no date', () => {
  expect(draftOf([deploy, role('dated', { changeCoverage: 'complete' })]).undated).toBe(1);
});
