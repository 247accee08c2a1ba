import { expect, test } from '@jest/globals';
import check from '../../../checks/organization/unknown-delegated-administrator.ts';
import { delegatedAdministratorArn } from '../../../src/model/resource-arn.ts';
import { organizationUnit } from '../../../src/model/scope.ts';
import {
  buildBaselineEntry,
  buildBaselineView,
  buildIncident,
} from '../../../src/testing/builders/account.ts';
import { buildDelegatedAdministrator } from '../../../src/testing/builders/organizations.ts';
import { buildResourceFact } from '../../../src/testing/builders/resource-fact.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const inWindow = '2026-11-03T10:36:00.000Z';
const security = buildDelegatedAdministrator();
const development = buildDelegatedAdministrator({
  accountId: '444455556666',
  name: 'development',
  services: [{ servicePrincipal: 'sso.amazonaws.com', delegatedAt: '2025-02-01T00:00:00.000Z' }],
});
const freshDevelopment = {
  ...development,
  services: [{ servicePrincipal: 'sso.amazonaws.com', delegatedAt: inWindow }],
};
const arnOf = ({ arn }: { readonly arn: string }) => delegatedAdministratorArn(arn);
const type = 'delegated-administrator';
const evidence = (...administrators: readonly ReturnType<typeof buildDelegatedAdministrator>[]) => ({
  'organizations.delegated-administrators': administrators,
});
const reviewed = (contentSha256: string | null) =>
  buildBaselineView([buildBaselineEntry({ type, id: arnOf(security), contentSha256 })]);
const facts = [buildResourceFact({ type, arn: arnOf(security), contentSha256: 'a'.repeat(64) })];

const cases = checkCases(check, {
  clean: [
    { name: 'detection delegated to a security account', evidence: evidence(security) },
    {
      name: 'reviewed and unchanged',
      evidence: { ...evidence(security), 'resources.organization': facts },
      context: { baseline: reviewed('a'.repeat(64)), incident: buildIncident() },
    },
    { name: 'reviewed by name', evidence: evidence(security), context: { baseline: reviewed(null) } },
  ],
  failing: [
    {
      name: 'power over members that nobody reviewed',
      evidence: evidence(security, development),
      sightings: [{ messageId: 'unreviewedPowerful', arn: arnOf(development) }],
    },
    {
      name: 'delegated inside the incident window',
      evidence: evidence(
        { ...security, services: [{ servicePrincipal: 'macie.amazonaws.com', delegatedAt: inWindow }] },
        freshDevelopment,
      ),
      context: { incident: buildIncident() },
      sightings: [
        { messageId: 'fresh', arn: arnOf(security) },
        { messageId: 'freshPowerful', arn: arnOf(development) },
      ],
    },
    {
      name: 'not in the baseline, or with other services than there',
      evidence: { ...evidence(security, development), 'resources.organization': facts },
      context: { baseline: reviewed('b'.repeat(64)) },
      sightings: [
        { messageId: 'unknown', arn: arnOf(security) },
        { messageId: 'unknownPowerful', arn: arnOf(development) },
      ],
    },
    {
      name: 'an account outside the organization',
      evidence: evidence(buildDelegatedAdministrator({ accountId: '999988887777' })),
      sightings: [
        { messageId: 'outside', arn: arnOf(buildDelegatedAdministrator({ accountId: '999988887777' })) },
      ],
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}

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

test('a later delegation to an old administrator is in the window, too', () => {
  const sightings = check.evaluate(
    { ...evidence(freshDevelopment), 'resources.organization': null },
    context,
  );
  expect([...sightings].map(({ signals }) => signals)).toEqual([
    [expect.objectContaining({ code: 'in-window' })],
  ]);
});

test('a reviewed administrator without a fact to compare is an error, never unchanged', () => {
  const sightings = () => [
    ...check.evaluate(
      { ...evidence(security), 'resources.organization': null },
      { ...context, baseline: reviewed('a'.repeat(64)) },
    ),
  ];
  expect(sightings).toThrow('No resource fact');
});
