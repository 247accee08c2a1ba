import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/look-alike-principal.ts';
import { roleArn, userArn } from '../../../src/testing/builders/iam.ts';
import { buildGrantedAction, buildPower, buildPrincipal } from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const role = (name: string) => buildPrincipal({ name });
const younger = (name: string) => buildPrincipal({ name, createdAt: '2026-11-03T10:00:00.000Z' });

const cases = checkCases(check, {
  clean: [
    {
      name: 'numbered, lettered and unlike names; tools of AWS',
      evidence: {
        principals: [
          role('worker-1'),
          role('worker-2'),
          role('cluster-a'),
          role('cluster-b'),
          role('deploy'),
          role('billing'),
          role('AWSControlTowerExecution'),
          role('AWSReservedSSO_ReadOnlyAccess_0123456789abcdef'),
          buildPrincipal({ name: 'AWSLambdaBasicExecutionRole-x', path: '/service-role/' }),
        ],
      },
    },
    {
      name: 'the same name in two types',
      evidence: {
        principals: [role('deployment'), buildPrincipal({ type: 'iam-user', name: 'deployment' })],
      },
    },
  ],
  failing: [
    {
      name: 'like AWS',
      evidence: {
        principals: [
          buildPrincipal({ type: 'iam-user', name: 'aws-support' }),
          role('aws-maintenance'),
          {
            ...role('lambda-basic-execution-role'),
            power: buildPower({ mintsCredentials: [buildGrantedAction()] }),
          },
        ],
      },
      sightings: [
        { messageId: 'awsUser', arn: userArn('aws-support') },
        { messageId: 'awsName', arn: roleArn('aws-maintenance') },
        { messageId: 'executionRole', arn: roleArn('lambda-basic-execution-role') },
      ],
    },
    {
      name: 'like an older one',
      evidence: {
        principals: [
          role('deployment'),
          younger('dep1oyment'),
          role('monitoring'),
          younger('monitorings'),
          role('pipeline'),
          younger('pipleine'),
        ],
      },
      sightings: [
        { messageId: 'twin', arn: roleArn('dep1oyment') },
        { messageId: 'neighbour', arn: roleArn('monitorings') },
        { messageId: 'neighbour', arn: roleArn('pipleine') },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
