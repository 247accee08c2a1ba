import type { LineageNode } from '../../model/lineage.ts';
import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, ActionRequest, PlanWorld, StepDraft } from '../planner.ts';
import { command } from './support/command-line.ts';
import { lineageOf } from './support/lineage-index.ts';
import {
  administers,
  isInOrganization,
  isServicePrincipal,
  isTrusted,
  organizationStep,
} from './support/organization-step.ts';
import type { Target } from './support/step.ts';
import { deleteKey, restoreKey } from './support/step-keys.ts';

type Finding = ActionRequest['finding'];

interface Delegation {
  readonly accountId: string;
  readonly servicePrincipal: string;
}

/** The events name account and service; the node's label says both. */
function delegationIn({ uniqueId, label }: LineageNode): Delegation[] {
  const servicePrincipal = label.split(' for ').at(-1) ?? '';
  return uniqueId !== null && /^\d{12}$/.test(uniqueId) && isServicePrincipal(servicePrincipal)
    ? [{ accountId: uniqueId, servicePrincipal }]
    : [];
}

function accountOf({ subject }: Finding): string | null {
  return /\/(\d{12})\/delegated-administrator$/.exec(subject.arn)?.[1] ?? null;
}

/** Delegations that the incident registered, or took away, of the account or the service that a finding is about. */
export function delegationsOf(
  world: PlanWorld,
  finding: Finding,
  what: 'made' | 'deleted',
): readonly Delegation[] {
  const { subject } = finding;
  const accountId = subject.type === 'delegated-administrator' ? accountOf(finding) : null;
  const found = lineageOf(world)
    .nodes.filter(
      ({ type, standing, intruderMade, deleted }) =>
        type === 'delegated-administrator' &&
        standing === 'tainted' &&
        (what === 'made' ? intruderMade && !deleted : deleted && !intruderMade),
    )
    .flatMap(delegationIn)
    .filter((one) =>
      subject.type === 'trusted-service'
        ? one.servicePrincipal === subject.arn
        : one.accountId === (accountId ?? subject.uniqueId),
    );
  const byKey = new Map(found.map((one) => [`${one.accountId} ${one.servicePrincipal}`, one]));
  return [...byKey].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one);
}

function targetFor({ accountId, servicePrincipal }: Delegation): Omit<Target, 'accountId'> {
  return {
    arn: `${accountId}/delegated-administrator/${servicePrincipal}`,
    uniqueId: accountId,
    type: 'delegated-administrator',
    name: `${accountId} for ${servicePrincipal}`,
  };
}

function deregister(delegation: Delegation, world: PlanWorld): StepDraft {
  const target = targetFor(delegation);
  const { accountId, servicePrincipal } = delegation;
  return organizationStep(
    world,
    target,
    {
      key: deleteKey(target.arn),
      stage: 'cut-re-entry',
      action: 'delegated-administrator.deregister',
      title: `Take the administration of ${servicePrincipal} from account ${accountId}`,
      why: 'It holds the organization through this service with credentials of its own.',
    },
    {
      preconditions: [isInOrganization(accountId, world), administers(accountId, servicePrincipal)],
      commands: [
        command(
          'organizations',
          'deregister-delegated-administrator',
          { accountId, servicePrincipal },
          { accepts: ['AccountNotRegisteredException'] },
        ),
      ],
      undo: [command('organizations', 'register-delegated-administrator', { accountId, servicePrincipal })],
      cautions: [
        'Undo first what it deployed or assigned: that outlives the delegation.',
        'Some services drop their settings or data when their administrator goes, in every region: read the page of the service before. Where the service has its own call for this, use that as well.',
      ],
    },
  );
}

export function deregisterSteps(world: PlanWorld, finding: Finding): readonly StepDraft[] {
  return delegationsOf(world, finding, 'made').map((delegation) => deregister(delegation, world));
}

function subjectTarget({ subject }: Finding): Omit<Target, 'accountId'> {
  return { arn: subject.arn, uniqueId: null, type: subject.type, name: subject.name };
}

const take: ActionPlanner = ({ action, finding }, world) => {
  if (decisionOf(finding) !== 'eradicate') {
    return [];
  }
  const steps = deregisterSteps(world, finding);
  const isAdministrator = finding.subject.type === 'delegated-administrator';
  return steps.length > 0 || !isAdministrator
    ? steps
    : [
        organizationStep(
          world,
          subjectTarget(finding),
          {
            key: deleteKey(finding.subject.arn),
            stage: 'cut-re-entry',
            action,
            title: `Take the delegation from account ${finding.subject.name}`,
            why: 'It holds members of the organization with credentials of its own.',
          },
          {
            manual:
              'No event tells which of its services the intruder delegated: aws organizations list-delegated-services-for-account; then deregister-delegated-administrator for each that nobody answers for.',
            cautions: ['Some services drop their settings or data when their administrator goes.'],
          },
        ),
      ];
};

function register(delegation: Delegation, world: PlanWorld): StepDraft {
  const target = targetFor(delegation);
  const { accountId, servicePrincipal } = delegation;
  return organizationStep(
    world,
    target,
    {
      key: restoreKey(target.arn),
      stage: 'recover',
      action: 'delegated-administrator.register',
      title: `Let account ${accountId} administer ${servicePrincipal} again`,
      why: 'The incident took the delegation away: the account no longer sees or configures the members.',
    },
    {
      preconditions: [isInOrganization(accountId, world), isTrusted(servicePrincipal)],
      commands: [
        command(
          'organizations',
          'register-delegated-administrator',
          { accountId, servicePrincipal },
          { accepts: ['AccountAlreadyRegisteredException'] },
        ),
      ],
      confirm: [administers(accountId, servicePrincipal)],
      undo: [command('organizations', 'deregister-delegated-administrator', { accountId, servicePrincipal })],
      cautions: [
        'Clean the account first: registered again while the intruder is in it, it hands the organization over.',
        'Several services want their administrator named in every region besides: see what enabling does not bring back.',
      ],
      after: [restoreKey(servicePrincipal)],
    },
  );
}

const give: ActionPlanner = ({ action, finding }, world) => {
  if (decisionOf(finding) !== 'restore') {
    return [];
  }
  const known = delegationsOf(world, finding, 'deleted');
  if (known.length > 0) {
    return known.map((delegation) => register(delegation, world));
  }
  const { arn, name } = finding.subject;
  return [
    organizationStep(
      world,
      subjectTarget(finding),
      {
        key: restoreKey(arn, 'delegation'),
        stage: 'recover',
        action,
        title: `Register the delegated administrator that belongs to ${name}`,
        why: 'Who sees and configures the members is told by no read call once it is gone.',
      },
      {
        manual:
          'Take account and services from baseline, code or owner: aws organizations register-delegated-administrator --account-id … --service-principal …; where the service has its own call, use that; where it wants its administrator in every region, name it there. Where nobody was delegated, leave it.',
        cautions: [
          'Clean the account first: registered again while the intruder is in it, it hands the organization over.',
          'Trusted access for the service has to be on.',
        ],
        after: [restoreKey(arn)],
      },
    ),
  ];
};

export const delegatedAdministratorActions = {
  'delegated-administrator.deregister': take,
  'delegated-administrator.register': give,
} satisfies ActionPlanners<'delegated-administrator.deregister' | 'delegated-administrator.register'>;
