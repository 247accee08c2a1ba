/**
 * A policy document in one normalised shape, whatever wrote it: identity policy, trust policy, resource policy, SCP or RCP.
 * Nothing that AWS stored is dropped: what is not understood stays in `unsupported` and makes the outcome conditional.
 */
export interface PolicyDocument {
  /** `2012-10-17`, `2008-10-17`, or null where the document names none (AWS then applies 2008-10-17: no policy variables). */
  readonly version: string | null;
  readonly statements: readonly Statement[];
  /** Parts of the document outside its statements that are not understood. Not empty: every statement is conditional. */
  readonly unsupported: readonly string[];
}

export interface Statement {
  /** Position in the document, from 0: how evidence points at a statement that has no Sid. */
  readonly index: number;
  readonly sid: string | null;
  /** `Unknown` when missing or misspelt: may allow and may deny. */
  readonly effect: 'Allow' | 'Deny' | 'Unknown';
  /** Null: the element is absent. Exactly one of a pair is set in a well-formed statement; identity policies and SCPs have no principals. */
  readonly principals: readonly PolicyPrincipal[] | null;
  readonly notPrincipals: readonly PolicyPrincipal[] | null;
  /** As written; matching ignores case. */
  readonly actions: readonly string[] | null;
  readonly notActions: readonly string[] | null;
  readonly resources: readonly string[] | null;
  readonly notResources: readonly string[] | null;
  /** All must be met. */
  readonly conditions: readonly Condition[];
  /** Elements of the statement that are unknown or malformed. Not empty: the statement is conditional, never ignored. */
  readonly unsupported: readonly string[];
}

/** `Principal: "*"` becomes type `*`, value `*`; the other types are AWS, Service, Federated and CanonicalUser, or whatever was written. */
export interface PolicyPrincipal {
  readonly type: string;
  readonly value: string;
}

/** One operator applied to one key. `ForAnyValue:StringLikeIfExists` is split into qualifier, operator and `ifExists`. */
export interface Condition {
  readonly operator: string;
  readonly qualifier: 'ForAllValues' | 'ForAnyValue' | null;
  readonly ifExists: boolean;
  /** As written; matching ignores case. */
  readonly key: string;
  /** The condition holds when any of them fits (for negated operators: when none does). */
  readonly values: readonly string[];
}

/** Where a policy that applies to a principal comes from. */
export type PolicySource =
  | 'inline'
  | 'managed'
  | 'group-inline'
  | 'group-managed'
  | 'boundary'
  | 'service-control'
  | 'resource-control';

/** A policy as it is attached. `document: null` means that its text could not be read: it may allow and may deny anything. */
export interface NamedPolicy {
  readonly name: string;
  readonly source: PolicySource;
  readonly arn?: string;
  readonly document: PolicyDocument | null;
}

/** Everything that decides what one principal may do, apart from resource policies and session policies. */
export interface PolicySet {
  readonly identity: readonly NamedPolicy[];
  readonly boundary: NamedPolicy | null;
  /**
   * One list per level, root → organizational units → account; every level must allow.
   * Null: none applies (management account, policy type off) or they are not known. Build it with `serviceControlFor`.
   */
  readonly serviceControl: readonly (readonly NamedPolicy[])[] | null;
  /** Resource control policies of the account that owns the resource, same shape. */
  readonly resourceControl?: readonly (readonly NamedPolicy[])[] | null;
}
