import { expect, test } from '@jest/globals';
import check from '../../../checks/identity-center/window-directory-user.ts';
import { directoryArn } from '../../../src/model/resource-arn.ts';
import { organizationUnit } from '../../../src/model/scope.ts';
import { buildIncident } from '../../../src/testing/builders/account.ts';
import {
  buildDirectoryUser,
  buildIdentityCenterAdministrator,
} from '../../../src/testing/builders/identity-center.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const inWindow = '2026-11-03T10:05:00.000Z';
const alice = buildDirectoryUser();
const operator = buildDirectoryUser({ userName: 'aws-operator', createdAt: inWindow, updatedAt: inWindow });
const helper = buildDirectoryUser({ userName: 'helper', createdAt: inWindow, createdBy: null, status: null });
const bob = buildDirectoryUser({ userName: 'bob', updatedAt: inWindow });
const incident = buildIncident();
const arnOf = ({ id }: { readonly id: string }) => directoryArn('user', 'aws', id);

const cases = checkCases(check, {
  clean: [
    {
      name: 'users from before, with and without dates',
      evidence: { 'identity-store.users': [alice, { ...bob, createdAt: null, updatedAt: null }] },
      context: { incident },
    },
  ],
  failing: [
    {
      name: 'made and changed',
      evidence: {
        'identity-store.users': [alice, operator, helper, bob],
        'identity-center.administrators': [
          buildIdentityCenterAdministrator({ users: [{ id: operator.id, userName: null }] }),
        ],
      },
      context: { incident },
      sightings: [
        { messageId: 'madeAdministrator', arn: arnOf(operator) },
        { messageId: 'made', arn: arnOf(helper) },
        { messageId: 'changed', arn: arnOf(bob) },
      ],
    },
  ],
  notApplicable: [
    { name: 'no incident', evidence: { 'identity-store.users': [operator] } },
    {
      name: 'no window',
      evidence: { 'identity-store.users': [operator] },
      context: { incident: buildIncident({ window: null }) },
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}

test('one who does not come from the identity provider like all others was made by hand', () => {
  const issuers = { externalIssuers: ['https://scim.example.com'] };
  const codesWith = (others: typeof issuers | object) =>
    [
      ...check.evaluate(
        {
          'identity-store.users': [{ ...alice, ...others }, operator],
          'identity-center.administrators': null,
        },
        {
          asOf: '2026-11-04T00:00:00.000Z',
          unit: organizationUnit('aws'),
          partition: 'aws',
          organizationId: null,
          managementAccountId: null,
          organizationAccountIds: null,
          incident,
          baseline: null,
          options: {},
        },
      ),
    ].flatMap(({ signals }) => (signals ?? []).map(({ code }) => code));
  expect(codesWith(issuers)).toEqual(['made-by-hand']);
  expect(codesWith({})).toEqual([]);
});
