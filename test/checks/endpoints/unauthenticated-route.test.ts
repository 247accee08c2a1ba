import { describe, test } from '@jest/globals';
import check from '../../../checks/endpoints/unauthenticated-route.ts';
import type { EndpointExposure } from '../../../src/model/evidence/derived.ts';
import { apiArn } from '../../../src/testing/builders/api-gateway.ts';
import { buildFunctionUrlEndpoint, buildRouteEndpoint } from '../../../src/testing/builders/endpoint.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const arn = apiArn('apis', 'httpapi001');
const routeWith = (exposure: EndpointExposure) => ({ endpoints: [buildRouteEndpoint({ exposure })] });

describe('unauthenticated-route', () => {
  const cases = checkCases(check, {
    clean: [
      { name: 'no API', evidence: { endpoints: [] } },
      { name: 'a public API with its own authorizer', evidence: routeWith('authenticated') },
      { name: 'a private API', evidence: routeWith('private') },
      {
        name: 'an open route to a web address',
        evidence: { endpoints: [buildRouteEndpoint({ functionArn: null, functionName: null })] },
      },
      {
        name: 'a public function URL, which another check judges',
        evidence: { endpoints: [buildFunctionUrlEndpoint({ exposure: 'public' })] },
      },
    ],
    failing: [
      {
        name: 'an open route to a function',
        evidence: routeWith('public'),
        sightings: [{ messageId: 'anyone', arn }],
      },
      {
        name: 'an open route to an AWS action',
        evidence: {
          endpoints: [
            buildRouteEndpoint({ functionArn: null, functionName: null, directAction: 'sqs:SendMessage' }),
          ],
        },
        sightings: [{ messageId: 'anyone', arn }],
      },
      {
        name: 'two open routes of one API',
        evidence: {
          endpoints: [buildRouteEndpoint(), buildRouteEndpoint({ entry: { route: 'POST /orders' } })],
        },
        sightings: [
          { messageId: 'anyone', arn },
          { messageId: 'anyone', arn },
        ],
      },
      {
        name: 'a route open to every AWS account',
        evidence: routeWith('any-aws-account'),
        sightings: [{ messageId: 'anyAccount', arn }],
      },
      {
        name: 'a route narrowed by network',
        evidence: routeWith('restricted'),
        sightings: [{ messageId: 'restricted', arn }],
      },
      {
        name: 'a route that is not deployed, or refused by the resource policy alone',
        evidence: routeWith('armed'),
        sightings: [{ messageId: 'armed', arn }],
      },
      {
        name: 'a route whose policy cannot be decided',
        evidence: routeWith('unresolved'),
        sightings: [{ messageId: 'unresolved', arn }],
      },
    ],
  });
  for (const one of cases) {
    test(one.name, one.run);
  }
});
