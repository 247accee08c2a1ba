import type {
  Organization,
  OrganizationAccount,
  OrganizationPolicy,
  OrganizationRoot,
} from '../model/evidence/organizations.ts';
import type { NamedPolicy, PolicyDocument, PolicySet, PolicySource } from '../model/policy-document.ts';
import { parsePolicyDocument } from './parse-policy-document.ts';

/** What the organization's evidence must hold to tell which control policies bind an account. */
export interface ControlPolicyInput {
  readonly organization: Organization | null;
  readonly roots: readonly OrganizationRoot[];
  readonly accounts: readonly OrganizationAccount[];
  readonly policies: readonly OrganizationPolicy[];
}

/** Why there are no levels, or that there are. `not-known`: the account's place in the tree is not in the evidence. */
type ControlPolicyReason =
  | 'applies'
  | 'no-organization'
  | 'management-account'
  | 'type-not-enabled'
  | 'not-known';

export interface ControlPolicies {
  readonly reason: ControlPolicyReason;
  /** For `PolicySet.serviceControl` or `resourceControl`: null unless the reason is `applies`. */
  readonly levels: PolicySet['serviceControl'];
}

/** `o-…/r-…/ou-…/…/` without the organization, closed by the account itself. */
const targetsOf = (account: OrganizationAccount): readonly string[] | null => {
  const parts = (account.path ?? '')
    .split('/')
    .filter((part) => part !== '' && !part.startsWith('o-') && part !== account.id);
  return parts[0]?.startsWith('r-') ? [...parts, account.id] : null;
};

const documents = new WeakMap<OrganizationPolicy, { readonly document: PolicyDocument | null }>();

const documentOf = (policy: OrganizationPolicy): PolicyDocument | null => {
  const known = documents.get(policy);
  if (known) {
    return known.document;
  }
  const parsed = parsePolicyDocument(policy.document);
  const document = parsed.ok ? parsed.document : null;
  documents.set(policy, { document });
  return document;
};

const levelsOf = (
  targets: readonly string[],
  policies: readonly OrganizationPolicy[],
  source: PolicySource,
): readonly (readonly NamedPolicy[])[] =>
  targets.map((target) =>
    policies
      .filter((policy) => policy.targets.some(({ id }) => id === target))
      .map((policy) => ({ name: policy.name, source, arn: policy.arn, document: documentOf(policy) })),
  );

const controlFor = (
  accountId: string,
  input: ControlPolicyInput,
  type: string,
  source: PolicySource,
): ControlPolicies => {
  if (input.organization === null) {
    return { reason: 'no-organization', levels: null };
  }
  if (input.organization.managementAccountId === accountId) {
    return { reason: 'management-account', levels: null };
  }
  const account = input.accounts.find(({ id }) => id === accountId);
  const targets = account === undefined ? null : targetsOf(account);
  if (targets === null || input.roots.length === 0) {
    return { reason: 'not-known', levels: null };
  }
  const isEnabled = input.roots.some(
    (root) =>
      root.id === targets[0] &&
      root.policyTypes.some((policyType) => policyType.type === type && policyType.status === 'ENABLED'),
  );
  if (!isEnabled) {
    return { reason: 'type-not-enabled', levels: null };
  }
  const policies = input.policies.filter((policy) => policy.type === type);
  const levels = levelsOf(targets, policies, source);
  // Organizations keeps at least one policy on every level: an empty one means that its targets were not read.
  return levels.some((level) => level.length === 0)
    ? { reason: 'not-known', levels: null }
    : { reason: 'applies', levels };
};

/** Service control policies that bind the principals of an account; none bind the management account. */
export const serviceControlFor = (accountId: string, input: ControlPolicyInput): ControlPolicies =>
  controlFor(accountId, input, 'SERVICE_CONTROL_POLICY', 'service-control');

/** Resource control policies that guard the resources of an account. */
export const resourceControlFor = (accountId: string, input: ControlPolicyInput): ControlPolicies =>
  controlFor(accountId, input, 'RESOURCE_CONTROL_POLICY', 'resource-control');
