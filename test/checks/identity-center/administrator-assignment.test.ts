import { expect, test } from '@jest/globals';
import check from '../../../checks/identity-center/administrator-assignment.ts';
import { assignmentArn } from '../../../src/model/resource-arn.ts';
import { organizationUnit } from '../../../src/model/scope.ts';
import { buildIncident } from '../../../src/testing/builders/account.ts';
import {
  buildDirectoryGroup,
  buildDirectoryUser,
  buildIdentityCenterAdministrator,
  buildMembership,
} from '../../../src/testing/builders/identity-center.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const group = buildIdentityCenterAdministrator({
  users: [
    { id: 'user-alice', userName: 'alice' },
    { id: 'user-mallory', userName: null },
  ],
});
const user = buildIdentityCenterAdministrator({
  principalType: 'USER',
  principalId: 'user-alice',
  principalName: null,
  accountId: '111122223333',
});
const evidence = { 'identity-center.administrators': [group, user] };

const cases = checkCases(check, {
  clean: [{ name: 'no administrators', evidence: { 'identity-center.administrators': [] } }],
  failing: [
    {
      name: 'a group and a user',
      evidence,
      sightings: [
        { messageId: 'group', arn: assignmentArn(group) },
        { messageId: 'user', arn: assignmentArn(user) },
      ],
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}

const inWindow = '2026-11-03T10:05:00.000Z';
const context = {
  asOf: '2026-11-04T00:00:00.000Z',
  unit: organizationUnit('aws'),
  partition: 'aws',
  organizationId: 'o-exampleorgid',
  managementAccountId: '111122223333',
  organizationAccountIds: null,
  incident: buildIncident(),
  baseline: null,
  options: {},
};
const signalsOf = (directory: Partial<Parameters<typeof check.evaluate>[0]>) =>
  [
    ...check.evaluate(
      {
        ...evidence,
        'identity-store.users': null,
        'identity-store.groups': null,
        'identity-store.memberships': null,
        ...directory,
      },
      context,
    ),
  ].map(({ signals }) => (signals ?? []).map(({ code, fact }) => `${code}: ${fact}`));

test('an assignment is not older than its holder', () => {
  const groups = [buildDirectoryGroup({ id: 'group-platform-admins', createdAt: inWindow })];
  const users = [buildDirectoryUser({ createdAt: inWindow })];
  expect(signalsOf({ 'identity-store.groups': groups, 'identity-store.users': users })).toEqual([
    [`in-window: its holder was created ${inWindow}, so the assignment is not older`],
    [`in-window: its holder was created ${inWindow}, so the assignment is not older`],
  ]);
});

test('members that joined in the window are named', () => {
  const memberships = [
    buildMembership({ groupId: 'group-platform-admins', userId: 'user-alice' }),
    buildMembership({ groupId: 'group-platform-admins', userId: 'user-mallory', createdAt: inWindow }),
    buildMembership({ groupId: 'group-engineers', userId: 'user-alice', createdAt: inWindow }),
  ];
  expect(signalsOf({ 'identity-store.memberships': memberships })).toEqual([
    ['member-in-window: joined the group inside the incident window: user-mallory'],
    [],
  ]);
});

test('an old directory gives no signal', () => {
  expect(
    signalsOf({
      'identity-store.groups': [buildDirectoryGroup({ id: 'group-platform-admins' })],
      'identity-store.users': [buildDirectoryUser()],
      'identity-store.memberships': [buildMembership({ groupId: 'group-platform-admins' })],
    }),
  ).toEqual([[], []]);
});
