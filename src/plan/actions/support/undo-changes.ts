import type { PlanCommand } from '../../../model/plan.ts';
import type { PlanWorld, StepDraft } from '../../planner.ts';
import { nameOfArn } from './arn-parts.ts';
import { digestOf, isSamePrincipal, lacks, readsDocument } from './assertions.ts';
import { command, unlessGone } from './command-line.ts';
import { isIntruderMade } from './findings.ts';
import { earlierState, type IncidentChange, incidentChanges } from './incident-changes.ts';
import { deletePolicy, nameOption, ownPolicies, policyNoun, putPolicy } from './own-denies.ts';
import { preservePrincipal } from './preserve-principal.ts';
import type { Principal } from './principal.ts';
import { manualStep, stepFor } from './step.ts';
import { deleteKey, preserveKey, restoreKey } from './step-keys.ts';

const action = 'principal.reduce';

function toldBy(changes: readonly IncidentChange[]): string {
  return changes.map(({ action: call, at, eventId }) => `${call} at ${at} (event ${eventId})`).join(', ');
}

interface Undoing {
  readonly title: string;
  readonly part: string;
  readonly commands: readonly PlanCommand[];
  readonly undo: readonly PlanCommand[];
  readonly more?: Pick<
    Parameters<typeof stepFor>[2] & object,
    'preconditions' | 'confirm' | 'cautions' | 'after'
  >;
}

function undoStep(principal: Principal, change: IncidentChange, undoing: Undoing): StepDraft {
  const { more = {} } = undoing;
  return stepFor(
    principal,
    {
      key: restoreKey(principal.arn, undoing.part),
      stage: 'recover',
      action,
      title: undoing.title,
      why: `The incident changed it: ${toldBy([change])}.`,
    },
    {
      ...more,
      preconditions: [...isSamePrincipal(principal.type, principal), ...(more.preconditions ?? [])],
      commands: [...undoing.commands],
      undo: [...undoing.undo],
      after: [preserveKey(principal.arn), ...(more.after ?? [])],
    },
  );
}

function attachment(principal: Principal, change: IncidentChange, policyArn: string): StepDraft {
  const noun = policyNoun(principal.type);
  const who = nameOption(principal.type, principal.name);
  const attach = command('iam', `attach-${noun}`, { ...who, policyArn });
  const detach = unlessGone('iam', `detach-${noun}`, { ...who, policyArn });
  const wasAttached = change.action.includes(':Attach');
  return undoStep(principal, change, {
    title: `${wasAttached ? 'Take' : 'Give'} policy ${nameOfArn(policyArn)} ${wasAttached ? 'from' : 'back to'} ${principal.name}`,
    part: `attached ${policyArn}`,
    commands: [wasAttached ? detach : attach],
    undo: [wasAttached ? attach : detach],
    more: wasAttached
      ? {
          confirm: [
            lacks(
              'it is detached',
              ['iam', `list-attached-${noun.replace(/y$/, 'ies')}`, who],
              'AttachedPolicies[].PolicyArn',
              policyArn,
            ),
          ],
          after: [deleteKey(policyArn)],
        }
      : {},
  });
}

function currentDigest({ dependents }: Principal, name: string): string | null {
  return dependents?.inlinePolicies.find((policy) => policy.name === name)?.digest ?? null;
}

function inlineReading({ type, name }: Principal, policyName: string) {
  return ['iam', `get-${policyNoun(type)}`, { ...nameOption(type, name), policyName }] as const;
}

function asSeen(principal: Principal, policyName: string) {
  const digest = currentDigest(principal, policyName);
  return digest === null
    ? []
    : [
        readsDocument(
          `${policyName} is as in the evidence`,
          inlineReading(principal, policyName),
          'PolicyDocument',
          digest,
        ),
      ];
}

/** The earlier document where an event tells it; else what the incident put there goes. Null = it must be written anew. */
function inlinePolicy(
  principal: Principal,
  change: IncidentChange,
  policyName: string,
  world: PlanWorld,
): StepDraft | null {
  const prior = earlierState(world, principal.arn, 'inline-policy', policyName);
  const part = `inline ${policyName}`;
  if (prior !== null) {
    return undoStep(principal, change, {
      title: `Put inline policy ${policyName} of ${principal.name} back as it was at ${prior.at}`,
      part,
      commands: [putPolicy(principal.type, principal.name, policyName, prior.value)],
      undo: [],
      more: {
        preconditions: asSeen(principal, policyName),
        confirm: [
          readsDocument(
            'it is as before',
            inlineReading(principal, policyName),
            'PolicyDocument',
            digestOf(prior.value),
          ),
        ],
      },
    });
  }
  const isThere = principal.dependents?.inlinePolicies.some(({ name }) => name === policyName) ?? false;
  return change.action.includes(':Put') && isThere
    ? undoStep(principal, change, {
        title: `Delete inline policy ${policyName} of ${principal.name}`,
        part,
        commands: [deletePolicy(principal.type, principal.name, policyName)],
        undo: [],
        more: {
          preconditions: asSeen(principal, policyName),
          cautions: [
            'No event shows an earlier policy of this name. If there was one before the events that were read, put it back from your code; what it holds now is saved.',
          ],
        },
      })
    : null;
}

