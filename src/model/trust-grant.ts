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
