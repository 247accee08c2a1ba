import { describe, test } from '@jest/globals';
import check from '../../../checks/endpoints/deployed-route-differs.ts';
import type { ApiRoute } from '../../../src/model/evidence/api-gateway.ts';
import {
  apiArn,
  buildHttpApi,
  buildIntegration,
  buildOpenRoute,
  buildRestApi,
  buildRoute,
  buildStage,
} from '../../../src/testing/builders/api-gateway.ts';
import { functionArn } from '../../../src/testing/builders/lambda.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const arn = apiArn('restapis', 'restapi001');
const serving = (routes: readonly ApiRoute[], deployedRoutes: readonly ApiRoute[] | null) => ({
  'api-gateway.rest-apis': [buildRestApi({ routes, stages: [buildStage({ deployedRoutes })] })],
  'api-gateway.http-apis': [],
});
const preflight = buildOpenRoute({
  method: 'OPTIONS',
  integration: buildIntegration({ type: 'MOCK', uri: null }),
});

describe('deployed-route-differs', () => {
  const cases = checkCases(check, {
    clean: [
      { name: 'stages without an export', evidence: serving([buildRoute()], null) },
      { name: 'a stage that serves the draft', evidence: serving([buildRoute()], [buildRoute()]) },
      {
        name: 'a draft that is more open than the stage',
        evidence: serving([buildOpenRoute()], [buildRoute()]),
      },
      { name: 'an answer to preflight requests', evidence: serving([], [preflight]) },
    ],
    failing: [
      {
        name: 'a route that the draft guards',
        evidence: serving([buildRoute()], [buildOpenRoute()]),
        sightings: [{ messageId: 'opened', arn }],
      },
      {
        name: 'a route that the draft does not have',
        evidence: serving([], [buildOpenRoute()]),
        sightings: [{ messageId: 'opened', arn }],
      },
      {
        name: 'a route that ends elsewhere',
        evidence: serving(
          [buildRoute()],
          [buildRoute({ integration: buildIntegration({ uri: functionArn('other') }) })],
        ),
        sightings: [{ messageId: 'redirected', arn }],
      },
      {
        name: 'a route of an HTTP API and one of a WebSocket API',
        evidence: {
          'api-gateway.rest-apis': [],
          'api-gateway.http-apis': (['HTTP', 'WEBSOCKET'] as const).map((protocol) =>
            buildHttpApi({
              id: protocol,
              protocol,
              stages: [buildStage({ deployedRoutes: [buildOpenRoute()] })],
            }),
          ),
        },
        sightings: [
          { messageId: 'opened', arn: apiArn('apis', 'HTTP') },
          { messageId: 'opened', arn: apiArn('apis', 'WEBSOCKET') },
        ],
      },
    ],
  });
  for (const one of cases) {
    test(one.name, one.run);
  }
});
