import { describe, test } from '@jest/globals';
import check from '../../../checks/endpoints/direct-credential-integration.ts';
import type { Endpoint } from '../../../src/model/evidence/derived.ts';
import { apiArn } from '../../../src/testing/builders/api-gateway.ts';
import { buildRouteEndpoint } from '../../../src/testing/builders/endpoint.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const arn = apiArn('apis', 'httpapi001');
const callTo = (directAction: string, fields: Pick<Partial<Endpoint>, 'exposure' | 'roleArn'> = {}) => ({
  endpoints: [buildRouteEndpoint({ functionArn: null, functionName: null, directAction, ...fields })],
});

describe('direct-credential-integration', () => {
  const cases = checkCases(check, {
    clean: [
      { name: 'a route to a function', evidence: { endpoints: [buildRouteEndpoint()] } },
      { name: 'a route that queues messages', evidence: callTo('sqs:SendMessage') },
      { name: 'a route that only reads', evidence: callTo('sts:GetCallerIdentity') },
    ],
    failing: [
      {
        name: 'an open route that makes access keys',
        evidence: callTo('iam:CreateAccessKey'),
        sightings: [{ messageId: 'open', arn }],
      },
      {
        name: 'an open route whose action the request chooses',
        evidence: callTo('iam:*'),
        sightings: [{ messageId: 'open', arn }],
      },
      {
        name: 'a route that hands out sessions',
        evidence: callTo('sts:GetSessionToken'),
        sightings: [{ messageId: 'open', arn }],
      },
      {
        name: 'an authenticated route that assumes roles',
        evidence: callTo('sts:AssumeRole', { exposure: 'authenticated' }),
        sightings: [{ messageId: 'guarded', arn }],
      },
      {
        name: 'a route that hands through its caller’s credentials',
        evidence: callTo('s3:*', { exposure: 'authenticated', roleArn: 'arn:aws:iam::*:user/*' }),
        sightings: [{ messageId: 'caller', arn }],
      },
    ],
  });
  for (const one of cases) {
    test(one.name, one.run);
  }
});
