import type { ApiDependents } from '../../../model/dependents.ts';
import { domainNameArn } from '../../../model/resource-arn.ts';
import type { PlanWorld, StepDraft } from '../../planner.ts';
import { apiCall, apiTarget, isSameApi } from './api-target.ts';
import { fails, reads } from './assertions.ts';
import { command } from './command-line.ts';
import { isIntruderMade } from './findings.ts';
import { removePermission } from './function-permission.ts';
import { isOfApi } from './permission-statement.ts';
import type { Target } from './step.ts';
import { containKey, deleteKey, preserveKey } from './step-keys.ts';
import { workloadStep } from './workload-step.ts';

const action = 'api.delete';
const gone = ['NotFoundException'];
/** API Gateway takes one call of this kind in so many seconds, for the whole account. */
const pacedSeconds = 30;

type Mapping = NonNullable<ApiDependents['mappings']>[number];

function mappingsKey({ arn }: ApiDependents): string {
  return `${deleteKey(arn)}#mappings`;
}

function stagesKey({ arn }: ApiDependents): string {
  return `${deleteKey(arn)}#stages`;
}

function basePath({ path }: Mapping): string {
  return path === '' ? '(none)' : path;
}

/** Base path mappings are named by their path; mappings of version 2 by an id that the evidence does not hold. */
function removeMappings(api: ApiDependents): readonly StepDraft[] {
  const mappings = api.mappings ?? [];
  const named = api.type === 'rest-api' ? mappings.filter(({ path }) => !path.includes('/')) : [];
  const byHand = mappings
    .filter((mapping) => !named.includes(mapping))
    .map((mapping) => `${mapping.domainName} ${basePath(mapping)}`);
  const list = byHand.length === 0 ? 'routing rules' : `mappings (${byHand.join(', ')}) and routing rules`;
  const isPresent = mappings.length > 0 || api.mappings === null;
  return isPresent
    ? [
        workloadStep(
          apiTarget(api),
          {
            key: mappingsKey(api),
            stage: 'cut-re-entry',
            action,
            title: `Take API ${api.apiId} from its domain names`,
            why: 'A mapping left behind blocks the deletion, or waits for the next API.',
          },
          {
            region: api.region,
            preconditions: [
              isSameApi(api),
              ...named.map((mapping) =>
                reads(
                  `${mapping.domainName} leads to ${api.apiId}`,
                  [
                    'apigateway',
                    'get-base-path-mapping',
                    { domainName: mapping.domainName, basePath: basePath(mapping) },
                  ],
                  'restApiId',
                  api.apiId,
                ),
              ),
            ],
            commands: named.map((mapping) =>
              command(
                'apigateway',
                'delete-base-path-mapping',
                { domainName: mapping.domainName, basePath: basePath(mapping) },
                { accepts: gone },
              ),
            ),
            manual:
              byHand.length > 0 || api.mappings === null
                ? `Delete its ${list} on every domain name, shared ones included: aws apigatewayv2 get-api-mappings, then delete-api-mapping; list-routing-rules, then delete-routing-rule.${api.mappings === null ? ' The domain names could not be seen in full: look at all of them.' : ''}`
                : null,
            undo: named.map((mapping) =>
              command('apigateway', 'create-base-path-mapping', {
                domainName: mapping.domainName,
                basePath: basePath(mapping),
                restApiId: api.apiId,
                stage: mapping.stage === '' ? null : mapping.stage,
              }),
            ),
            cautions: ['Leave the mappings of other APIs on the same domain name alone.'],
            after: [preserveKey(api.arn), containKey(api.arn)],
          },
        ),
      ]
    : [];
}

/** Domain names that the intruder made go after their mappings. */
function removeDomainNames(api: ApiDependents, world: PlanWorld): readonly StepDraft[] {
  const names = [...new Set((api.mappings ?? []).map(({ domainName }) => domainName))];
  return names.flatMap((name) => {
    const arn = domainNameArn(world.partition, api.region, name);
    return isIntruderMade(world, arn, 'domain-name')
      ? [
          removeDomainName(
            { arn, uniqueId: null, type: 'domain-name', name, accountId: api.accountId },
            api.region,
            [mappingsKey(api)],
          ),
        ]
      : [];
  });
}

