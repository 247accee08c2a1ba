import type { PolicyDependents } from '../../model/dependents.ts';
import type { PlanCommand } from '../../model/plan.ts';
import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, ActionRequest, PlanWorld, StepDraft } from '../planner.ts';
import { nameOfArn } from './support/arn-parts.ts';
import { isGone, isSamePolicy, lacks, reads, readsDocument } from './support/assertions.ts';
import { command, unlessGone } from './support/command-line.ts';
import { isToBeDeleted } from './support/findings.ts';
import { incidentChanges } from './support/incident-changes.ts';
import { save } from './support/saved-file.ts';
import { manualStep, stepFor, type Target, targetOf } from './support/step.ts';
import { deleteKey, preserveKey, restoreKey } from './support/step-keys.ts';

type Version = PolicyDependents['versions'][number];

function preserve(policy: PolicyDependents): StepDraft {
  const what = { policyArn: policy.arn };
  return stepFor(
    policy,
    {
      key: preserveKey(policy.arn),
      stage: 'preserve',
      action: 'policy.restore-version',
      title: `Save policy ${policy.name} with all its versions`,
      why: 'A version is gone for good once it is deleted.',
    },
    {
      commands: [
        save(policy, 'policy', ['iam', 'get-policy', what]),
        save(policy, 'versions', ['iam', 'list-policy-versions', what]),
        ...policy.versions.map(({ id: versionId }) =>
          save(
            policy,
            `version-${versionId}`,
            ['iam', 'get-policy-version', { ...what, versionId }],
            ['NoSuchEntity'],
          ),
        ),
        save(policy, 'entities', [
          'iam',
          'list-entities-for-policy',
          { ...what, policyUsageFilter: 'PermissionsPolicy' },
        ]),
        save(policy, 'boundary-of', [
          'iam',
          'list-entities-for-policy',
          { ...what, policyUsageFilter: 'PermissionsBoundary' },
        ]),
      ],
      reversible: true,
    },
  );
}

function detachments(policy: PolicyDependents): PlanCommand[] {
  const policyArn = policy.arn;
  return [
    ...policy.users.map((user) =>
      unlessGone('iam', 'detach-user-policy', { userName: nameOfArn(user), policyArn }),
    ),
    ...policy.groups.map((group) =>
      unlessGone('iam', 'detach-group-policy', { groupName: nameOfArn(group), policyArn }),
    ),
    ...policy.roles.map((role) =>
      unlessGone('iam', 'detach-role-policy', { roleName: nameOfArn(role), policyArn }),
    ),
    ...policy.boundaryOfUsers.map((user) =>
      unlessGone('iam', 'delete-user-permissions-boundary', { userName: nameOfArn(user) }),
    ),
    ...policy.boundaryOfRoles.map((role) =>
      unlessGone('iam', 'delete-role-permissions-boundary', { roleName: nameOfArn(role) }),
    ),
  ];
}

/** Users, groups and roles that hold it: where they are deleted themselves, that comes first. */
function holderDeletions(policy: PolicyDependents, world: PlanWorld): readonly string[] {
  const holders = {
    'iam-user': [...policy.users, ...policy.boundaryOfUsers],
    'iam-group': policy.groups,
    'iam-role': [...policy.roles, ...policy.boundaryOfRoles],
  } as const;
  return (['iam-user', 'iam-group', 'iam-role'] as const).flatMap((type) => {
    const names = new Set(holders[type].map(nameOfArn));
    return world
      .ofType(type)
      .filter(({ accountId, name }) => accountId === policy.accountId && names.has(name))
      .map(({ arn }) => deleteKey(arn));
  });
}

function defaultVersionIs(policy: PolicyDependents, version: Version | undefined) {
  return version === undefined
    ? []
    : [
        reads(
          `${version.id} is its default version`,
          ['iam', 'get-policy', { policyArn: policy.arn }],
          'Policy.DefaultVersionId',
          version.id,
        ),
      ];
}

