import { describe, test } from '@jest/globals';
import check from '../../../checks/endpoints/disguised-function-role.ts';
import type { Principal } from '../../../src/model/evidence/derived.ts';
import {
  buildGrantedAction,
  buildPolicyReference,
  buildPower,
  buildPrincipal,
} from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const disguise = 'AWSLambdaBasicExecutionRole-0a1b2c3d';
const minting = buildPower({ mintsCredentials: [buildGrantedAction({ action: 'iam:CreateUser' })] });
const mintingBy = (policy: string) =>
  buildPower({
    mintsCredentials: [buildGrantedAction({ allowedBy: [buildPolicyReference({ policy })] })],
  });
const role = (fields: Partial<Principal>) => ({ principals: [buildPrincipal(fields)] });

describe('disguised-function-role', () => {
  const cases = checkCases(check, {
    clean: [
      { name: 'a basic execution role that writes logs', evidence: role({ name: disguise }) },
      { name: 'an openly powerful role', evidence: role({ name: 'deployment', power: minting }) },
      {
        name: 'a user of that name, whom another check judges',
        evidence: role({ name: disguise, type: 'iam-user', power: minting }),
      },
      {
        name: 'a role with the policy of that name and rights by another',
        evidence: role({ name: 'deployment', power: mintingBy('deployment-rights') }),
      },
    ],
    failing: [
      {
        name: 'a minting role of that name',
        evidence: role({ name: disguise, path: '/service-role/', power: minting }),
        sightings: [
          { messageId: 'roleName', arn: `arn:aws:iam::111122223333:role/service-role/${disguise}` },
        ],
      },
      {
        name: 'a role of that name that changes the organization',
        evidence: role({
          name: 'lambda-basic-role',
          power: buildPower({
            changesOrganization: [buildGrantedAction({ action: 'organizations:DisableAWSServiceAccess' })],
          }),
        }),
        sightings: [{ messageId: 'roleName', arn: 'arn:aws:iam::111122223333:role/lambda-basic-role' }],
      },
      {
        name: 'a role whose policy of that name mints',
        evidence: role({ name: 'orders-role-a1b2c3d4', power: mintingBy(disguise) }),
        sightings: [{ messageId: 'policyName', arn: 'arn:aws:iam::111122223333:role/orders-role-a1b2c3d4' }],
      },
    ],
  });
  for (const one of cases) {
    test(one.name, one.run);
  }
});
