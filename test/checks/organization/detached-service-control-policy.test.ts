import { test } from '@jest/globals';
import check from '../../../checks/organization/detached-service-control-policy.ts';
import { buildOrganizationPolicy } from '../../../src/testing/builders/organizations.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const guardrails = buildOrganizationPolicy();
const detached = buildOrganizationPolicy({ targets: [] });
const resourceGuard = buildOrganizationPolicy({
  id: 'p-perimeter',
  type: 'RESOURCE_CONTROL_POLICY',
  document: 'not json',
  targets: [],
});
const permitting = buildOrganizationPolicy({
  id: 'p-allow',
  document: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  }),
  targets: [],
});

const cases = checkCases(check, {
  clean: [
    { name: 'attached to a unit', evidence: { 'organizations.policies': [guardrails] } },
    {
      name: 'AWS’s own policy and other types',
      evidence: {
        'organizations.policies': [
          buildOrganizationPolicy({ id: 'p-FullAWSAccess', awsManaged: true, targets: [] }),
          buildOrganizationPolicy({ id: 'p-tags', type: 'TAG_POLICY', targets: [] }),
        ],
      },
    },
    { name: 'no policies', evidence: { 'organizations.policies': [] } },
  ],
  failing: [
    {
      name: 'attached to nothing',
      evidence: { 'organizations.policies': [detached, resourceGuard, permitting] },
      sightings: [
        { messageId: 'guard', arn: detached.arn },
        { messageId: 'guard', arn: resourceGuard.arn },
        { messageId: 'permitting', arn: permitting.arn },
      ],
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
