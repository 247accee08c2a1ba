import { describe, expect, test } from '@jest/globals';
import httpApis from '../../../../../src/collect/collectors/api-gateway/http-apis.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { denied, fakeReader, output, pages, type Script } from '../../../../support/fake-reader.ts';
import { functionUri, httpAnswers, unit } from './api-gateway-answers.ts';

const arn = 'arn:aws:apigateway:eu-west-1::/apis/h1';

const collect = async (changes: Script = {}) => {
  const reader = fakeReader({ ...httpAnswers, ...changes }, unit);
  return { reader, observation: await httpApis.collect(fakeCollectContext(reader, {}, unit)) };
};

describe('api-gateway.http-apis', () => {
  test('links routes to integrations, and exports only the stage that is not deployed by itself', async () => {
    const { reader, observation } = await collect();
    expect(reader.calls.filter(({ command }) => command === 'ExportApi').map(({ input }) => input)).toEqual([
      {
        ApiId: 'h1',
        StageName: 'fixed',
        Specification: 'OAS30',
        OutputType: 'JSON',
        IncludeExtensions: true,
      },
    ]);
    expect(observation).toMatchObject({
      state: 'complete',
      value: [
        {
          arn,
          protocol: 'HTTP',
          endpoint: 'https://h1.execute-api.eu-west-1.amazonaws.com',
          routes: [
            {
              key: '$default',
              method: 'ANY',
              path: '$default',
              authorizationType: 'JWT',
              authorizerId: 'jwt1',
            },
            {
              key: 'POST /keys',
              method: 'POST',
              path: '/keys',
              authorizationType: 'NONE',
              integration: { id: 'i1', uri: 'arn:aws:lambda:eu-west-1:111122223333:function:orders' },
            },
          ],
          stages: [
            { name: '$default', autoDeploy: true, deployedRoutes: null },
            {
              name: 'fixed',
              autoDeploy: false,
              deployedRoutes: [
                { key: '$default', authorizationType: 'JWT', authorizerId: 'jwt1' },
                {
                  key: 'POST /keys',
                  authorizationType: 'NONE',
                  integration: { type: 'AWS_PROXY', uri: functionUri },
                },
              ],
            },
          ],
          authorizers: [{ id: 'jwt1', issuer: 'https://issuer.example', audience: ['web'] }],
        },
      ],
    });
  });

  test('keeps the route keys of a WebSocket API, which cannot be exported', async () => {
    const { reader, observation } = await collect({
      GetApis: output({ Items: [{ ApiId: 'w1', Name: 'socket', ProtocolType: 'WEBSOCKET' }] }),
      GetRoutes: output({ Items: [{ RouteId: 'r', RouteKey: '$connect', AuthorizationType: 'NONE' }] }),
      GetStages: output({ Items: [{ StageName: 'live', AutoDeploy: false }] }),
    });
    expect(reader.commands).not.toContain('ExportApi');
    expect(observation).toMatchObject({
      state: 'complete',
      value: [
        {
          protocol: 'WEBSOCKET',
          routes: [{ key: '$connect', method: 'ANY', path: '$connect' }],
          stages: [{ deployedRoutes: null }],
        },
      ],
    });
  });

  test('refused integrations leave the routes, and only their own gap', async () => {
    const { observation } = await collect({ GetIntegrations: denied() });
    expect(observation).toMatchObject({
      state: 'partial',
      value: [{ routes: [{ key: '$default' }, { key: 'POST /keys', integration: null }] }],
      gaps: [{ reason: 'access-denied', resource: arn }],
    });
    expect(observation.state === 'partial' ? observation.gaps : []).toHaveLength(1);
  });

  test('a route to an integration that was not listed is a gap', async () => {
    const { observation } = await collect({ GetIntegrations: output({ Items: [] }) });
    expect(observation).toMatchObject({
      state: 'partial',
      gaps: [{ reason: 'malformed', resource: `${arn}/routes/r1` }],
    });
  });

  test('a route whose authorization is not told is a gap, not an open route', async () => {
    const { observation } = await collect({
      GetRoutes: output({ Items: [{ RouteId: 'r', RouteKey: 'GET /' }] }),
    });
    expect(observation).toMatchObject({
      state: 'partial',
      value: [{ routes: [] }],
      gaps: [{ reason: 'malformed', resource: `${arn}/routes/r` }],
    });
  });

  test('none is a known absence; two pages are read', async () => {
    const none = await collect({ GetApis: output({ Items: [] }) });
    expect(none.observation).toMatchObject({ state: 'complete', value: [] });
    const api = (id: string) => ({ ApiId: id, Name: id, ProtocolType: 'HTTP' });
    const two = await collect({
      GetApis: pages({ Items: [api('b')], NextToken: '2' }, { Items: [api('a')] }),
    });
    expect(two.observation).toMatchObject({ state: 'complete', value: [{ id: 'a' }, { id: 'b' }] });
  });
});
