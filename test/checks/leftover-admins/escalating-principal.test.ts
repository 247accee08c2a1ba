import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/escalating-principal.ts';
import { roleArn } from '../../../src/testing/builders/iam.ts';
import {
  buildAdminPower,
  buildEscalationPath,
  buildGrantedAction,
  buildPower,
  buildPrincipal,
} from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const mints = buildPower({ mintsCredentials: [buildGrantedAction()] });

const cases = checkCases(check, {
  clean: [
    {
      name: 'powerless, administrator, service-linked',
      evidence: {
        principals: [
          buildPrincipal(),
          buildPrincipal({ name: 'admin', power: buildAdminPower() }),
          buildPrincipal({ name: 'linked', managedBy: 'service-linked', power: mints }),
        ],
      },
    },
    {
      name: 'ordinary role chaining',
      evidence: {
        principals: [
          buildPrincipal({
            power: buildPower({
              mintsCredentials: [buildGrantedAction({ action: 'sts:AssumeRole', scope: 'specific' })],
              escalationPaths: [buildEscalationPath({ actions: ['sts:AssumeRole'], scope: 'specific' })],
            }),
          }),
        ],
      },
    },
  ],
  failing: [
    {
      name: 'paths, minting, conditions, own credentials',
      evidence: {
        principals: [
          buildPrincipal({
            name: 'escalates',
            power: buildPower({
              escalationPaths: [buildEscalationPath({ mustExist: 'a function with a role' })],
            }),
          }),
          buildPrincipal({ name: 'mints', power: mints }),
          buildPrincipal({
            name: 'maybe',
            power: buildPower({ escalationPaths: [buildEscalationPath({ verdict: 'conditional' })] }),
          }),
          buildPrincipal({
            name: 'maybe-admin',
            power: buildAdminPower({ administrator: 'conditional' }),
          }),
          buildPrincipal({
            name: 'own',
            power: buildPower({ mintsCredentials: [buildGrantedAction({ scope: 'own' })] }),
          }),
        ],
      },
      sightings: [
        { messageId: 'escalates', arn: roleArn('escalates') },
        { messageId: 'mints', arn: roleArn('mints') },
        { messageId: 'conditional', arn: roleArn('maybe') },
        { messageId: 'escalates', arn: roleArn('maybe-admin') },
        { messageId: 'ownCredentials', arn: roleArn('own') },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
