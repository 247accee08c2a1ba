import { test } from '@jest/globals';
import check from '../../../checks/identity-center/window-membership.ts';
import { directoryArn } from '../../../src/model/resource-arn.ts';
import { buildIncident } from '../../../src/testing/builders/account.ts';
import {
  buildDirectoryGroup,
  buildDirectoryUser,
  buildIdentityCenterAdministrator,
  buildMembership,
} from '../../../src/testing/builders/identity-center.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const inWindow = '2026-11-03T10:05:00.000Z';
const old = buildMembership();
const plain = buildMembership({ userId: 'user-bob', createdAt: inWindow, createdBy: null });
const admin = buildMembership({ groupId: 'group-platform-admins', createdAt: inWindow });
const incident = buildIncident();
const arnOf = ({ id }: { readonly id: string }) => directoryArn('membership', 'aws', id);

const cases = checkCases(check, {
  clean: [
    {
      name: 'memberships from before',
      evidence: { 'identity-store.memberships': [old, { ...plain, createdAt: null }] },
      context: { incident },
    },
  ],
  failing: [
    {
      name: 'an ordinary group and one of administrators',
      evidence: {
        'identity-store.memberships': [old, plain, admin],
        'identity-store.users': [buildDirectoryUser()],
        'identity-store.groups': [buildDirectoryGroup()],
        'identity-center.administrators': [buildIdentityCenterAdministrator()],
      },
      context: { incident },
      sightings: [
        { messageId: 'added', arn: arnOf(plain) },
        { messageId: 'addedToAdministrators', arn: arnOf(admin) },
      ],
    },
    {
      name: 'names could not be read',
      evidence: { 'identity-store.memberships': [plain] },
      context: { incident },
      sightings: [{ messageId: 'added', arn: arnOf(plain) }],
    },
  ],
  notApplicable: [{ name: 'no incident', evidence: { 'identity-store.memberships': [admin] } }],
});

for (const one of cases) {
  test(one.name, one.run);
}
