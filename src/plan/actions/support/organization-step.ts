import type { PlanAssertion } from '../../../model/plan.ts';
import type { PlanWorld, StepDraft } from '../../planner.ts';
import { holds, reads } from './assertions.ts';
import { queryText } from './command-line.ts';
import type { stepFor, Target } from './step.ts';
import { workloadStep } from './workload-step.ts';

type Told = Parameters<typeof stepFor>[1];
type More = NonNullable<Parameters<typeof stepFor>[2]>;

/** Most calls of Organizations work in the management account alone; unknown, a person has to go there. */
export function organizationStep(
  world: PlanWorld,
  target: Omit<Target, 'accountId'>,
  told: Told,
  more: More,
): StepDraft {
  const accountId = world.managementAccountId;
  const own = { ...target, accountId };
  return accountId === null && (more.commands ?? []).length > 0
    ? workloadStep(own, told, {
        manual:
          `The management account is not known from here. In it: ${told.title}. ${more.manual ?? ''}`.trim(),
        cautions: more.cautions ?? [],
        after: more.after ?? [],
      })
    : workloadStep(own, told, more);
}

const principalName = /^[a-z0-9][a-z0-9.-]*\.amazon(?:aws)?\.com$/;

export function isServicePrincipal(value: string): boolean {
  return principalName.test(value);
}

export function serviceTarget(servicePrincipal: string): Omit<Target, 'accountId'> {
  return { arn: servicePrincipal, uniqueId: null, type: 'trusted-service', name: servicePrincipal };
}

export function isTrusted(servicePrincipal: string): PlanAssertion {
  return reads(
    `${servicePrincipal} has trusted access`,
    ['organizations', 'list-aws-service-access-for-organization', {}],
    `EnabledServicePrincipals[?ServicePrincipal==${queryText(servicePrincipal)}].ServicePrincipal`,
    servicePrincipal,
  );
}

export function administers(accountId: string, servicePrincipal: string): PlanAssertion {
  return reads(
    `${accountId} administers ${servicePrincipal}`,
    ['organizations', 'list-delegated-services-for-account', { accountId }],
    `DelegatedServices[?ServicePrincipal==${queryText(servicePrincipal)}].ServicePrincipal`,
    servicePrincipal,
  );
}

/** The last part of an ARN of Organizations: `p-…`, `h-…`, `r-…`, an account id. */
export function organizationId(arn: string): string {
  return arn.split('/').at(-1) ?? arn;
}

export function isInOrganization(accountId: string, world: PlanWorld): PlanAssertion {
  const { organizationId: id } = world.input.result;
  const what = `account ${accountId} is a member of ${id ?? 'the organization'}`;
  return holds(
    what,
    ['organizations', 'describe-account', { accountId }],
    'Account.Arn',
    id === null ? `/${accountId}` : `:account/${id}/${accountId}`,
  );
}

export function isPolicy(policyId: string, arn: string): PlanAssertion {
  return reads(
    `${policyId} still is this policy`,
    ['organizations', 'describe-policy', { policyId }],
    'Policy.PolicySummary.Arn',
    arn,
  );
}

/** Where calls of global services are answered. */
export function homeRegion(partition: string): string {
  switch (partition) {
    case 'aws-cn':
      return 'cn-northwest-1';
    case 'aws-us-gov':
      return 'us-gov-west-1';
    default:
      return 'us-east-1';
  }
}
