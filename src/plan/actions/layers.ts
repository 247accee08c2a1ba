import { contentDigest } from '../../model/content-digest.ts';
import type { FunctionDependents } from '../../model/dependents.ts';
import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, PlanWorld, StepDraft } from '../planner.ts';
import { readsDocument } from './support/assertions.ts';
import { command } from './support/command-line.ts';
import { isProved } from './support/findings.ts';
import { preserveFunction } from './support/function-freeze.ts';
import { functionOf, functionTarget, isOwnFunction, isSameCode } from './support/function-target.ts';
import { save } from './support/saved-file.ts';
import { targetOf } from './support/step.ts';
import { hardenKey, preserveKey, restoreKey } from './support/step-keys.ts';
import { workloadStep } from './support/workload-step.ts';

const check = 'endpoints/foreign-layer';

/** Layers that a finding names and events show as the incident's; null where the order of all is not known. */
function layersAfter(
  target: FunctionDependents,
  world: PlanWorld,
): { readonly now: readonly string[]; readonly then: readonly string[] } | null {
  const { layerArns } = target;
  const messages = world.input.result.findings
    .filter((one) => one.check === check && one.subject.arn === target.arn && isProved(one))
    .map(({ message }) => message);
  const then = (layerArns ?? []).filter(
    (layer) => !messages.some((message) => message.includes(` uses ${layer} of account `)),
  );
  return layerArns === undefined || then.length === layerArns.length ? null : { now: layerArns, then };
}

const cautions = [
  'The list of layers is replaced as a whole and in its order: read, edit, write.',
  'A function keeps the layer version that it uses, even when the share ends; published versions keep theirs.',
  'Vendors publish layers: ask the owner.',
];

const remove: ActionPlanner = (request, world) => {
  const { action, finding } = request;
  const target = functionOf(request, world);
  if (target === null || decisionOf(finding) !== 'restore' || isOwnFunction(world, target.arn)) {
    return [];
  }
  const layers = layersAfter(target, world);
  const own = functionTarget(target);
  const why = 'A layer runs inside the function, sees its events and holds its credentials.';
  if (layers === null) {
    return [
      preserveFunction(target),
      workloadStep(
        own,
        {
          key: restoreKey(target.arn, 'layers by hand'),
          stage: 'recover',
          action,
          title: `Look at the layers of function ${target.name}`,
          why,
        },
        {
          region: target.region,
          manual:
            'Ask the owner which layers belong to the function. Give it the others again, in their order: aws lambda update-function-configuration --layers …; publish a version and point the aliases to it.',
          cautions,
          after: [preserveKey(target.arn)],
        },
      ),
    ];
  }
  const give = (arns: readonly string[]) =>
    command('lambda', 'update-function-configuration', {
      functionName: target.name,
      layers: JSON.stringify(arns),
    });
  const now = JSON.stringify(layers.now);
  return [
    preserveFunction(target),
    workloadStep(
      own,
      {
        key: restoreKey(target.arn, 'layers'),
        stage: 'recover',
        action,
        title: `Take the foreign layers from function ${target.name}`,
        why,
      },
      {
        region: target.region,
        preconditions: [
          isSameCode(target),
          readsDocument(
            'its layers are those of the evidence',
            ['lambda', 'get-function-configuration', { functionName: target.name }],
            'Layers[].Arn',
            contentDigest(now) ?? '',
          ),
        ],
        commands: [give(layers.then)],
        undo: [give(layers.now)],
        cautions,
        after: [preserveKey(target.arn)],
      },
    ),
  ];
};

/** Whoever made the version public gave its content away: what is left to do is to end the sharing. */
const restrict: ActionPlanner = ({ action, finding }): readonly StepDraft[] => {
  const target = { ...targetOf(finding), uniqueId: null };
  if (target.type !== 'lambda-layer') {
    return [];
  }
  const isHarden = decisionOf(finding) === 'harden';
  const region = finding.subject.region ?? target.arn.split(':')[3] ?? null;
  const kept = workloadStep(
    target,
    {
      key: preserveKey(target.arn),
      stage: 'preserve',
      action,
      title: `Save the versions of layer ${target.name}`,
      why: 'Each version has a policy of its own.',
    },
    {
      region,
      commands: [save(target, 'versions', ['lambda', 'list-layer-versions', { layerName: target.arn }])],
      reversible: true,
    },
  );
  return [
    ...(isHarden ? [] : [kept]),
    workloadStep(
      target,
      {
        key: isHarden ? hardenKey(target.arn, action) : restoreKey(target.arn, 'sharing'),
        stage: isHarden ? 'harden' : 'recover',
        action,
        title: `End the sharing of layer ${target.name} with outsiders`,
        why: 'Without the statement no further copy can be taken.',
      },
      {
        region,
        manual:
          'For each version: aws lambda get-layer-version-policy; then remove-layer-version-permission --statement-id … for statements that nobody can explain.',
        cautions: [
          'Ending the share recalls no copy, and functions that use the version keep it: what was in it is lost to whoever took it. Rotate secrets that were packed with it.',
        ],
        after: [preserveKey(target.arn)],
      },
    ),
  ];
};

export const layerActions = {
  'function-layer.remove': remove,
  'layer.restrict-policy': restrict,
} satisfies ActionPlanners<'function-layer.remove' | 'layer.restrict-policy'>;
