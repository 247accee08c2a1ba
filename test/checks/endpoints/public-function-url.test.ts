import { describe, test } from '@jest/globals';
import check from '../../../checks/endpoints/public-function-url.ts';
import type { EndpointExposure } from '../../../src/model/evidence/derived.ts';
import { buildFunctionUrlEndpoint, buildRouteEndpoint } from '../../../src/testing/builders/endpoint.ts';
import { functionArn } from '../../../src/testing/builders/lambda.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const arn = `${functionArn('orders')}/url`;
const urlWith = (exposure: EndpointExposure) => ({ endpoints: [buildFunctionUrlEndpoint({ exposure })] });

describe('public-function-url', () => {
  const cases = checkCases(check, {
    clean: [
      { name: 'no function URL', evidence: { endpoints: [] } },
      { name: 'a function URL with IAM authentication', evidence: urlWith('authenticated') },
      { name: 'a public API route, which others judge', evidence: { endpoints: [buildRouteEndpoint()] } },
    ],
    failing: [
      {
        name: 'a URL open to anyone',
        evidence: urlWith('public'),
        sightings: [{ messageId: 'public', arn }],
      },
      {
        name: 'a URL open to every AWS account',
        evidence: urlWith('any-aws-account'),
        sightings: [{ messageId: 'anyAccount', arn }],
      },
      {
        name: 'a URL narrowed by network',
        evidence: urlWith('restricted'),
        sightings: [{ messageId: 'restricted', arn }],
      },
      {
        name: 'a URL that lacks one permission',
        evidence: urlWith('latent'),
        sightings: [{ messageId: 'latent', arn }],
      },
      {
        name: 'a URL without any permission',
        evidence: urlWith('armed'),
        sightings: [{ messageId: 'armed', arn }],
      },
      {
        name: 'a URL whose policy cannot be decided',
        evidence: urlWith('unresolved'),
        sightings: [{ messageId: 'unresolved', arn }],
      },
      {
        name: 'a URL whose alias routes to two versions, once',
        evidence: {
          endpoints: ['one', 'two'].map((codeSha256) =>
            buildFunctionUrlEndpoint({ exposure: 'public', codeSha256 }),
          ),
        },
        sightings: [{ messageId: 'public', arn }],
      },
      {
        name: 'a URL of an alias, named by its qualified ARN',
        evidence: {
          endpoints: [buildFunctionUrlEndpoint({ arn: `${functionArn('orders')}:live`, exposure: 'public' })],
        },
        sightings: [{ messageId: 'public', arn: `${functionArn('orders')}:live/url` }],
      },
    ],
  });
  for (const one of cases) {
    test(one.name, one.run);
  }
});
