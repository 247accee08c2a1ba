import { test } from '@jest/globals';
import check from '../../../checks/identity-center/assignment-to-management-account.ts';
import { assignmentArn } from '../../../src/model/resource-arn.ts';
import {
  buildAssignment,
  buildIdentityCenterAdministrator,
  buildPermissionSet,
} from '../../../src/testing/builders/identity-center.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const reader = buildAssignment({ accountId: '111122223333' });
const administrator = buildIdentityCenterAdministrator({ accountId: '111122223333' });
const admin = buildAssignment({
  accountId: administrator.accountId,
  permissionSetArn: administrator.permissionSetArn,
  principalType: 'USER',
  principalId: 'user-mallory',
});
const evidence = {
  'identity-center.assignments': [buildAssignment(), reader, admin],
  'identity-center.administrators': [
    { ...administrator, principalType: 'USER' as const, principalId: 'user-mallory', principalName: null },
  ],
  'identity-center.permission-sets': [buildPermissionSet()],
};

const cases = checkCases(check, {
  clean: [
    { name: 'members only', evidence: { 'identity-center.assignments': [buildAssignment()] } },
    { name: 'no assignments', evidence: { 'identity-center.assignments': [] } },
  ],
  failing: [
    {
      name: 'a reader and an administrator',
      evidence,
      sightings: [
        { messageId: 'other', arn: assignmentArn(reader) },
        { messageId: 'administrator', arn: assignmentArn(admin) },
      ],
    },
    {
      name: 'the sets could not be read',
      evidence: { 'identity-center.assignments': [reader] },
      sightings: [{ messageId: 'unseen', arn: assignmentArn(reader) }],
    },
  ],
  notApplicable: [{ name: 'management account not known', evidence, context: { managementAccountId: null } }],
});

for (const one of cases) {
  test(one.name, one.run);
}
