import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, ActionRequest, PlanWorld, StepDraft } from '../planner.ts';
import { delegationsOf, deregisterSteps } from './delegated-administrators.ts';
import { command } from './support/command-line.ts';
import { isProved } from './support/findings.ts';
import {
  homeRegion,
  isServicePrincipal,
  isTrusted,
  organizationStep,
  serviceTarget,
} from './support/organization-step.ts';
import { deleteKey, restoreKey } from './support/step-keys.ts';
import { serviceRecovery } from './support/trusted-service-recovery.ts';

/** The service that a finding on something else asks trusted access for. */
const serviceOfCheck: Readonly<Record<string, string>> = {
  'eyes/disabled-analyzer': 'access-analyzer.amazonaws.com',
  'eyes/missing-organization-trail': 'cloudtrail.amazonaws.com',
  'eyes/unseen-organization-trail': 'cloudtrail.amazonaws.com',
};

function servicesOf({ finding }: ActionRequest, world: PlanWorld): readonly string[] {
  const { arn, type } = finding.subject;
  if (type === 'trusted-service') {
    return isServicePrincipal(arn) ? [arn] : [];
  }
  const named = serviceOfCheck[finding.check];
  return named === undefined
    ? delegationsOf(world, finding, 'deleted').map(({ servicePrincipal }) => servicePrincipal)
    : [named];
}

/** A role that is left behind proves nothing: the owner may have turned the service off long ago. */
function isInferred(finding: ActionRequest['finding']): boolean {
  return (
    !isProved(finding) &&
    (finding.check === 'organization/lost-trusted-service' ||
      finding.messageId === 'inactive' ||
      finding.check === 'eyes/missing-organization-trail' ||
      finding.check === 'eyes/unseen-organization-trail')
  );
}

const beforeEnabling = [
  'First remove delegated administrators, trusted services and policies of the intruder, and close the way by which it was turned off: enabling it earlier hands the organization over again.',
  'The time in which it was off is a blind spot: what was not recorded or found does not come back.',
];

function enableStep(servicePrincipal: string, world: PlanWorld): StepDraft {
  const { enable } = serviceRecovery(servicePrincipal);
  const [service, operation] = enable ?? [];
  const own =
    service === undefined || operation === undefined
      ? []
      : [command(service, operation, {}, { region: homeRegion(world.partition) })];
  return organizationStep(
    world,
    serviceTarget(servicePrincipal),
    {
      key: restoreKey(servicePrincipal),
      stage: 'recover',
      action: 'trusted-service.enable',
      title: `Enable trusted access for ${servicePrincipal}`,
      why: 'Without it the service cannot work in the members, and nothing but the missing entry shows it.',
    },
    {
      commands: [command('organizations', 'enable-aws-service-access', { servicePrincipal }), ...own],
      confirm: [isTrusted(servicePrincipal)],
      undo: [command('organizations', 'disable-aws-service-access', { servicePrincipal })],
      cautions: [
        ...beforeEnabling,
        'It gives a permission only: what the service kept for the members has to be rebuilt (the next step).',
      ],
    },
  );
}

/** What enabling does not bring back. */
function furtherStep(servicePrincipal: string, world: PlanWorld): StepDraft {
  const { further, verify, everyRegion } = serviceRecovery(servicePrincipal);
  const { regions } = world.input.result.scope;
  const where = everyRegion
    ? ` All of it in every region that is enabled${regions.length === 0 ? '' : ` (swept: ${regions.join(', ')})`}.`
    : '';
  const numbered = further.map((text, index) => `${index + 1}. ${text}`).join(' ');
  return organizationStep(
    world,
    serviceTarget(servicePrincipal),
    {
      key: restoreKey(servicePrincipal, 'afterwards'),
      stage: 'recover',
      action: 'trusted-service.enable',
      title: `Bring back what ${servicePrincipal} did for the members`,
      why: 'Enabling trusted access again restores a permission and nothing else.',
    },
    {
      manual: `${numbered}${where} Verify: ${verify}.`,
      cautions: [
        'Delegated administrator first, then the administrator of each region, then automatic enabling, then members.',
        'A restored service is not restored evidence: earlier findings and records of the time between may be gone.',
      ],
      after: [restoreKey(servicePrincipal)],
    },
  );
}

function askStep(servicePrincipal: string, world: PlanWorld): StepDraft {
  return organizationStep(
    world,
    serviceTarget(servicePrincipal),
    {
      key: restoreKey(servicePrincipal, 'ask'),
      stage: 'recover',
      action: 'trusted-service.enable',
      title: `Ask whether ${servicePrincipal} worked for the organization`,
      why: 'Only a trace speaks for it: nobody is known to have turned it off.',
    },
    {
      manual: `Ask the owner, and look for DisableAWSServiceAccess in the event history of the management account in ${homeRegion(world.partition)}. Where it was on: aws organizations enable-aws-service-access --service-principal ${servicePrincipal}, then what it does not bring back: ${serviceRecovery(servicePrincipal).further.join(' ')}`,
      cautions: beforeEnabling,
    },
  );
}

const enable: ActionPlanner = (request, world) => {
  const { finding } = request;
  if (decisionOf(finding) !== 'restore') {
    return [];
  }
  return servicesOf(request, world).flatMap((servicePrincipal) => {
    if (isInferred(finding)) {
      return [askStep(servicePrincipal, world)];
    }
    const further = furtherStep(servicePrincipal, world);
    // It is on again already: only what it lost meanwhile is missing.
    return finding.check === 'organization/re-enabled-trusted-service'
      ? [further]
      : [enableStep(servicePrincipal, world), further];
  });
};

const disable: ActionPlanner = ({ action, finding }, world) => {
  const { arn: servicePrincipal, type } = finding.subject;
  if (
    decisionOf(finding) !== 'eradicate' ||
    type !== 'trusted-service' ||
    !isServicePrincipal(servicePrincipal)
  ) {
    return [];
  }
  const delegations = deregisterSteps(world, finding);
  return [
    ...delegations,
    organizationStep(
      world,
      serviceTarget(servicePrincipal),
      {
        key: deleteKey(servicePrincipal),
        stage: 'cut-re-entry',
        action,
        title: `Disable trusted access for ${servicePrincipal}`,
        why: 'Through it the service acts in every member by its own right, whatever credential turned it on.',
      },
      {
        preconditions: [isTrusted(servicePrincipal)],
        commands: [command('organizations', 'disable-aws-service-access', { servicePrincipal })],
        undo: [command('organizations', 'enable-aws-service-access', { servicePrincipal })],
        cautions: [
          'Undo first what was done through it in the members (stacks, roles, assignments): turning it off does not.',
          'Where the service has its own call for this, use that: it cleans up what the call of Organizations leaves.',
        ],
        after: delegations.map(({ key }) => key),
      },
    ),
  ];
};

export const trustedServiceActions = {
  'trusted-service.disable': disable,
  'trusted-service.enable': enable,
} satisfies ActionPlanners<'trusted-service.disable' | 'trusted-service.enable'>;
