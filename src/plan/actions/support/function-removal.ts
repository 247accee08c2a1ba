import type { FunctionDependents } from '../../../model/dependents.ts';
import type { PlanCommand } from '../../../model/plan.ts';
import { eventSourceMappingArn } from '../../../model/resource-arn.ts';
import type { PlanWorld, StepDraft } from '../../planner.ts';
import { fails, holds } from './assertions.ts';
import { command, unlessGone } from './command-line.ts';
import { isIntruderMade } from './findings.ts';
import { removePermission } from './function-permission.ts';
import { functionTarget, isSameCode } from './function-target.ts';
import { deleteUrl, urlKeys } from './function-url-steps.ts';
import { triggersOf } from './permission-statement.ts';
import { containKey, deleteKey, preserveKey } from './step-keys.ts';
import { workloadStep } from './workload-step.ts';

const action = 'function.delete';

type Mapping = NonNullable<FunctionDependents['eventSourceMappings']>[number];

function mappingArn(world: PlanWorld, { region, accountId }: FunctionDependents, { id }: Mapping): string {
  return eventSourceMappingArn(world.partition, region, accountId, id);
}

function deleteMapping(world: PlanWorld, target: FunctionDependents, mapping: Mapping): StepDraft {
  const arn = mappingArn(world, target, mapping);
  const who = { uuid: mapping.id };
  return workloadStep(
    {
      arn,
      uniqueId: mapping.id,
      type: 'event-source-mapping',
      name: mapping.id,
      accountId: target.accountId,
    },
    {
      key: deleteKey(arn),
      stage: 'cut-re-entry',
      action,
      title: `Delete event source mapping ${mapping.id} of ${target.name}`,
      why: 'Triggers go before what they run: each of them would run it again.',
    },
    {
      region: target.region,
      preconditions: [
        holds(
          'the mapping leads to this function',
          ['lambda', 'get-event-source-mapping', who],
          'FunctionArn',
          target.arn,
        ),
      ],
      commands: [unlessGone('lambda', 'delete-event-source-mapping', who)],
      cautions: [
        'Records that wait in the stream or queue stay there: look at them before another reader takes them.',
      ],
      after: [preserveKey(target.arn), containKey(target.arn)],
    },
  );
}

function triggersKey({ arn }: FunctionDependents): string {
  return `${deleteKey(arn)}#triggers`;
}

const eventRule = /^arn:[^:]*:events:([^:]*):\d{12}:rule\/(?:([^/]+)\/)?([^/]+)$/;

function ruleCall(operation: 'disable-rule' | 'enable-rule', source: string): PlanCommand[] {
  const match = eventRule.exec(source);
  const [, region, eventBusName, name] = match ?? [];
  return name === undefined || region === undefined
    ? []
    : [
        command(
          'events',
          operation,
          { name, eventBusName },
          { region, accepts: ['ResourceNotFoundException'] },
        ),
      ];
}

/** What runs it besides mappings, URLs and APIs of the intruder: told by the policies of the function and its versions. */
function cutTriggers(world: PlanWorld, target: FunctionDependents): readonly StepDraft[] {
  const triggers = (target.permissions ?? [])
    .flatMap(triggersOf)
    .filter(({ service }) => !service.startsWith('apigateway.'));
  const sources = [
    ...new Set(triggers.map(({ service, source }) => source ?? `${service} (no source is named)`)),
  ];
  const ownRules = sources.filter((source) => isIntruderMade(world, source, 'event-rule')).sort();
  const apis = (['rest-api', 'http-api', 'websocket-api'] as const)
    .flatMap((type) => [...world.ofType(type)])
    .filter(
      ({ arn, type, functionArns }) => functionArns.includes(target.arn) && !isIntruderMade(world, arn, type),
    )
    .map(({ name, apiId }) => `API ${apiId} (${name})`);
  if (sources.length + apis.length === 0) {
    return [];
  }
  return [
    workloadStep(
      functionTarget(target),
      {
        key: triggersKey(target),
        stage: 'cut-re-entry',
        action,
        title: `Take function ${target.name} out of what triggers it`,
        why: 'A trigger that is left runs whatever is made under the same name later.',
      },
      {
        region: target.region,
        commands: ownRules.flatMap((source) => ruleCall('disable-rule', source)),
        undo: ownRules.flatMap((source) => ruleCall('enable-rule', source)),
        manual: `Remove the function at each of its sources: ${[...sources, ...apis].sort().join(', ')}. EventBridge rule: remove-targets; bucket: notification configuration; topic: unsubscribe; log group: delete-subscription-filter; secret: cancel-rotate-secret; API: point the integration elsewhere and deploy.`,
        cautions: [
          'Calls that replace all (notifications of a bucket, schedules, asynchronous settings) wipe the legitimate parts: read, edit, write.',
          'A REST API serves the change only after a new deployment.',
        ],
        after: [preserveKey(target.arn), containKey(target.arn)],
      },
    ),
  ];
}

function unseenParts(target: FunctionDependents): readonly string[] {
  const parts = {
    aliases: target.aliases,
    'function URLs': target.urlQualifiers,
    'resource policies': target.permissions,
    'event source mappings': target.eventSourceMappings,
  };
  return Object.entries(parts)
    .filter(([, list]) => list === null)
    .map(([name]) => `Its ${name} could not be seen in full: list them yourself before it is deleted.`);
}

function deleteItself(world: PlanWorld, target: FunctionDependents, cut: readonly StepDraft[]): StepDraft {
  const who = { functionName: target.name };
  const apis = (['rest-api', 'http-api', 'websocket-api'] as const)
    .flatMap((type) => [...world.ofType(type)])
    .filter(({ functionArns }) => functionArns.includes(target.arn))
    .map(({ arn }) => deleteKey(arn));
  return workloadStep(
    functionTarget(target),
    {
      key: deleteKey(target.arn),
      stage: 'cut-re-entry',
      action,
      title: `Delete function ${target.name} with all its versions and aliases`,
      why: 'Events show that the intruder made it; as long as it exists, it can be run or changed again.',
    },
    {
      region: target.region,
      preconditions: [isSameCode(target)],
      commands: [unlessGone('lambda', 'delete-function', who)],
      confirm: [
        fails(
          'the function is gone',
          ['lambda', 'get-function-configuration', who],
          'ResourceNotFoundException',
        ),
      ],
      cautions: [
        'Code, versions, configuration and policies are gone with it: save them first.',
        'It removes nothing that the function has made: users, keys and sessions of its making are steps of their own.',
        'Keep its log group, and do not use its name again: triggers that were left would run the new function.',
        ...unseenParts(target),
      ],
      after: [
        preserveKey(target.arn),
        containKey(target.arn),
        containKey(target.roleArn),
        ...urlKeys(target),
        ...apis,
        ...cut.map(({ key }) => key),
      ],
    },
  );
}

/** Triggers, URLs, permissions, then the function: its role follows in the stage of deletion. */
export function removeFunction(target: FunctionDependents, world: PlanWorld): readonly StepDraft[] {
  const cut = [
    ...(target.eventSourceMappings ?? []).map((mapping) => deleteMapping(world, target, mapping)),
    ...cutTriggers(world, target),
    ...(target.urlQualifiers ?? []).flatMap((qualifier) => deleteUrl(target, qualifier)),
    ...(target.permissions ?? []).flatMap((permission) => removePermission(target, permission)),
  ];
  return [...cut, deleteItself(world, target, cut)];
}
