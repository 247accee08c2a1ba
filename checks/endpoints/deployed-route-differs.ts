import { defineCheck } from '../../src/model/check.ts';
import type { ApiRoute, ApiStage, HttpApi, RestApi } from '../../src/model/evidence/api-gateway.ts';

type Api = RestApi | HttpApi;

function typeOf(api: Api): string {
  if (!('protocol' in api)) {
    return 'rest-api';
  }
  return api.protocol === 'WEBSOCKET' ? 'websocket-api' : 'http-api';
}

/** An open route that the draft does not have or guards, or a route that ends elsewhere than the draft says. */
function differenceOf(deployed: ApiRoute, draft: ApiRoute | undefined) {
  const isPreflight = deployed.method === 'OPTIONS' && deployed.integration?.type === 'MOCK';
  if (deployed.authorizationType === 'NONE' && !isPreflight && draft?.authorizationType !== 'NONE') {
    return 'opened';
  }
  const [here, there] = [deployed.integration?.uri ?? null, draft?.integration?.uri ?? null];
  return here !== null && there !== null && here !== there ? 'redirected' : null;
}

function deployedStages(apis: readonly Api[]): readonly { readonly api: Api; readonly stage: ApiStage }[] {
  return apis.flatMap((api) =>
    api.stages.filter(({ deployedRoutes }) => deployedRoutes !== null).map((stage) => ({ api, stage })),
  );
}

export default defineCheck({
  meta: {
    id: 'endpoints/deployed-route-differs',
    title: 'What a stage serves is what the draft shows',
    failureTitle: 'Stage serves a route that the draft hides',
    description:
      'The console and most tools show an API’s draft, callers reach what was deployed. A route can be opened, deployed and closed again in the draft alone. A draft that runs ahead of its deployment looks the same, so the difference has to be explained.',
    kind: 'tampering',
    severity: 'medium',
    raise: { 'in-window': 'critical', 'not-in-baseline': 'high', 'changed-since-baseline': 'high' },
    scope: 'region',
    requires: ['api-gateway.rest-apis', 'api-gateway.http-apis'],
    tolerates: ['api-gateway.rest-apis', 'api-gateway.http-apis'],
    population: 'stages whose deployed routes could be read',
    messages: {
      opened: 'Stage {stage} of {api} serves {route} without authentication, which the draft does not.',
      redirected: {
        text: 'Stage {stage} of {api} sends {route} to {deployed}, the draft to {draft}.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['api.restore-deployment'],
      why: 'Pointing the stage to a reviewed deployment puts it in step with what people see.',
      cautions: ['Keep the odd deployment until it is recorded; deleting it deletes the proof.'],
    },
    techniques: ['T1564'],
    frameworks: { 'NIST 800-53 r5': ['CM-3', 'SI-7'], 'NIST CSF 2.0': ['PR.PS-01'] },
    references: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html'],
    since: '0.1.0',
  },
  examined: (evidence) =>
    deployedStages([...evidence['api-gateway.rest-apis'], ...evidence['api-gateway.http-apis']]).length,
  *evaluate(evidence) {
    for (const key of ['api-gateway.rest-apis', 'api-gateway.http-apis'] as const) {
      const apis: readonly Api[] = evidence[key];
      for (const { api, stage } of deployedStages(apis)) {
        for (const deployed of stage.deployedRoutes ?? []) {
          const draft = api.routes.find((route) => route.key === deployed.key);
          const messageId = differenceOf(deployed, draft);
          if (messageId === null) {
            continue;
          }
          yield {
            messageId,
            subject: { arn: api.arn, uniqueId: api.id, type: typeOf(api), name: api.name },
            discriminator: `${stage.name} ${deployed.key}`,
            data: {
              stage: stage.name,
              api: api.name,
              route: deployed.key,
              deployed: deployed.integration?.uri ?? 'nothing',
              draft: draft?.integration?.uri ?? 'nothing',
            },
            evidence: [{ key, pointer: `/${apis.indexOf(api)}/stages/${api.stages.indexOf(stage)}` }],
          };
        }
      }
    }
  },
});