function removal(policy: PolicyDependents, world: PlanWorld): StepDraft {
  const policyArn = policy.arn;
  const bounded = [...policy.boundaryOfUsers, ...policy.boundaryOfRoles].map(nameOfArn);
  return stepFor(
    policy,
    {
      key: deleteKey(policyArn),
      stage: 'delete',
      action: 'policy.delete',
      title: `Delete policy ${policy.name}`,
      why: 'The intruder made it. IAM refuses the deletion while it is attached or has other versions.',
    },
    {
      preconditions: [
        ...isSamePolicy(policyArn, policy.uniqueId),
        ...defaultVersionIs(
          policy,
          policy.versions.find(({ isDefault }) => isDefault),
        ),
      ],
      commands: [
        ...detachments(policy),
        ...policy.versions
          .filter(({ isDefault }) => !isDefault)
          .map(({ id: versionId }) => unlessGone('iam', 'delete-policy-version', { policyArn, versionId })),
        unlessGone('iam', 'delete-policy', { policyArn }),
      ],
      confirm: [isGone('it is gone', ['iam', 'get-policy', { policyArn }])],
      cautions: [
        ...(bounded.length === 0
          ? []
          : [
              `It is the permissions boundary of ${bounded.join(', ')}: without one they can do more. Set their earlier boundary first; then the removal here finds nothing to do.`,
            ]),
        'Who holds nothing but this policy can do nothing afterwards: look at the list of holders first.',
      ],
      after: [preserveKey(policyArn), ...holderDeletions(policy, world)],
    },
  );
}

function removalByHand(target: Target): StepDraft {
  return manualStep(
    target,
    {
      key: deleteKey(target.arn),
      stage: 'delete',
      action: 'policy.delete',
      title: `Delete policy ${target.name} by hand`,
      why: 'The intruder made it, and who holds it could not be seen.',
    },
    'List who holds it (`aws iam list-entities-for-policy`, once for each usage filter) and detach it; delete all versions but the default one, then the policy.',
    {
      preconditions: isSamePolicy(target.arn, target.uniqueId),
      confirm: [isGone('it is gone', ['iam', 'get-policy', { policyArn: target.arn }])],
      cautions: [
        `could not be seen: who holds ${target.name}. List it before deleting.`,
        'Whose permissions boundary it is can do more without it.',
      ],
    },
  );
}

function policyOf({ finding }: ActionRequest, world: PlanWorld): PolicyDependents | null {
  const found = world.dependentsOf(finding.subject.arn);
  return found?.type === 'iam-policy' ? found : null;
}

/** AWS's own policies cannot be changed. */
function isOfAws(arn: string): boolean {
  return arn.includes(':iam::aws:policy/');
}

const deletion: ActionPlanner = (request, world) => {
  const target = targetOf(request.finding);
  if (target.type !== 'iam-policy' || isOfAws(target.arn) || !isToBeDeleted(request, world)) {
    return [];
  }
  const policy = policyOf(request, world);
  return policy === null ? [removalByHand(target)] : [preserve(policy), removal(policy, world)];
};

/** The clocks of a call's event and of the version that it made differ by little. */
const toleranceMilliseconds = 5000;

/** Versions that the incident made, as its events tell by id or by the time. */
function versionsMadeByIncident(policy: PolicyDependents, world: PlanWorld): readonly Version[] {
  const made = incidentChanges(world, policy).filter(({ action }) => action === 'iam:CreatePolicyVersion');
  return policy.versions.filter(({ id, createdAt }) =>
    made.some(({ part, at }) =>
      part !== null && /^v\d+$/.test(part)
        ? part === id
        : Math.abs(Date.parse(at) - Date.parse(createdAt)) <= toleranceMilliseconds,
    ),
  );
}

function numberOf({ id }: Version): number {
  return Number(id.replace(/^v/, ''));
}

/** The last version from before the incident's first one; undefined where it is gone. */
function lastGoodVersion(policy: PolicyDependents, bad: readonly Version[]): Version | undefined {
  const first = Math.min(...bad.map(numberOf));
  return policy.versions
    .filter((version) => numberOf(version) < first)
    .toSorted((left, right) => numberOf(left) - numberOf(right))
    .at(-1);
}

