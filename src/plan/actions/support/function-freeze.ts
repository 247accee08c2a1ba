import type { FunctionDependents } from '../../../model/dependents.ts';
import type { PlanCommand } from '../../../model/plan.ts';
import type { PlanWorld, StepDraft } from '../../planner.ts';
import { reads } from './assertions.ts';
import { command } from './command-line.ts';
import { containPrincipal } from './contain-principal.ts';
import { isIntruderMade } from './findings.ts';
import { functionTarget, isOwnFunction, isSameCode } from './function-target.ts';
import { principalAt } from './principal.ts';
import { save } from './saved-file.ts';
import { manualStep } from './step.ts';
import { containKey, preserveKey, releaseKey } from './step-keys.ts';
import { workloadStep } from './workload-step.ts';

const action = 'function.freeze';
const gone = ['ResourceNotFoundException'];

function policyReads(target: FunctionDependents): PlanCommand[] {
  const qualifiers = [
    ...(target.permissions ?? []).map(({ qualifier }) => qualifier),
    ...(target.aliases ?? []),
  ].filter((qualifier) => qualifier !== null);
  const who = { functionName: target.name };
  const own = functionTarget(target);
  return [
    save(own, 'policy', ['lambda', 'get-policy', who], gone),
    ...[...new Set(qualifiers)]
      .sort()
      .map((qualifier) =>
        save(own, `policy ${qualifier}`, ['lambda', 'get-policy', { ...who, qualifier }], gone),
      ),
  ];
}

/** Published versions whose code is not that of the function itself. */
function otherVersions({ versions, codeSha256 }: FunctionDependents): readonly string[] {
  return versions
    .filter(
      (one, index) =>
        one.codeSha256 !== codeSha256 &&
        versions.findIndex((other) => other.codeSha256 === one.codeSha256) === index,
    )
    .map(({ version }) => version);
}

/** Code, configuration, policies and ways in: all of it is gone with DeleteFunction. */
export function preserveFunction(target: FunctionDependents): StepDraft {
  const own = functionTarget(target);
  const who = { functionName: target.name };
  const lists = {
    configuration: 'get-function-configuration',
    concurrency: 'get-function-concurrency',
    versions: 'list-versions-by-function',
    aliases: 'list-aliases',
    urls: 'list-function-url-configs',
    'asynchronous-settings': 'list-function-event-invoke-configs',
    'event-source-mappings': 'list-event-source-mappings',
  } as const;
  return workloadStep(
    own,
    {
      key: preserveKey(target.arn),
      stage: 'preserve',
      action,
      title: `Save code, configuration and policies of function ${target.name}`,
      why: 'They are the evidence of what it did, a way back needs them, and deleting the function deletes them.',
    },
    {
      region: target.region,
      preconditions: [isSameCode(target)],
      commands: [
        save(own, 'function', ['lambda', 'get-function', who], gone),
        ...otherVersions(target).map((qualifier) =>
          save(own, `function ${qualifier}`, ['lambda', 'get-function', { ...who, qualifier }], gone),
        ),
        ...Object.entries(lists).map(([part, operation]) =>
          save(own, part, ['lambda', operation, who], gone),
        ),
        ...policyReads(target),
      ],
      manual: `Download the package from Code.Location (an image: pull it by its digest) in the saved answers of get-function within ten minutes, and compare its SHA-256 with CodeSha256. Export the log group of the function (LoggingConfig.LogGroup in the saved configuration; else /aws/lambda/${target.name}).`,
      cautions: [
        'The link to the code is good for ten minutes. The saved answers hold environment variables as plain text: keep the folder private.',
        'Keep the log group when the function goes.',
      ],
      reversible: true,
    },
  );
}

/** Every way to every version of it is closed at once, and nothing is lost. */
export function freezeFunction(target: FunctionDependents): StepDraft {
  const who = { functionName: target.name };
  return workloadStep(
    functionTarget(target),
    {
      key: containKey(target.arn),
      stage: 'contain',
      action,
      title: `Let nothing run function ${target.name} (concurrency 0)`,
      why: 'It stops URL, APIs, schedules and direct calls of all its versions within seconds, and can be taken back.',
    },
    {
      region: target.region,
      preconditions: [isSameCode(target)],
      commands: [command('lambda', 'put-function-concurrency', { ...who, reservedConcurrentExecutions: 0 })],
      confirm: [
        reads(
          'it has a concurrency of 0',
          ['lambda', 'get-function-concurrency', who],
          'ReservedConcurrentExecutions',
          '0',
        ),
      ],
      cautions: [
        'A function that production needs stops as well.',
        'Asynchronous events stay queued for up to six hours and are tried again; records of streams and queues wait: whoever releases the function runs them, an intruder’s too.',
        'It ends no session of the execution role that was carried out of the function: only a deny on the role does.',
        'Durable executions go on when it is released: stop them before.',
        'Taking it back leaves no reserved concurrency: an earlier value is in the saved answer of get-function-concurrency.',
      ],
      undo: [command('lambda', 'delete-function-concurrency', who)],
      after: [preserveKey(target.arn)],
    },
  );
}

