import type { ApiDependents } from '../../model/dependents.ts';
import { domainNameArn } from '../../model/resource-arn.ts';
import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, PlanWorld, StepDraft } from '../planner.ts';
import { freezeApi, preserveApi, releaseApi } from './support/api-freeze.ts';
import { removeApi, removeDomainName } from './support/api-removal.ts';
import { apiOf, apiTarget } from './support/api-target.ts';
import { reads } from './support/assertions.ts';
import { command } from './support/command-line.ts';
import { isIntruderMade } from './support/findings.ts';
import { containExecutionRole, freezeFunction, preserveFunction } from './support/function-freeze.ts';
import { isOwnFunction } from './support/function-target.ts';
import { manualStep, targetOf } from './support/step.ts';
import { containKey, deleteKey, hardenKey, preserveKey, restoreKey } from './support/step-keys.ts';
import { workloadStep } from './support/workload-step.ts';

/** The intruder's own functions behind it are frozen with their roles; what else it leads to, it stops leading to. */
function containApi(api: ApiDependents, world: PlanWorld): readonly StepDraft[] {
  const functions = world.ofType('lambda-function').filter(({ arn }) => api.functionArns.includes(arn));
  const own = functions.filter(({ arn }) => isOwnFunction(world, arn));
  const isWholly = own.length > 0 && own.length === api.functionArns.length;
  return [
    ...own.flatMap((target) => [
      preserveFunction(target),
      freezeFunction(target),
      ...containExecutionRole(target, world),
    ]),
    ...(isWholly || api.stages.length === 0 ? [] : [freezeApi(api)]),
  ];
}

const remove: ActionPlanner = (request, world) => {
  const { action, finding } = request;
  const api = apiOf(request, world);
  const target = targetOf(finding);
  if (decisionOf(finding) === 'explain') {
    return restrict(request, world);
  }
  if (decisionOf(finding) !== 'eradicate') {
    return [];
  }
  if (api !== null) {
    return [preserveApi(api), ...containApi(api, world), ...removeApi(api, world)];
  }
  if (target.type === 'domain-name') {
    const region = finding.subject.region ?? target.arn.split(':')[3] ?? '';
    const named = { ...target, uniqueId: null, arn: domainNameArn(world.partition, region, target.name) };
    return [removeDomainName(named, region, [])];
  }
  return [
    manualStep(
      target,
      {
        key: deleteKey(target.arn),
        stage: 'cut-re-entry',
        action,
        title: `Remove ${target.name} by hand`,
        why: 'What hangs on it could not be seen, so no command can be sure of its target.',
      },
      'Sweep its account and region again and make a new plan; or export its stages, delete its mappings on every domain name, then its stages, then the API, and the statements that let it in from the policies of functions.',
      { region: finding.subject.region },
    ),
  ];
};

/** Until an owner answers nothing passes; what was altered is put back by people who know what it was. */
const restrict: ActionPlanner = (request, world) => {
  const api = apiOf(request, world);
  const decision = decisionOf(request.finding);
  if (api === null || api.stages.length === 0 || isIntruderMade(world, api.arn, api.type)) {
    return [];
  }
  if (decision === 'explain') {
    return [preserveApi(api), freezeApi(api), releaseApi(api)];
  }
  return decision === 'restore'
    ? [
        workloadStep(
          apiTarget(api),
          {
            key: restoreKey(api.arn, 'policy'),
            stage: 'recover',
            action: 'api.restrict-policy',
            title: `Put the resource policy of API ${api.name} (${api.apiId}) back`,
            why: 'The policy decides which networks and accounts get through to the routes.',
          },
          {
            region: api.region,
            manual:
              'Compare the resource policy with what was reviewed and set it: aws apigateway update-rest-api with a patch of /policy; then deploy every stage again. HTTP and WebSocket APIs have none: there the authorization of each route counts.',
            cautions: [
              'A REST API serves the change only after a new deployment.',
              'A policy that denies all but some networks locks out the responder as well: leave a way for yourself.',
            ],
            after: [preserveKey(api.arn)],
          },
        ),
      ]
    : [];
};