function setDefault(policy: PolicyDependents, current: Version, good: Version): StepDraft {
  const policyArn = policy.arn;
  const reading = ['iam', 'get-policy-version', { policyArn, versionId: good.id }] as const;
  const switchTo = (versionId: string): PlanCommand =>
    command('iam', 'set-default-policy-version', { policyArn, versionId });
  return stepFor(
    policy,
    {
      key: restoreKey(policyArn),
      stage: 'recover',
      action: 'policy.restore-version',
      title: `Put policy ${policy.name} back to version ${good.id}`,
      why: `The incident made version ${current.id} the one in force.`,
    },
    {
      preconditions: [
        ...isSamePolicy(policyArn, policy.uniqueId),
        ...defaultVersionIs(policy, current),
        ...(good.digest === null
          ? []
          : [
              readsDocument(
                `${good.id} is as in the evidence`,
                reading,
                'PolicyVersion.Document',
                good.digest,
              ),
            ]),
      ],
      commands: [switchTo(good.id)],
      confirm: defaultVersionIs(policy, good),
      cautions: ['Every holder of the policy gets the earlier rights at once.'],
      undo: [switchTo(current.id)],
      after: [preserveKey(policyArn)],
    },
  );
}

function deleteVersions(policy: PolicyDependents, bad: readonly Version[]): StepDraft {
  const policyArn = policy.arn;
  return stepFor(
    policy,
    {
      key: restoreKey(policyArn, 'versions'),
      stage: 'recover',
      action: 'policy.restore-version',
      title: `Delete versions ${bad.map(({ id }) => id).join(', ')} of policy ${policy.name}`,
      why: 'The incident made them: whoever may set the default version could switch back to them.',
    },
    {
      preconditions: isSamePolicy(policyArn, policy.uniqueId),
      commands: bad.map(({ id: versionId }) =>
        unlessGone('iam', 'delete-policy-version', { policyArn, versionId }),
      ),
      confirm: bad.map(({ id }) =>
        lacks(
          `${id} is gone`,
          ['iam', 'list-policy-versions', { policyArn }],
          `Versions[?VersionId=='${id}'].VersionId`,
          id,
        ),
      ),
      after: [preserveKey(policyArn), restoreKey(policyArn)],
    },
  );
}

function restoreByHand(target: Target, why: string): StepDraft {
  return manualStep(
    target,
    {
      key: restoreKey(target.arn),
      stage: 'recover',
      action: 'policy.restore-version',
      title: `Put policy ${target.name} right by hand`,
      why,
    },
    'Compare the versions with your code or the reviewed baseline. Make the right one the default (`aws iam set-default-policy-version`), or write it as a new version; then delete the versions that nobody of yours made.',
    {
      preconditions: isSamePolicy(target.arn, target.uniqueId),
      cautions: ['A policy keeps five versions at most: an earlier one may have been deleted to make room.'],
      after: [preserveKey(target.arn)],
    },
  );
}

function restoration(policy: PolicyDependents, world: PlanWorld): readonly StepDraft[] {
  const bad = versionsMadeByIncident(policy, world);
  const current = policy.versions.find(({ isDefault }) => isDefault);
  if (bad.length === 0 || current === undefined) {
    return [restoreByHand({ ...policy }, 'No event shows which of its versions the incident made.')];
  }
  if (!bad.includes(current)) {
    return [deleteVersions(policy, bad)];
  }
  const good = lastGoodVersion(policy, bad);
  return good === undefined
    ? [restoreByHand({ ...policy }, 'No version from before the incident is left.')]
    : [setDefault(policy, current, good), deleteVersions(policy, bad)];
}

const restoreVersion: ActionPlanner = (request, world) => {
  const target = targetOf(request.finding);
  if (target.type !== 'iam-policy' || isOfAws(target.arn) || decisionOf(request.finding) !== 'restore') {
    return [];
  }
  const policy = policyOf(request, world);
  return policy === null
    ? [restoreByHand(target, 'Its versions could not be seen.')]
    : [preserve(policy), ...restoration(policy, world)];
};

export const policyActions = {
  'policy.delete': deletion,
  'policy.restore-version': restoreVersion,
} satisfies ActionPlanners<'policy.delete' | 'policy.restore-version'>;
