import { describe, expect, test } from '@jest/globals';
import check from '../../../checks/endpoints/credential-minting-function.ts';
import type { CheckContext } from '../../../src/model/check.ts';
import { regionUnit } from '../../../src/model/scope.ts';
import { buildIncident } from '../../../src/testing/builders/account.ts';
import { buildFunction, functionArn } from '../../../src/testing/builders/lambda.ts';
import { buildGrantedAction, buildPower, buildPrincipal } from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const arn = functionArn('orders');
const context: CheckContext = {
  asOf: '2026-11-04T00:00:00.000Z',
  unit: regionUnit('aws', '111122223333', 'us-east-1'),
  partition: 'aws',
  organizationId: null,
  managementAccountId: null,
  organizationAccountIds: null,
  incident: null,
  baseline: null,
  options: {},
};
const roleWith = (verdict: 'allowed' | 'conditional', name = 'application') =>
  buildPrincipal({ name, power: buildPower({ mintsCredentials: [buildGrantedAction({ verdict })] }) });

describe('credential-minting-function', () => {
  const cases = checkCases(check, {
    clean: [
      { name: 'no function', evidence: { 'lambda.functions': [], principals: [roleWith('allowed')] } },
      {
        name: 'a function with a sane role',
        evidence: { 'lambda.functions': [buildFunction()], principals: [buildPrincipal()] },
      },
      {
        name: 'a minting role that no function uses',
        evidence: {
          'lambda.functions': [buildFunction()],
          principals: [buildPrincipal(), roleWith('allowed', 'other')],
        },
      },
    ],
    failing: [
      {
        name: 'a function with a minting role',
        evidence: { 'lambda.functions': [buildFunction()], principals: [roleWith('allowed')] },
        sightings: [{ messageId: 'mints', arn }],
      },
      {
        name: 'a function whose role may mint under conditions',
        evidence: { 'lambda.functions': [buildFunction()], principals: [roleWith('conditional')] },
        sightings: [{ messageId: 'conditional', arn }],
      },
      {
        name: 'a published version that kept a minting role',
        evidence: {
          'lambda.functions': [
            buildFunction({
              publishedVersions: [
                {
                  version: '1',
                  codeSha256: 'x',
                  lastModifiedAt: '2026-01-01T00:00:00.000Z',
                  roleArn: 'arn:aws:iam::111122223333:role/old',
                },
              ],
            }),
          ],
          principals: [buildPrincipal(), roleWith('allowed', 'old')],
        },
        sightings: [{ messageId: 'mints', arn }],
      },
    ],
  });
  for (const one of cases) {
    test(one.name, one.run);
  }

  test('says that the role was made in the window, although the function is older', () => {
    const evidence = {
      'lambda.functions': [buildFunction()],
      principals: [{ ...roleWith('allowed'), createdAt: '2026-11-03T10:00:00.000Z' }],
    };
    const codes = (incident: CheckContext['incident']) =>
      [...check.evaluate(evidence, { ...context, incident })].flatMap(({ signals = [] }) =>
        signals.map(({ code }) => code),
      );
    expect(codes(buildIncident())).toEqual(['can-mint', 'in-window']);
    expect(codes(null)).toEqual(['can-mint']);
  });
});