function membership(
  principal: Principal,
  change: IncidentChange,
  userName: string,
  groupName: string,
): StepDraft {
  const who = { userName, groupName };
  const remove = unlessGone('iam', 'remove-user-from-group', who);
  const add = command('iam', 'add-user-to-group', who);
  const wasAdded = change.action.endsWith(':AddUserToGroup');
  return undoStep(principal, change, {
    title: wasAdded
      ? `Take ${userName} out of group ${groupName}`
      : `Put ${userName} back into group ${groupName}`,
    part: `membership ${principal.type === 'iam-user' ? groupName : userName}`,
    commands: [wasAdded ? remove : add],
    undo: [wasAdded ? add : remove],
  });
}

/** The other end of a membership: named by the event, else by the node that the same call touched. */
function otherEnd(principal: Principal, { others }: IncidentChange): string | null {
  const wanted = principal.type === 'iam-user' ? 'iam-group' : 'iam-user';
  const node = others.find(({ type }) => type === wanted);
  return node === undefined ? null : nameOfArn(node.arn ?? node.label);
}

/** What is attached and of the intruder's making, where the event does not name the policy. */
function attachedOf(principal: Principal, { part }: IncidentChange, world: PlanWorld): readonly string[] {
  const attached = principal.dependents?.attachedPolicyArns ?? [];
  if (part !== null) {
    return part.startsWith('arn:') ? [part] : [];
  }
  return attached.filter((arn) => isIntruderMade(world, arn, 'iam-policy'));
}

/** Null = no call can undo it with what is known. */
function undoOf(principal: Principal, change: IncidentChange, world: PlanWorld): readonly StepDraft[] | null {
  const call = change.action.replace(/^iam:/, '');
  if (/^(?:Attach|Detach)(?:User|Role|Group)Policy$/.test(call)) {
    const arns =
      call.startsWith('Attach') || change.part !== null ? attachedOf(principal, change, world) : [];
    return arns.length === 0 ? null : arns.map((arn) => attachment(principal, change, arn));
  }
  if (/^(?:Put|Delete)(?:User|Role|Group)Policy$/.test(call)) {
    const step = change.part === null ? null : inlinePolicy(principal, change, change.part, world);
    return step === null ? null : [step];
  }
  if (/^(?:AddUserTo|RemoveUserFrom)Group$/.test(call)) {
    const other = otherEnd(principal, change);
    const isUser = principal.type === 'iam-user';
    return other === null
      ? null
      : [membership(principal, change, isUser ? principal.name : other, isUser ? other : principal.name)];
  }
  return null;
}

/** Changes that other findings and actions deal with. */
const dealtWithElsewhere =
  /^iam:(?:UpdateAssumeRolePolicy|CreateAccessKey|UpdateAccessKey|DeleteAccessKey|\w*LoginProfile|ChangePassword|\w*ServiceSpecificCredential|\w*SSHPublicKey|\w*SigningCertificate|\w*MFADevice|\w+InstanceProfile)$/;

function byHand(principal: Principal, changes: readonly IncidentChange[]): StepDraft {
  return manualStep(
    principal,
    {
      key: restoreKey(principal.arn),
      stage: 'recover',
      action,
      title: `Put ${principal.name} back as it was`,
      why: 'The incident changed it, or it differs from what was reviewed, and no earlier value is known here.',
    },
    changes.length === 0
      ? 'Compare policies, group memberships, permissions boundary and tags with your code or with the reviewed baseline, and put back what differs.'
      : `Undo these changes with the values of your code: ${toldBy(changes)}. Policies attached then and not by you are to be detached, inline policies to be deleted or put back, a permissions boundary to be set again.`,
    {
      preconditions: isSamePrincipal(principal.type, principal),
      cautions: ['Ask the owner where a value is not in your code.'],
      after: [preserveKey(principal.arn)],
    },
  );
}

/** Of several changes to one part the first tells how it was before. */
function distinctByKey(steps: readonly StepDraft[]): readonly StepDraft[] {
  return [...new Map(steps.toReversed().map((step) => [step.key, step])).values()].toReversed();
}

/**
 * Puts rights of something legitimate back, change by change as the events tell; what they do not tell is left to a
 * person, by name and time.
 */
export function undoChanges(principal: Principal, world: PlanWorld): readonly StepDraft[] {
  if (principal.guardedBy !== null) {
    return [];
  }
  const changes = incidentChanges(world, principal).filter(
    ({ action: call, part }) => !dealtWithElsewhere.test(call) && !ownPolicies.includes(part ?? ''),
  );
  const undone = changes.map((change) => ({ change, steps: undoOf(principal, change, world) }));
  const left = undone.filter(({ steps }) => steps === null).map(({ change }) => change);
  const steps = distinctByKey(undone.flatMap((one) => one.steps ?? []));
  const manual = left.length > 0 || changes.length === 0 ? [byHand(principal, left)] : [];
  return [preservePrincipal(principal), ...steps, ...manual];
}
