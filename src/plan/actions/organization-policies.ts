import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, ActionRequest, PlanWorld, StepDraft } from '../planner.ts';
import { holds } from './support/assertions.ts';
import { command } from './support/command-line.ts';
import { isProved } from './support/findings.ts';
import { incidentParts } from './support/incident-parts.ts';
import { isPolicy, organizationId, organizationStep } from './support/organization-step.ts';
import { save } from './support/saved-file.ts';
import type { Target } from './support/step.ts';
import { preserveKey, restoreKey } from './support/step-keys.ts';

type Finding = ActionRequest['finding'];
type PolicyTarget = Omit<Target, 'accountId'>;

function policyTarget({ subject }: Finding): PolicyTarget {
  const { arn, type, name } = subject;
  return { arn, uniqueId: organizationId(arn), type, name };
}

const targetId = /^(?:r-[a-z0-9]{4,32}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|\d{12})$/;
const managementCaution =
  'A control policy never binds the management account, and it binds you too where it has no exception: keep a session there.';

function preservePolicy(world: PlanWorld, target: PolicyTarget): StepDraft {
  const policyId = organizationId(target.arn);
  return organizationStep(
    world,
    target,
    {
      key: preserveKey(target.arn),
      stage: 'preserve',
      action: 'organization-policy.restore',
      title: `Save text and targets of organization policy ${target.name}`,
      why: 'Organizations keeps no earlier version: what stands there now is evidence, and the way back.',
    },
    {
      commands: [
        save(target, 'policy', ['organizations', 'describe-policy', { policyId }]),
        save(target, 'targets', ['organizations', 'list-targets-for-policy', { policyId }]),
      ],
      cautions: ['Look in the changed text for the principal that it excepts: it is a suspect.'],
      reversible: true,
    },
  );
}

const restore: ActionPlanner = ({ action, finding }, world) => {
  if (decisionOf(finding) !== 'restore' || finding.subject.type !== 'organization-policy') {
    return [];
  }
  const target = policyTarget(finding);
  const policyId = organizationId(target.arn);
  const prior = world.priorState(target.arn, 'organization-policy');
  const isGone = finding.messageId === 'gone';
  const told = { action, why: 'With the reviewed text it guards what it guarded before.' } as const;
  if (prior !== null && !isGone && isProved(finding)) {
    return [
      preservePolicy(world, target),
      organizationStep(
        world,
        target,
        {
          ...told,
          key: restoreKey(target.arn),
          stage: 'recover',
          title: `Put the text of ${target.name} back`,
        },
        {
          preconditions: [isPolicy(policyId, target.arn)],
          commands: [command('organizations', 'update-policy', { policyId, content: prior.value })],
          reversible: true,
          cautions: [
            `This is the text that was written ${prior.at} (event ${prior.eventId}); the present one is in the saved answer, for the way back.`,
            managementCaution,
          ],
          after: [preserveKey(target.arn)],
        },
      ),
    ];
  }
  return [
    ...(isGone ? [] : [preservePolicy(world, target)]),
    organizationStep(
      world,
      target,
      {
        ...told,
        key: restoreKey(target.arn, isGone ? 'gone' : 'by hand'),
        stage: 'recover',
        title: isGone
          ? `Make organization policy ${target.name} again`
          : `Compare organization policy ${target.name}`,
      },
      {
        manual: isGone
          ? 'Take text, name, type and targets from code, baseline or the creating event: aws organizations create-policy, then attach-policy for each target. Enable the policy type on the root first where it is off.'
          : 'Compare the saved text with what was reviewed: aws organizations update-policy --policy-id … --content file://…; then compare the targets.',
        cautions: [
          managementCaution,
          ...(isGone ? ['Made anew it has a new id: baseline and code name the old one.'] : []),
        ],
        after: [preserveKey(target.arn)],
      },
    ),
  ];
};

