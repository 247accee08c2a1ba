import { powerOf } from '../../iam/power-of.ts';
import { resourceControlFor, serviceControlFor } from '../../iam/service-control-for.ts';
import type { AttachedPolicy, IamGroup, NamedPolicyText } from '../../model/evidence/iam.ts';
import type { OrganizationsEvidence } from '../../model/evidence/organizations.ts';
import type { NamedPolicy, PolicySet } from '../../model/policy-document.ts';
import type { Power } from '../../model/power.ts';
import type { PolicyReader } from './policy-reader.ts';

type ControlPolicies = Pick<PolicySet, 'serviceControl' | 'resourceControl'>;

/** What is the same for every principal of the account. */
export interface PowerSetting {
  readonly accountId: string;
  readonly partition: string;
  readonly organizationId?: string;
  readonly reader: PolicyReader;
  readonly control: ControlPolicies;
}

type OrganizationKey =
  | 'organizations.organization'
  | 'organizations.accounts'
  | 'organizations.roots'
  | 'organizations.policies';

type OrganizationParts = { readonly [Key in OrganizationKey]: OrganizationsEvidence[Key] | null };

/** None unless every part of the picture is there: a control policy that is only half known must not take anything away. */
export function controlPolicies(accountId: string, evidence: OrganizationParts): ControlPolicies {
  const organization = evidence['organizations.organization'];
  const accounts = evidence['organizations.accounts'];
  const roots = evidence['organizations.roots'];
  const policies = evidence['organizations.policies'];
  if (organization === null || accounts === null || roots === null || policies === null) {
    return { serviceControl: null };
  }
  const input = { organization, accounts, roots, policies };
  return {
    serviceControl: serviceControlFor(accountId, input).levels,
    resourceControl: resourceControlFor(accountId, input).levels,
  };
}

interface Holder {
  readonly arn: string;
  readonly inlinePolicies: readonly NamedPolicyText[];
  readonly attachedPolicies: readonly AttachedPolicy[];
  readonly permissionsBoundaryArn: string | null;
}

function policiesOf(
  holder: Omit<Holder, 'arn' | 'permissionsBoundaryArn'>,
  reader: PolicyReader,
  inline: 'inline' | 'group-inline',
  managed: 'managed' | 'group-managed',
): readonly NamedPolicy[] {
  return [
    ...holder.inlinePolicies.map(({ name, document }) => reader.inline(name, document, inline)),
    ...holder.attachedPolicies.map(({ arn }) => reader.managed(arn, managed)),
  ];
}

/** `groups`: those of a user; null for roles and groups, which are in none. */
export function principalPower(
  holder: Holder,
  groups: readonly IamGroup[] | null,
  setting: PowerSetting,
): Power {
  const { reader, control, accountId, partition, organizationId } = setting;
  const identity = [
    ...policiesOf(holder, reader, 'inline', 'managed'),
    ...(groups ?? []).flatMap((group) => policiesOf(group, reader, 'group-inline', 'group-managed')),
  ];
  const boundary =
    holder.permissionsBoundaryArn === null ? null : reader.managed(holder.permissionsBoundaryArn, 'boundary');
  return powerOf(
    { identity, boundary, ...control },
    {
      accountId,
      partition,
      principalArn: holder.arn,
      ...(groups === null ? {} : { groupArns: groups.map(({ arn }) => arn) }),
      ...(organizationId === undefined ? {} : { organizationId }),
    },
  );
}
