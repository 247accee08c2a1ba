import { test } from '@jest/globals';
import check from '../../../checks/identity-center/window-directory-group.ts';
import { directoryArn } from '../../../src/model/resource-arn.ts';
import { buildIncident } from '../../../src/testing/builders/account.ts';
import {
  buildDirectoryGroup,
  buildIdentityCenterAdministrator,
} from '../../../src/testing/builders/identity-center.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const inWindow = '2026-11-03T10:05:00.000Z';
const engineers = buildDirectoryGroup();
const operations = buildDirectoryGroup({ displayName: 'aws-operations', createdAt: inWindow });
const readers = buildDirectoryGroup({ displayName: 'readers', createdAt: inWindow, createdBy: null });
const renamed = buildDirectoryGroup({ displayName: 'renamed', updatedAt: inWindow });
const incident = buildIncident();
const arnOf = ({ id }: { readonly id: string }) => directoryArn('group', 'aws', id);

const cases = checkCases(check, {
  clean: [
    {
      name: 'groups from before',
      evidence: { 'identity-store.groups': [engineers, { ...renamed, updatedAt: null, createdAt: null }] },
      context: { incident },
    },
  ],
  failing: [
    {
      name: 'made and changed',
      evidence: {
        'identity-store.groups': [engineers, operations, readers, renamed],
        'identity-center.administrators': [buildIdentityCenterAdministrator({ principalId: operations.id })],
      },
      context: { incident },
      sightings: [
        { messageId: 'madeAdministrator', arn: arnOf(operations) },
        { messageId: 'made', arn: arnOf(readers) },
        { messageId: 'changed', arn: arnOf(renamed) },
      ],
    },
  ],
  notApplicable: [{ name: 'no incident', evidence: { 'identity-store.groups': [operations] } }],
});

for (const one of cases) {
  test(one.name, one.run);
}
