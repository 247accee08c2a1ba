import type { FunctionDependents } from '../../model/dependents.ts';
import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, ActionRequest, PlanWorld, StepDraft } from '../planner.ts';
import { isEradicated, mayContain } from './support/findings.ts';
import {
  containExecutionRole,
  freezeFunction,
  preserveFunction,
  releaseFunction,
} from './support/function-freeze.ts';
import { removePermission } from './support/function-permission.ts';
import { removeFunction } from './support/function-removal.ts';
import { restoreFunction, restoreUrl } from './support/function-restore.ts';
import { functionOf, functionTarget, isOwnFunction, namedFunction } from './support/function-target.ts';
import { closeUrl, deleteUrl } from './support/function-url-steps.ts';
import { incidentParts } from './support/incident-parts.ts';
import { isOfUrl, type Permission } from './support/permission-statement.ts';
import { manualStep, targetOf } from './support/step.ts';
import { containKey, deleteKey, restoreKey } from './support/step-keys.ts';
import { workloadStep } from './support/workload-step.ts';

/** Nothing is done by a command to a function whose code the evidence does not tell. */
function unseen({ action, finding }: ActionRequest, verb: 'contain' | 'delete'): readonly StepDraft[] {
  const target = targetOf(finding);
  const told = {
    action,
    why: 'What hangs on it could not be seen, so no command can be sure of its target.',
  };
  return verb === 'contain'
    ? [
        manualStep(
          target,
          { ...told, key: containKey(target.arn), stage: 'contain', title: `Freeze ${target.name} by hand` },
          'Look at the function first; where it still is what the finding says, set its reserved concurrency to 0 and note the earlier value.',
          { region: finding.subject.region, reversible: true },
        ),
      ]
    : [
        manualStep(
          target,
          {
            ...told,
            key: deleteKey(target.arn),
            stage: 'cut-re-entry',
            title: `Remove ${target.name} by hand`,
          },
          'Sweep its account and region again and make a new plan; or save code, configuration and policies, deny its role, set its concurrency to 0, remove triggers, URLs and permissions, and delete it last.',
          { region: finding.subject.region },
        ),
      ];
}

function freezeForGood(target: FunctionDependents, world: PlanWorld): readonly StepDraft[] {
  return [preserveFunction(target), freezeFunction(target), ...containExecutionRole(target, world)];
}

function freezeForNow(target: FunctionDependents): readonly StepDraft[] {
  return [preserveFunction(target), freezeFunction(target), releaseFunction(target)];
}

const freeze: ActionPlanner = (request, world) => {
  const { finding } = request;
  if (!mayContain(finding)) {
    return [];
  }
  const target = functionOf(request, world);
  if (target === null) {
    return unseen(request, 'contain');
  }
  if (isOwnFunction(world, target.arn)) {
    return freezeForGood(target, world);
  }
  // A URL of the intruder on a function of the owner's: the URL is closed, the function goes on.
  return decisionOf(finding) === 'eradicate' ? [] : freezeForNow(target);
};

const remove: ActionPlanner = (request, world) => {
  const { finding } = request;
  if (decisionOf(finding) !== 'eradicate') {
    return [];
  }
  const target = functionOf(request, world);
  if (target === null) {
    return unseen(request, 'delete');
  }
  return isOwnFunction(world, target.arn)
    ? [...freezeForGood(target, world), ...removeFunction(target, world)]
    : [];
};

const removeUrl: ActionPlanner = (request, world) => {
  const { finding } = request;
  const named = namedFunction(finding.subject.arn);
  if (named === null || finding.subject.type !== 'function-url') {
    return [];
  }
  const target = functionOf(request, world);
  if (decisionOf(finding) === 'restore') {
    return target === null || isOwnFunction(world, target.arn)
      ? []
      : [preserveFunction(target), ...restoreUrl(request, target, named.qualifier)];
  }
  if (decisionOf(finding) !== 'eradicate') {
    return [];
  }
  if (target === null) {
    return unseen(request, 'delete');
  }
  const frozen = isOwnFunction(world, target.arn)
    ? freezeForGood(target, world)
    : [preserveFunction(target), closeUrl(target, named.qualifier)];
  return [...frozen, ...deleteUrl(target, named.qualifier)];
};

/** Statements that events show as added by the incident; those of a URL of its making go with the URL. */
function provedPermissions(
  { finding }: ActionRequest,
  target: FunctionDependents,
  world: PlanWorld,
): readonly Permission[] {
  const added = incidentParts(
    world,
    { arn: target.arn, type: 'lambda-function', id: null },
    'lambda:AddPermission',
  );
  const named = namedFunction(finding.subject.arn);
  const isGone = isEradicated(world, target.arn);
  const isOwnUrl = finding.subject.type === 'function-url' && decisionOf(finding) === 'eradicate';
  return (target.permissions ?? []).filter(
    (one) =>
      isGone ||
      added.includes(one.sid) ||
      (isOwnUrl && one.qualifier === (named?.qualifier ?? null) && isOfUrl(one)),
  );
}

/** The check tells in its message which statement it means; who added it is not known. */
function askedPermissions(target: FunctionDependents): StepDraft {
  const lines = (target.permissions ?? []).map(
    ({ qualifier, sid }) => `${qualifier === null ? target.name : `${target.name}:${qualifier}`} ${sid}`,
  );
  return workloadStep(
    functionTarget(target),
    {
      key: restoreKey(target.arn, 'permissions'),
      stage: 'recover',
      action: 'function.remove-permission',
      title: `Compare the policy of function ${target.name} with what was reviewed`,
      why: 'It lets outsiders in, and no event tells who added the statement.',
    },
    {
      region: target.region,
      manual: `Take out what nobody can explain: aws lambda remove-permission --function-name … --statement-id … [--qualifier …]. Policies and statements seen: ${lines.length === 0 ? 'none' : lines.join('; ')}.`,
      cautions: ['A trigger may rest on the statement: put one with a pinned source in its place first.'],
    },
  );
}

const removePermissions: ActionPlanner = (request, world) => {
  const decision = decisionOf(request.finding);
  const target = functionOf(request, world);
  if (target === null || (decision !== 'eradicate' && decision !== 'restore')) {
    return [];
  }
  const proved = provedPermissions(request, target, world);
  const steps = proved.flatMap((permission) => removePermission(target, permission));
  if (steps.length > 0) {
    return [preserveFunction(target), ...steps];
  }
  return decision === 'restore' ? [askedPermissions(target)] : [];
};

const restore: ActionPlanner = (request, world) => {
  const target = functionOf(request, world);
  return target === null || decisionOf(request.finding) !== 'restore' || isOwnFunction(world, target.arn)
    ? []
    : restoreFunction(target, world);
};

export const functionActions = {
  'function.delete': remove,
  'function.freeze': freeze,
  'function.remove-permission': removePermissions,
  'function.restore': restore,
  'function-url.delete': removeUrl,
} satisfies ActionPlanners<
  | 'function.delete'
  | 'function.freeze'
  | 'function.remove-permission'
  | 'function.restore'
  | 'function-url.delete'
>;