/** Targets that proved calls detached; those that events do not tell come from baseline or code. */
const reattach: ActionPlanner = ({ action, finding }, world) => {
  const { subject, messageId } = finding;
  const decision = decisionOf(finding);
  if (decision !== 'restore' || messageId === 'gone') {
    return [];
  }
  if (subject.type === 'organization-root') {
    return [
      organizationStep(
        world,
        policyTarget(finding),
        {
          key: restoreKey(subject.arn, 'attachments'),
          stage: 'recover',
          action,
          title: `Attach the policies of ${subject.name} again`,
          why: 'Disabling a policy type dropped every attachment; enabling it brings none back.',
        },
        {
          manual:
            'Take the targets of each policy from baseline or code: aws organizations attach-policy --policy-id … --target-id …',
          cautions: [managementCaution],
          after: [restoreKey(subject.arn)],
        },
      ),
    ];
  }
  if (subject.type !== 'organization-policy') {
    return [];
  }
  const target = policyTarget(finding);
  const policyId = organizationId(target.arn);
  const targets = incidentParts(
    world,
    { arn: target.arn, type: 'organization-policy', id: policyId },
    'organizations:DetachPolicy',
  ).filter((one) => targetId.test(one));
  const attached = targets.map((id) =>
    organizationStep(
      world,
      target,
      {
        key: restoreKey(target.arn, `attached ${id}`),
        stage: 'recover',
        action,
        title: `Attach ${target.name} to ${id} again`,
        why: 'The incident detached it: attached, it binds the members below again.',
      },
      {
        preconditions: [isPolicy(policyId, target.arn)],
        commands: [
          command(
            'organizations',
            'attach-policy',
            { policyId, targetId: id },
            { accepts: ['DuplicatePolicyAttachmentException'] },
          ),
        ],
        confirm: [
          holds(
            `it is attached to ${id}`,
            ['organizations', 'list-targets-for-policy', { policyId }],
            'Targets[].TargetId',
            id,
          ),
        ],
        undo: [command('organizations', 'detach-policy', { policyId, targetId: id })],
        cautions: ['Its policy type has to be enabled on the root first.', managementCaution],
        after: [preserveKey(target.arn), restoreKey(target.arn)],
      },
    ),
  );
  if (attached.length > 0) {
    return [preservePolicy(world, target), ...attached];
  }
  return [
    preservePolicy(world, target),
    organizationStep(
      world,
      target,
      {
        key: restoreKey(target.arn, 'targets'),
        stage: 'recover',
        action,
        title: `Compare the targets of ${target.name}`,
        why: 'No event tells which targets it lost; a draft that was never attached looks the same.',
      },
      {
        manual:
          'Take its targets from baseline, code or owner: aws organizations attach-policy --policy-id … --target-id … for each that is missing.',
        cautions: ['Its policy type has to be enabled on the root first.', managementCaution],
        after: [preserveKey(target.arn)],
      },
    ),
  ];
};

const policyType = /^[A-Z][A-Z0-9_]{2,60}$/;

/** The check names the type at the start of its sentence; events name those that the incident disabled. */
function disabledTypes({ subject, message, messageId }: Finding, world: PlanWorld): readonly string[] {
  const told = messageId === 'off' ? /^Policy type (\S+) is not enabled/.exec(message)?.[1] : undefined;
  const done = incidentParts(
    world,
    { arn: subject.arn, type: 'organization-root', id: organizationId(subject.arn) },
    'organizations:DisablePolicyType',
  );
  return [...new Set([...(told === undefined ? [] : [told]), ...done])]
    .filter((one) => policyType.test(one))
    .sort();
}

const enableType: ActionPlanner = ({ action, finding }, world) => {
  if (decisionOf(finding) !== 'restore' || finding.subject.type !== 'organization-root') {
    return [];
  }
  const target = policyTarget(finding);
  const rootId = organizationId(target.arn);
  const why = 'One call switched off every policy of the type, whatever it was attached to.';
  const types = disabledTypes(finding, world);
  if (types.length === 0) {
    return [
      organizationStep(
        world,
        target,
        {
          key: restoreKey(target.arn, 'types'),
          stage: 'recover',
          action,
          title: `Compare the policy types of root ${target.name}`,
          why,
        },
        {
          manual:
            'aws organizations list-roots shows them; enable what the baseline holds: aws organizations enable-policy-type --root-id … --policy-type …',
          cautions: ['Enabling a type attaches nothing.'],
        },
      ),
    ];
  }
  return types.map((type) =>
    organizationStep(
      world,
      target,
      {
        key: restoreKey(target.arn, type),
        stage: 'recover',
        action,
        title: `Enable policy type ${type} on root ${target.name}`,
        why,
      },
      {
        preconditions: [
          holds('the root still is there', ['organizations', 'list-roots', {}], 'Roots[].Id', rootId),
        ],
        commands: [
          command(
            'organizations',
            'enable-policy-type',
            { rootId, policyType: type },
            { accepts: ['PolicyTypeAlreadyEnabledException'] },
          ),
        ],
        confirm: [
          holds(
            `${type} is enabled`,
            ['organizations', 'list-roots', {}],
            "Roots[].PolicyTypes[?Status=='ENABLED'].Type[]",
            type,
          ),
        ],
        undo: [command('organizations', 'disable-policy-type', { rootId, policyType: type })],
        cautions: [
          'Enabling a type attaches nothing but the default policy: take the targets of the others from baseline or code.',
          managementCaution,
        ],
      },
    ),
  );
};

export const organizationPolicyActions = {
  'organization-policy-type.enable': enableType,
  'organization-policy.reattach': reattach,
  'organization-policy.restore': restore,
} satisfies ActionPlanners<
  'organization-policy-type.enable' | 'organization-policy.reattach' | 'organization-policy.restore'
>;
