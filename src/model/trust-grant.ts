/** One principal that a trust policy (or another resource policy) lets in, with what guards the door. */
export interface TrustGrant {
  readonly principalKind:
    | 'anyone'
    | 'account'
    | 'iam-principal'
    | 'service'
    | 'saml'
    | 'oidc'
    | 'federated-other'
    | 'canonical'
    | 'orphaned';
  /** As written in the policy. */
  readonly principal: string;
  readonly accountId: string | null;
  readonly relation: 'same-account' | 'organization' | 'outside' | 'unknown-organization' | 'aws' | 'anyone';
  readonly actions: readonly string[];
  readonly guards: {
    readonly externalId: boolean;
    /** aws:PrincipalOrgID, aws:PrincipalOrgPaths, aws:PrincipalAccount, aws:PrincipalArn. */
    readonly organization: boolean;
    readonly sourceAccount: boolean;
    readonly sourceArn: boolean;
    readonly sourceNetwork: boolean;
    readonly mfa: boolean;
    /** OIDC/SAML: are subject and audience pinned? */
    readonly subject: 'tight' | 'loose' | 'none';
  };
  /** open: nothing narrows it · guarded: a guard above narrows it · conditional: a condition we do not know. */
  readonly verdict: 'open' | 'guarded' | 'conditional';
}

/** Principal, verdict and guards in one line: tells two grants on one role apart. */
export function doorOf({ principal, verdict, guards }: TrustGrant): string {
  const { subject, ...yesOrNo } = guards;
  const names = Object.entries(yesOrNo).flatMap(([name, holds]) => (holds === true ? [name] : []));
  return [principal, verdict, ...names.sort(), `subject-${subject}`].join(' ');
}

/** Two statements that open the same door the same way count once. */
export function distinctGrants<Grant extends TrustGrant>(grants: readonly Grant[]): readonly Grant[] {
  return [...new Map(grants.map((grant) => [doorOf(grant), grant] as const)).values()];
}
