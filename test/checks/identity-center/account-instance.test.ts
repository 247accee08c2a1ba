import { test } from '@jest/globals';
import check from '../../../checks/identity-center/account-instance.ts';
import { regionUnit } from '../../../src/model/scope.ts';
import { buildIdentityCenterInstance } from '../../../src/testing/builders/identity-center.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const unit = regionUnit('aws', '444455556666', 'eu-west-1');
const ofOrganization = buildIdentityCenterInstance();
const own = buildIdentityCenterInstance({
  arn: 'arn:aws:sso:::instance/ssoins-sidedoor',
  ownerAccountId: '444455556666',
  name: 'side-door',
  createdAt: null,
  region: 'eu-west-1',
});
const evidence = { 'identity-center.instances': [ofOrganization, own] };

const cases = checkCases(check, {
  clean: [
    {
      name: 'a member sees the organization’s instance',
      evidence: { 'identity-center.instances': [ofOrganization] },
      context: { unit },
    },
    { name: 'none', evidence: { 'identity-center.instances': [] }, context: { unit } },
  ],
  failing: [
    {
      name: 'one of its own',
      evidence,
      context: { unit },
      sightings: [{ messageId: 'own', arn: own.arn }],
    },
    {
      name: 'the organization could not be seen',
      evidence: { 'identity-center.instances': [{ ...own, name: null }] },
      context: { unit, managementAccountId: null },
      sightings: [{ messageId: 'unknownOrganization', arn: own.arn }],
    },
  ],
  notApplicable: [{ name: 'the management account', evidence }],
});

for (const one of cases) {
  test(one.name, one.run);
}