const drainSeconds = 120;

/** For a function that lives on: nothing that waited behind the freeze is run unseen. */
export function releaseFunction(target: FunctionDependents): StepDraft {
  const who = { functionName: target.name };
  const enabled = (target.eventSourceMappings ?? []).filter(({ state }) => /^Enabl/.test(state));
  return workloadStep(
    functionTarget(target),
    {
      key: releaseKey(target.arn),
      stage: 'release',
      action,
      title: `Release function ${target.name}`,
      why: 'The freeze is this plan’s own; whoever answers for the function gets it back.',
    },
    {
      region: target.region,
      preconditions: [isSameCode(target)],
      commands: [
        ...enabled.map(({ id }) =>
          command('lambda', 'update-event-source-mapping', { uuid: id, noEnabled: true }, { accepts: gone }),
        ),
        command(
          'lambda',
          'put-function-event-invoke-config',
          { ...who, maximumEventAgeInSeconds: 60, maximumRetryAttempts: 0 },
          { accepts: gone },
        ),
        command('lambda', 'delete-function-concurrency', who, { accepts: gone, pauseSeconds: drainSeconds }),
      ],
      manual:
        'Only when its owner has answered and its code and configuration are known to be his: say no until then. Afterwards put back the asynchronous settings (age, retries, destinations) from the saved answer, look at what waits in queues and streams, and enable the event source mappings again.',
      cautions: [
        'Releasing replays queued events: their age is set to 60 seconds and their retries to 0 first, and mappings are disabled.',
        'put-function-event-invoke-config replaces the whole setting, destinations too.',
      ],
      undo: [command('lambda', 'put-function-concurrency', { ...who, reservedConcurrentExecutions: 0 })],
      after: [containKey(target.arn)],
    },
  );
}

function sharers(world: PlanWorld, target: FunctionDependents): readonly string[] {
  return world
    .ofType('lambda-function')
    .filter(({ arn, roleArn }) => roleArn === target.roleArn && !isOwnFunction(world, arn))
    .map(({ name }) => name);
}

function isCompromised({ input }: PlanWorld, arn: string): boolean {
  return input.result.findings.some(
    ({ subject, signals, decision }) =>
      subject.arn === arn &&
      (decision === 'contain-and-rotate' || signals.some(({ code }) => code === 'compromised-principal')),
  );
}

/** A legitimate role that production needs too: a person decides between the outage and the open role. */
function sharedRole(world: PlanWorld, target: FunctionDependents, others: readonly string[]): StepDraft {
  const role = principalAt(world, target.roleArn);
  const shared = {
    arn: target.roleArn,
    uniqueId: role?.uniqueId ?? null,
    type: 'iam-role',
    name: role?.name ?? target.roleArn,
    accountId: role?.accountId ?? target.accountId,
  };
  return manualStep(
    shared,
    {
      key: `${containKey(target.roleArn)}#shared`,
      stage: 'contain',
      action,
      title: `Decide on the role of function ${target.name}, which others use`,
      why: 'Code of the intruder ran as this role: sessions that it carried out live on until the role is denied.',
    },
    `These run as ${target.roleArn}, too: ${others.join(', ')}. Deny everything on the role if they may stop; else deny in it the actions that make credentials and the use by this function (condition lambda:SourceFunctionArn), and give the others a role of their own.`,
    {
      cautions: [
        'Revoking its sessions by their time does not help: Lambda takes a new one at once.',
        'A deny stops the legitimate functions of the role, too.',
      ],
    },
  );
}

/** The execution role of a function of the intruder's own making; a deny ends live, carried-out and future sessions. */
export function containExecutionRole(target: FunctionDependents, world: PlanWorld): readonly StepDraft[] {
  const role = principalAt(world, target.roleArn);
  if (role === null) {
    return [];
  }
  const isOwn = isIntruderMade(world, role.arn, 'iam-role') || isCompromised(world, role.arn);
  const others = isOwn ? [] : sharers(world, target);
  return others.length === 0 ? containPrincipal(role, world) : [sharedRole(world, target, others)];
}