export function removeDomainName(target: Target, region: string, after: readonly string[]): StepDraft {
  const who = { domainName: target.name };
  return workloadStep(
    target,
    {
      key: deleteKey(target.arn),
      stage: 'cut-re-entry',
      action,
      title: `Delete domain name ${target.name}`,
      why: 'Events show that the intruder made it.',
    },
    {
      region,
      preconditions: [
        reads('the domain name is there', ['apigateway', 'get-domain-name', who], 'domainName', target.name),
      ],
      commands: [
        command('apigateway', 'delete-domain-name', who, { accepts: gone, pauseSeconds: pacedSeconds }),
      ],
      confirm: [fails('it is gone', ['apigateway', 'get-domain-name', who], 'NotFoundException')],
      cautions: [
        'Delete the DNS record that leads to it, too: whoever gets its target later gets the calls.',
      ],
      after: [...after],
    },
  );
}

/** Without its stages a REST API serves nothing, long before its own deletion is its turn. */
function removeStages(api: ApiDependents): readonly StepDraft[] {
  const { service, who } = apiCall(api);
  return api.type === 'rest-api' && api.stages.length > 0
    ? [
        workloadStep(
          apiTarget(api),
          {
            key: stagesKey(api),
            stage: 'cut-re-entry',
            action,
            title: `Delete the stages of API ${api.name} (${api.apiId})`,
            why: 'It stops the traffic at once; deleting REST APIs is slow.',
          },
          {
            region: api.region,
            preconditions: [isSameApi(api)],
            commands: api.stages.map((stageName) =>
              command(service, 'delete-stage', { ...who, stageName }, { accepts: gone }),
            ),
            cautions: [
              'A usage plan that holds the stage blocks this: take the stage from the plan, and delete plans and API keys of the intruder.',
              'A stage goes before its deployment; what it served is in the saved export.',
            ],
            after: [preserveKey(api.arn), containKey(api.arn), mappingsKey(api)],
          },
        ),
      ]
    : [];
}

function deleteItself(api: ApiDependents): StepDraft {
  const { service, who } = apiCall(api);
  const isRest = service === 'apigateway';
  return workloadStep(
    apiTarget(api),
    {
      key: deleteKey(api.arn),
      stage: 'cut-re-entry',
      action,
      title: `Delete API ${api.name} (${api.apiId})`,
      why: 'Events show that the intruder made it; a call to it needs no credential of this account.',
    },
    {
      region: api.region,
      preconditions: [isSameApi(api)],
      commands: [
        isRest
          ? command(service, 'delete-rest-api', who, { accepts: gone, pauseSeconds: pacedSeconds })
          : command(service, 'delete-api', who, { accepts: gone }),
      ],
      confirm: [
        fails('it is gone', [service, isRest ? 'get-rest-api' : 'get-api', who], 'NotFoundException'),
      ],
      cautions: [
        'Its id and address never return: record the address as an indicator, and export its stages first.',
        'It ends no session that was taken through it and nothing that it made.',
        ...(isRest
          ? ['API Gateway takes one such call in 30 seconds for the whole account, production’s included.']
          : [
              'Parts that API Gateway keeps itself (quick create) cannot be taken singly: the API goes as a whole.',
            ]),
        ...(api.mappings === null
          ? ['Its domain names could not be seen in full: a mapping blocks the deletion.']
          : []),
      ],
      after: [preserveKey(api.arn), containKey(api.arn), mappingsKey(api), stagesKey(api)],
    },
  );
}

/** Statements that let this API in: its id is never given again, so nothing legitimate rests on them. */
function removePermissions(api: ApiDependents, world: PlanWorld): readonly StepDraft[] {
  return world
    .ofType('lambda-function')
    .flatMap((target) =>
      (target.permissions ?? [])
        .filter((permission) => isOfApi(permission, api.apiId))
        .flatMap((permission) => removePermission(target, permission)),
    );
}

export function removeApi(api: ApiDependents, world: PlanWorld): readonly StepDraft[] {
  return [
    ...removeMappings(api),
    ...removeDomainNames(api, world),
    ...removeStages(api),
    deleteItself(api),
    ...removePermissions(api, world),
  ];
}