const restoreDeployment: ActionPlanner = (request, world) => {
  const api = apiOf(request, world);
  if (api === null || decisionOf(request.finding) !== 'restore' || isIntruderMade(world, api.arn, api.type)) {
    return [];
  }
  const deploy =
    api.type === 'rest-api'
      ? 'aws apigateway update-stage --patch-operations op=replace,path=/deploymentId,value=…'
      : 'aws apigatewayv2 update-stage --deployment-id …';
  return [
    preserveApi(api),
    workloadStep(
      apiTarget(api),
      {
        key: restoreKey(api.arn),
        stage: 'recover',
        action: 'api.restore-deployment',
        title: `Put API ${api.name} (${api.apiId}) back to its reviewed deployment`,
        why: 'Callers reach what was deployed, not the draft that people see.',
      },
      {
        region: api.region,
        manual: `Find the last good deployment of each stage (${api.stages.length === 0 ? 'no stage was seen' : api.stages.join(', ')}) in the saved deployments and exports, and point the stage to it: ${deploy}. Then set the draft, stage variables, authorizers and integrations to what was reviewed.`,
        cautions: [
          'Correcting the draft alone changes nothing: REST APIs, and stages without automatic deployment, serve the change only after a new deployment.',
          'Keep the odd deployment until it is recorded: deleting it deletes the proof.',
        ],
        after: [preserveKey(api.arn), containKey(api.arn)],
      },
    ),
  ];
};

const addAuthorizer: ActionPlanner = ({ action, finding }) => {
  const target = targetOf(finding);
  const isOpen = decisionOf(finding) === 'eradicate' || decisionOf(finding) === 'explain';
  return isOpen
    ? []
    : [
        manualStep(
          { ...target, uniqueId: null },
          {
            key: hardenKey(target.arn, action),
            stage: 'harden',
            action,
            title: `Let API ${target.name} ask for authentication`,
            why: 'With an authorizer or IAM authorization only known callers reach what is behind the route.',
          },
          'Ask the owner which routes are meant to be public. Give the others IAM authorization or an authorizer, deploy, and test that a call without credentials is refused.',
          {
            region: finding.subject.region,
            cautions: [
              'Callers without credentials break.',
              'An API key is metering and keeps nobody out. A REST API serves the change only after a new deployment.',
            ],
          },
        ),
      ];
};

/** Keys of API Gateway: they meter calls, and a plan of the intruder's own lets his through. */
const disableKey: ActionPlanner = ({ action, finding }) => {
  const target = { ...targetOf(finding), uniqueId: null };
  const id = /::\/apikeys\/([^/]+)$/.exec(target.arn)?.[1];
  if (id === undefined || decisionOf(finding) === 'harden') {
    return [];
  }
  const who = { apiKey: id };
  const region = finding.subject.region ?? target.arn.split(':')[3] ?? null;
  const isKey = reads(`it still is ${id}`, ['apigateway', 'get-api-key', who], 'id', id);
  const enable = (value: 'true' | 'false') =>
    command('apigateway', 'update-api-key', {
      ...who,
      patchOperations: JSON.stringify([{ op: 'replace', path: '/enabled', value }]),
    });
  const disabled = workloadStep(
    target,
    {
      key: containKey(target.arn),
      stage: 'contain',
      action,
      title: `Disable API key ${target.name}`,
      why: 'Calls with it are refused, and it can be taken back.',
    },
    {
      region,
      preconditions: [isKey],
      commands: [enable('false')],
      confirm: [reads('it is disabled', ['apigateway', 'get-api-key', who], 'enabled', 'False')],
      cautions: ['A key meters calls and proves nobody: routes that ask for nothing else stay open.'],
      undo: [enable('true')],
    },
  );
  return decisionOf(finding) === 'eradicate'
    ? [
        disabled,
        workloadStep(
          target,
          {
            key: deleteKey(target.arn),
            stage: 'cut-re-entry',
            action,
            title: `Delete API key ${target.name}`,
            why: 'Events show that the intruder made it.',
          },
          {
            region,
            preconditions: [isKey],
            commands: [command('apigateway', 'delete-api-key', who, { accepts: ['NotFoundException'] })],
            cautions: ['Delete the usage plans of the intruder, too: they hold his stages.'],
            after: [containKey(target.arn)],
          },
        ),
      ]
    : [disabled];
};

export const apiActions = {
  'api-key.disable': disableKey,
  'api.add-authorizer': addAuthorizer,
  'api.delete': remove,
  'api.restore-deployment': restoreDeployment,
  'api.restrict-policy': restrict,
} satisfies ActionPlanners<
  'api-key.disable' | 'api.add-authorizer' | 'api.delete' | 'api.restore-deployment' | 'api.restrict-policy'
>;
