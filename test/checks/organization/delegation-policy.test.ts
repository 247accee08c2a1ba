import { test } from '@jest/globals';
import check from '../../../checks/organization/delegation-policy.ts';
import { buildBaselineEntry, buildBaselineView } from '../../../src/testing/builders/account.ts';
import { buildOrganizationResourcePolicy } from '../../../src/testing/builders/organizations.ts';
import { buildResourceFact } from '../../../src/testing/builders/resource-fact.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const accountRoot = (accountId: string) => ({ AWS: `arn:aws:iam::${accountId}:root` });
const allow = (principal: unknown, action: unknown, condition?: object) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: action,
  Resource: '*',
  ...(condition === undefined ? {} : { Condition: condition }),
});
const attach = ['organizations:AttachPolicy', 'organizations:DetachPolicy'];
const read = ['organizations:DescribePolicy', 'organizations:ListPolicies'];
const member = buildOrganizationResourcePolicy(
  allow(accountRoot('444455556666'), attach),
  allow(accountRoot('444455556666'), read),
);
const { arn } = member;
const type = 'organization-resource-policy';
const reviewed = buildBaselineView([buildBaselineEntry({ type, id: arn, contentSha256: 'a'.repeat(64) })]);
const facts = [buildResourceFact({ type, arn, contentSha256: 'a'.repeat(64) })];

const cases = checkCases(check, {
  clean: [
    { name: 'there is none', evidence: { 'organizations.resource-policy': { present: false } } },
    {
      name: 'the management account itself',
      evidence: {
        'organizations.resource-policy': buildOrganizationResourcePolicy(
          allow(accountRoot('111122223333'), attach),
        ),
      },
    },
    {
      name: 'reviewed',
      evidence: { 'organizations.resource-policy': member, 'resources.organization': facts },
      context: { baseline: reviewed },
    },
  ],
  failing: [
    {
      name: 'a member may change and read: one finding',
      evidence: { 'organizations.resource-policy': member },
      sightings: [{ messageId: 'changes', arn }],
    },
    {
      name: 'every kind of principal',
      evidence: {
        'organizations.resource-policy': buildOrganizationResourcePolicy(
          allow('*', read),
          allow(accountRoot('999988887777'), read),
          allow(accountRoot('444455556666'), read),
          allow({ AWS: 'AROAQ3EGUJYQ2EXAMPLE7' }, attach),
        ),
      },
      sightings: [
        { messageId: 'anyone', arn },
        { messageId: 'outside', arn },
        { messageId: 'reads', arn },
        { messageId: 'orphaned', arn },
      ],
    },
    {
      name: 'the whole organization may change',
      evidence: {
        'organizations.resource-policy': buildOrganizationResourcePolicy(
          allow('*', 'organizations:*', { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } }),
        ),
      },
      sightings: [{ messageId: 'organizationWide', arn }],
    },
    {
      name: 'accounts could not be listed',
      evidence: { 'organizations.resource-policy': member },
      context: { organizationAccountIds: null },
      sightings: [{ messageId: 'unknownAccount', arn }],
    },
    {
      name: 'no text that can be read',
      evidence: { 'organizations.resource-policy': { ...member, document: '{' } },
      sightings: [{ messageId: 'unreadable', arn }],
    },
    {
      name: 'a reviewed stranger stays a stranger',
      evidence: {
        'organizations.resource-policy': buildOrganizationResourcePolicy(
          allow(accountRoot('999988887777'), read),
        ),
        'resources.organization': facts,
      },
      context: { baseline: reviewed },
      sightings: [{ messageId: 'outside', arn }],
    },
    {
      name: 'the baseline holds one',
      evidence: { 'organizations.resource-policy': { present: false } },
      context: { baseline: reviewed },
      sightings: [{ messageId: 'gone', arn }],
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
