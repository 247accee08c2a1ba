import { describe, test } from '@jest/globals';
import check from '../../../checks/endpoints/credential-minting-endpoint.ts';
import type { Endpoint } from '../../../src/model/evidence/derived.ts';
import { apiArn } from '../../../src/testing/builders/api-gateway.ts';
import { buildFunctionUrlEndpoint, buildRouteEndpoint } from '../../../src/testing/builders/endpoint.ts';
import { functionArn } from '../../../src/testing/builders/lambda.ts';
import { buildGrantedAction, buildPower } from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const arn = apiArn('apis', 'httpapi001');
const minting = buildPower({ mintsCredentials: [buildGrantedAction({ action: 'iam:CreateUser' })] });
const perhaps = buildPower({ mintsCredentials: [buildGrantedAction({ verdict: 'conditional' })] });
const chaining = buildPower({
  mintsCredentials: [buildGrantedAction({ action: 'sts:AssumeRole', scope: 'specific' })],
});
const routeWith = (exposure: Endpoint['exposure'], rolePower = minting) => ({
  endpoints: [buildRouteEndpoint({ exposure, rolePower })],
});

describe('credential-minting-endpoint', () => {
  const cases = checkCases(check, {
    clean: [
      { name: 'a public route to a harmless function', evidence: { endpoints: [buildRouteEndpoint()] } },
      {
        name: 'a public route to a role that assumes one other role',
        evidence: routeWith('public', chaining),
      },
      { name: 'a private route to a minting function', evidence: routeWith('private') },
      {
        name: 'an authenticated route to a conditional right',
        evidence: routeWith('authenticated', perhaps),
      },
    ],
    failing: [
      {
        name: 'a public route to a minting function',
        evidence: routeWith('public'),
        sightings: [{ messageId: 'open', arn }],
      },
      {
        name: 'a route for every AWS account to a minting function',
        evidence: routeWith('any-aws-account'),
        sightings: [{ messageId: 'open', arn }],
      },
      {
        name: 'a public function URL of a minting function',
        evidence: { endpoints: [buildFunctionUrlEndpoint({ exposure: 'public', rolePower: minting })] },
        sightings: [{ messageId: 'open', arn: `${functionArn('orders')}/url` }],
      },
      {
        name: 'a route that is one change from open',
        evidence: routeWith('armed'),
        sightings: [{ messageId: 'nearlyOpen', arn }],
      },
      {
        name: 'a route of which nobody can tell',
        evidence: routeWith('unresolved'),
        sightings: [{ messageId: 'nearlyOpen', arn }],
      },
      {
        name: 'a public route to a right under unknown conditions',
        evidence: routeWith('public', perhaps),
        sightings: [{ messageId: 'conditional', arn }],
      },
      {
        name: 'an authenticated route to a minting function',
        evidence: routeWith('authenticated'),
        sightings: [{ messageId: 'authenticated', arn }],
      },
    ],
  });
  for (const one of cases) {
    test(one.name, one.run);
  }
});
