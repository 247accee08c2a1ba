import type { ApiDependents } from '../../../model/dependents.ts';
import type { PlanCommand } from '../../../model/plan.ts';
import type { StepDraft } from '../../planner.ts';
import { apiCall, apiTarget, isSameApi } from './api-target.ts';
import { command } from './command-line.ts';
import { save, savedFile } from './saved-file.ts';
import { containKey, preserveKey, releaseKey } from './step-keys.ts';
import { workloadStep } from './workload-step.ts';

const gone = ['NotFoundException'];

/** The export is the command's output file: an empty answer beside it keeps the saved file whole. */
const intoAnswer = ['/dev/stdout', '--query', '`{}`'];

function exportOf(api: ApiDependents, stage: string): PlanCommand {
  const { arn, type } = api;
  const saved = {
    saveAs: savedFile(type, arn, `export ${stage}`),
    accepts: ['BadRequestException', ...gone],
  };
  const { service, who } = apiCall(api);
  const call =
    service === 'apigateway'
      ? command(service, 'get-export', {
          ...who,
          stageName: stage,
          exportType: 'oas30',
          parameters: JSON.stringify({ extensions: 'integrations,authorizers' }),
        })
      : command(service, 'export-api', {
          ...who,
          stageName: stage,
          outputType: 'JSON',
          specification: 'OAS30',
          includeExtensions: true,
        });
  return { ...saved, argv: [...call.argv, ...intoAnswer] };
}

const restReads = {
  api: 'get-rest-api',
  stages: 'get-stages',
  deployments: 'get-deployments',
  authorizers: 'get-authorizers',
} as const;

const httpReads = {
  api: 'get-api',
  stages: 'get-stages',
  deployments: 'get-deployments',
  authorizers: 'get-authorizers',
  routes: 'get-routes',
  integrations: 'get-integrations',
} as const;

/** Draft and what each stage serves: an API's id never returns, and a deployment that is deleted takes the proof along. */
export function preserveApi(api: ApiDependents): StepDraft {
  const own = apiTarget(api);
  const { service, who } = apiCall(api);
  const isRest = service === 'apigateway';
  // WebSocket APIs cannot be exported.
  const exported = api.type === 'websocket-api' ? [] : api.stages;
  return workloadStep(
    own,
    {
      key: preserveKey(api.arn),
      stage: 'preserve',
      action: 'api.delete',
      title: `Save routes, integrations and stages of API ${api.name} (${api.apiId})`,
      why: 'What a stage serves can differ from the draft; both are gone with the API, and its id never returns.',
    },
    {
      region: api.region,
      preconditions: [isSameApi(api)],
      commands: [
        ...Object.entries(isRest ? restReads : httpReads).map(([part, operation]) =>
          save(own, part, [service, operation, who], gone),
        ),
        ...(isRest
          ? [save(own, 'resources', [service, 'get-resources', { ...who, embed: 'methods' }], gone)]
          : []),
        ...exported.map((stage) => exportOf(api, stage)),
      ],
      cautions: ['Keep the access and execution logs: their groups are named in the saved stages.'],
      reversible: true,
    },
  );
}

function throttle(api: ApiDependents, stageName: string): PlanCommand {
  const { service, who } = apiCall(api);
  const path = '/*/*/throttling';
  return service === 'apigateway'
    ? command(
        service,
        'update-stage',
        {
          ...who,
          stageName,
          patchOperations: JSON.stringify([
            { op: 'replace', path: `${path}/rateLimit`, value: '0' },
            { op: 'replace', path: `${path}/burstLimit`, value: '0' },
          ]),
        },
        { accepts: gone },
      )
    : command(
        service,
        'update-stage',
        {
          ...who,
          stageName,
          defaultRouteSettings: JSON.stringify({ ThrottlingBurstLimit: 0, ThrottlingRateLimit: 0 }),
        },
        { accepts: gone },
      );
}

/** The limits that every account has from the start; other values are in the saved stages. */
function letThrough(api: ApiDependents, stageName: string): PlanCommand {
  const { service, who } = apiCall(api);
  return service === 'apigateway'
    ? command(service, 'update-stage', {
        ...who,
        stageName,
        patchOperations: JSON.stringify([{ op: 'remove', path: '/*/*' }]),
      })
    : command(service, 'update-stage', {
        ...who,
        stageName,
        defaultRouteSettings: JSON.stringify({ ThrottlingBurstLimit: 5000, ThrottlingRateLimit: 10_000 }),
      });
}

/** Stops the calls of all its stages, whatever the address, and loses nothing. */
export function freezeApi(api: ApiDependents): StepDraft {
  return workloadStep(
    apiTarget(api),
    {
      key: containKey(api.arn),
      stage: 'contain',
      action: 'api.restrict-policy',
      title: `Let no call through API ${api.name} (${api.apiId}): throttle its stages to 0`,
      why: 'It takes effect at once for every address of the API, and can be taken back.',
    },
    {
      region: api.region,
      preconditions: [isSameApi(api)],
      commands: api.stages.map((stage) => throttle(api, stage)),
      undo: api.stages.map((stage) => letThrough(api, stage)),
      cautions: [
        'Whoever calls the API gets 429 from now on, its rightful callers too.',
        'Limits that are set for single methods or routes win over the stage’s: look for them in the saved stages.',
        'Taking it back gives the default limits; others, and logging settings of the stage, are in the saved stages.',
        'Functions behind it can still be called in other ways.',
      ],
      after: [preserveKey(api.arn)],
    },
  );
}

export function releaseApi(api: ApiDependents): StepDraft {
  return workloadStep(
    apiTarget(api),
    {
      key: releaseKey(api.arn),
      stage: 'release',
      action: 'api.restrict-policy',
      title: `Let calls through API ${api.name} (${api.apiId}) again`,
      why: 'The freeze is this plan’s own; whoever answers for the API gets it back.',
    },
    {
      region: api.region,
      preconditions: [isSameApi(api)],
      commands: api.stages.map((stage) => letThrough(api, stage)),
      undo: api.stages.map((stage) => throttle(api, stage)),
      manual:
        'Only when its owner has answered: say no until then. Afterwards compare throttling and logging of every stage with the saved answer.',
      after: [containKey(api.arn)],
    },
  );
}
