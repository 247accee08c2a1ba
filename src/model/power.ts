import type { PolicySource } from './policy-document.ts';
import type { TrustGrant } from './trust-grant.ts';

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
  /** Empty for a certain administrator: there is nothing left to escalate to. */
  readonly escalationPaths: readonly EscalationPath[];
  /** Actions that change trusted access, delegated administrators, organization policies, trails or Identity Center. */
  readonly changesOrganization: readonly GrantedAction[];
  /** Nothing but List and Read actions is granted by the identity policies (also true when nothing is granted). */
  readonly readsOnly: boolean;
  /** Policies whose text could not be read or understood in full: their effect is counted as conditional. Sorted names. */
  readonly unparsedPolicies: readonly string[];
}

/** A trust grant with all that narrows it and where it stands in the document. */
export interface AccessGrant extends TrustGrant {
  readonly guards: TrustGrant['guards'] & {
    /** OIDC and SAML: the audience is pinned. */
    readonly audience: boolean;
    /** Condition keys that are none of the guards, lower case, sorted. */
    readonly other: readonly string[];
  };
  /** Accounts that the conditions pin the caller to, sorted; empty where they pin none. */
  readonly pinnedAccounts: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly statement: number;
  readonly sid: string | null;
}

/** A grant in a resource policy (function, layer, API, organization delegation). */
export interface ResourceGrant extends AccessGrant {
  /** No AWS identity is needed: the principal is anyone and no condition asks for one. */
  readonly anonymous: boolean;
  /** A service may act here on behalf of any account: no source ARN, source account or source organization pins it. */
  readonly confusedDeputy: boolean;
}
