export interface CallerIdentity {
  readonly accountId: string;
  /** ARN of the session that read this account; names our own traces. */
  readonly arn: string;
  readonly userId: string;
}

export interface AccountRegion {
  readonly name: string;
  readonly status: 'ENABLED' | 'ENABLED_BY_DEFAULT' | 'ENABLING' | 'DISABLING' | 'DISABLED';
}

/** Contact data is personal: only its presence and a digest of it (to compare with a baseline) are kept. */
export interface AlternateContact {
  readonly type: 'BILLING' | 'OPERATIONS' | 'SECURITY';
  readonly present: boolean;
  readonly digest: string | null;
}

export interface AccountEvidence {
  'sts.caller-identity': CallerIdentity;
  'account.regions': readonly AccountRegion[];
  'account.alternate-contacts': readonly AlternateContact[];
}
