import { test } from '@jest/globals';
import check from '../../../checks/eyes/foreign-trail.ts';
import { buildIncident } from '../../../src/testing/builders/account.ts';
import { buildTrail } from '../../../src/testing/builders/detection.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const key = (accountId: string) => `arn:aws:kms:us-east-1:${accountId}:key/0a1b2c3d`;
const foreign = buildTrail({ name: 'a', ownerAccountId: '999988887777' });
const keyed = buildTrail({ name: 'b', kmsKeyId: key('999988887777') });

const cases = checkCases(check, {
  clean: [
    {
      name: 'own trail, own key, alias, key of a trusted account',
      evidence: {
        'cloudtrail.trails': [
          buildTrail({ name: 'a', kmsKeyId: key('222233334444') }),
          buildTrail({ name: 'b', kmsKeyId: 'alias/logs' }),
          buildTrail({ name: 'c', kmsKeyId: key('555566667777') }),
        ],
      },
      context: { incident: buildIncident({ trusted: { accounts: ['555566667777'] } }) },
    },
  ],
  failing: [
    {
      name: 'foreign trail and foreign key',
      evidence: { 'cloudtrail.trails': [foreign, keyed] },
      sightings: [
        { messageId: 'owner', arn: foreign.arn },
        { messageId: 'key', arn: keyed.arn },
      ],
    },
    {
      name: 'the organization is not known',
      evidence: { 'cloudtrail.trails': [foreign, keyed, buildTrail({ name: 'own' })] },
      context: { organizationAccountIds: null },
      sightings: [
        { messageId: 'unknownOwner', arn: foreign.arn },
        { messageId: 'unknownKey', arn: keyed.arn },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
