import type { PolicySource } from './policy-document.ts';

/** A statement that decided something: enough to find it again in the evidence. */
export interface PolicyReference {
  readonly policy: string;
  readonly source: PolicySource;
  readonly arn?: string;
  readonly statement: number;
  readonly sid: string | null;
}

/**
 * The outcome of one request.
 * `conditional`: it depends on something that the evidence does not tell (a condition, a variable, an element not understood).
 */
export type Verdict = 'allowed' | 'conditional' | 'explicitly-denied' | 'not-allowed';

/** `own`: only the principal itself; `specific`: named or patterned targets; `all`: every resource of the kind in the account. */
export type GrantScope = 'all' | 'specific' | 'own';

/** An action that the principal may perform on at least one resource. */
export interface GrantedAction {
  readonly action: string;
  readonly verdict: 'allowed' | 'conditional';
  readonly scope: GrantScope;
  /** Resource patterns that remain after every layer, sorted, at most twenty. */
  readonly resources: readonly string[];
  readonly allowedBy: readonly PolicyReference[];
  /** Condition keys on which a `conditional` verdict depends, lower case, sorted. */
  readonly conditionKeys: readonly string[];
}

/** `passes-role`: hands a role to something; `uses-role`: uses something that has one; `raises-itself`; `takes-over`: becomes another principal. */
export type EscalationCategory = 'passes-role' | 'uses-role' | 'raises-itself' | 'takes-over';

/** A way from the principal's permissions to more permissions. It says that the permissions are there, not that the target is. */
export interface EscalationPath {
  /** pathfinding.cloud id; ids that start with `x-` are not in its list. */
  readonly id: string;
  readonly title: string;
  readonly category: EscalationCategory;
  readonly verdict: 'allowed' | 'conditional';
  readonly actions: readonly string[];
  /** The narrowest scope among the actions: `specific` for `sts:AssumeRole` on one role is ordinary role chaining. */
  readonly scope: GrantScope;
  /** What must exist besides the permissions. */
  readonly mustExist: string;
}

/** What a principal can do with its own policies. Serialisable: this is derived evidence. */
export interface Power {
  /** `yes`: may do everything on everything, or may hand itself everything because it controls all of IAM. */
  readonly administrator: 'yes' | 'conditional' | 'no';
  /** Why: every action, or all of IAM. Null with `no`. */
  readonly administratorBy: 'all-actions' | 'all-iam' | null;
  readonly administratorPolicies: readonly PolicyReference[];
  /** Actions that make or keep credentials, sessions, trust or permissions. */
  readonly mintsCredentials: readonly GrantedAction[];
  readonly escalationPaths: readonly EscalationPath[];
  /** Actions that change trusted access, delegated administrators, organization policies, trails or Identity Center. */
  readonly changesOrganization: readonly GrantedAction[];
  /** Nothing but List and Read actions is granted by the identity policies (also true when nothing is granted). */
  readonly readsOnly: boolean;
  /** Policies whose text could not be read or understood in full: their effect is counted as conditional. Sorted names. */
  readonly unparsedPolicies: readonly string[];
}

export type GrantPrincipalKind =
  | 'anyone'
  | 'account'
  | 'iam-principal'
  | 'service'
  | 'saml'
  | 'oidc'
  | 'federated-other'
  | 'canonical'
  /** A unique id (`AIDA…`, `AROA…`): the principal that was trusted has been deleted. */
  | 'orphaned';

/** `unknown-organization`: another account, and the organization's accounts are not known. `aws`: an AWS service. */
export type GrantRelation = 'same-account' | 'organization' | 'outside' | 'unknown-organization' | 'aws';

/** Conditions that narrow a grant. True only when the condition really pins something (no bare `*`, no `IfExists` loophole). */
export interface GrantGuards {
  readonly externalId: boolean;
  readonly organization: boolean;
  readonly principal: boolean;
  readonly sourceAccount: boolean;
  readonly sourceArn: boolean;
  readonly sourceIp: boolean;
  readonly sourceNetwork: boolean;
  readonly mfa: boolean;
  readonly audience: boolean;
  /** For OIDC: does the `sub` claim pin one workload (`tight`), a family (`loose`), or nothing (`none`)? */
  readonly subject: 'tight' | 'loose' | 'none';
  /** Condition keys that are none of the above, lower case, sorted. */
  readonly other: readonly string[];
}

/** One principal that a trust policy or a resource policy lets in. */
export interface AccessGrant {
  readonly principalKind: GrantPrincipalKind;
  /** As written in the policy. */
  readonly value: string;
  readonly accountId: string | null;
  readonly relation: GrantRelation;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly guards: GrantGuards;
  /** `open`: nothing narrows it; `guarded`: a guard pins it; `conditional`: something narrows it that is weak or not understood. */
  readonly verdict: 'open' | 'guarded' | 'conditional';
  readonly statement: number;
  readonly sid: string | null;
}

/** A grant in a role's trust policy. */
export type TrustGrant = AccessGrant;

/** A grant in a resource policy. */
export interface ResourceGrant extends AccessGrant {
  /** No AWS credentials needed: the principal is anyone and nothing in the conditions asks for an identity. */
  readonly anonymous: boolean;
  /** A service may act for any account's resource: neither aws:SourceArn nor aws:SourceAccount nor an organization key pins it. */
  readonly confusedDeputy: boolean;
}
