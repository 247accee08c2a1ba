/** What putting a thing back does not undo: one honest sentence a kind. */
interface LossText {
  readonly kind: string;
  readonly sentence: string;
}

const trail: LossText = {
  kind: 'CloudTrail trail',
  sentence:
    'Events that it did not record are never made. What was done then is known only where another trail, an event data store or the 90-day event history holds it. Deleted log objects come back only from versions or copies.',
};

const analyzer: LossText = {
  kind: 'Access Analyzer',
  sentence:
    'A deleted or disabled analyzer loses its findings and archive rules. A new one tells what is shared now, not what was shared meanwhile.',
};

const byService: Readonly<Record<string, LossText>> = {
  'cloudtrail.amazonaws.com': trail,
  'guardduty.amazonaws.com': {
    kind: 'GuardDuty',
    sentence:
      'GuardDuty does not look back: findings of the time without it are never made. Members, suppression filters and automatic enabling have to be set again.',
  },
  'config.amazonaws.com': {
    kind: 'AWS Config',
    sentence:
      'Configuration items of the time without it do not exist: the history keeps its hole, and no rule judged it.',
  },
  'config-multiaccountsetup.amazonaws.com': {
    kind: 'AWS Config rules of the organization',
    sentence: 'Rules that were taken out of the accounts judged nothing meanwhile; their results start anew.',
  },
  'securityhub.amazonaws.com': {
    kind: 'Security Hub',
    sentence:
      'Findings that were not gathered meanwhile are not gathered later. Central configuration, aggregator and automation rules have to be set again.',
  },
  'access-analyzer.amazonaws.com': analyzer,
  'iam.amazonaws.com': {
    kind: 'Central root management',
    sentence: 'Root credentials that were made while it was off stay until they are looked for and deleted.',
  },
  'member.org.stacksets.cloudformation.amazonaws.com': {
    kind: 'Stack sets of the organization',
    sentence:
      'Accounts that were made or moved meanwhile did not get their stacks: the stack sets have to be run again.',
  },
  'sso.amazonaws.com': {
    kind: 'IAM Identity Center',
    sentence:
      'Assignments that were lost with it, and sessions that were issued meanwhile, are not put right by it.',
  },
  'ram.amazonaws.com': {
    kind: 'Resource Access Manager',
    sentence: 'Shares with the organization that were cut have to be made again, each by its owner.',
  },
  'detective.amazonaws.com': {
    kind: 'Detective',
    sentence: 'The behaviour graph keeps its hole: data of the time without members is not read later.',
  },
  'inspector2.amazonaws.com': {
    kind: 'Inspector',
    sentence: 'What was not scanned meanwhile is scanned as it is now, not as it was.',
  },
  'macie.amazonaws.com': {
    kind: 'Macie',
    sentence: 'Jobs that did not run meanwhile are not made up; members have to be added again.',
  },
  'backup.amazonaws.com': {
    kind: 'AWS Backup',
    sentence: 'Backups that were not taken meanwhile do not exist: there is no restore point for that time.',
  },
};

const permissions: LossText = {
  kind: 'Permissions and trust',
  sentence:
    'What was done with the altered rights stays done, and sessions that were issued under them live on until they end or are revoked.',
};

const code: LossText = {
  kind: 'Functions and layers',
  sentence:
    'What the altered code did, read or sent while it ran is not undone; its log group is the only witness.',
};

const identityCenterSettings: LossText = {
  kind: 'Identity Center settings',
  sentence:
    'Sessions that were started without MFA or with the longer duration keep it until they end or are ended; devices that were registered meanwhile stay.',
};

const guardrails: LossText = {
  kind: 'Organization policies',
  sentence:
    'What the policy would have refused meanwhile was allowed and stays done: look for its actions in the events of that time.',
};

const accounts: LossText = {
  kind: 'Accounts',
  sentence:
    'An account that was moved or left was under other policies, or under none, meanwhile: what was done in it then has to be looked at.',
};

const endpoints: LossText = {
  kind: 'APIs and routes',
  sentence: 'Requests that came in meanwhile were served: only access logs, where there are any, tell whose.',
};

const byType: Readonly<Record<string, LossText>> = {
  trail,
  analyzer,
  'event-data-store': trail,
  'delegated-administrator': {
    kind: 'Delegated administrators',
    sentence:
      'Deregistering can delete what the service kept in the administrator’s account: members, findings, settings. Registered again, it starts empty.',
  },
  'permission-set': permissions,
  assignment: permissions,
  'iam-role': permissions,
  'iam-user': permissions,
  'iam-group': permissions,
  'iam-policy': permissions,
  'saml-provider': permissions,
  'oidc-provider': permissions,
  'lambda-function': code,
  'lambda-layer': code,
  setting: identityCenterSettings,
  'identity-center-setting': identityCenterSettings,
  'identity-center-instance': identityCenterSettings,
  'organization-policy': guardrails,
  'organization-root': guardrails,
  'organizational-unit': guardrails,
  'organization-resource-policy': guardrails,
  'organization-account': accounts,
  account: accounts,
  'rest-api': endpoints,
  'http-api': endpoints,
  'websocket-api': endpoints,
  region: {
    kind: 'Regions',
    sentence:
      'What was made in a region that was switched on meanwhile stays there, whether or not it is swept.',
  },
};

const service: LossText = {
  kind: 'Other services of the organization',
  sentence:
    'What the service did not do in the organization meanwhile it does not make up. Its delegated administrator and its settings have to be set again.',
};

const other: LossText = {
  kind: 'Other things',
  sentence: 'What was done while it was altered is not undone by putting it back.',
};

export function notBroughtBack(type: string, name: string): LossText {
  const known = (table: Readonly<Record<string, LossText>>, key: string): LossText | null =>
    Object.hasOwn(table, key) ? (table[key] ?? null) : null;
  return type === 'trusted-service' ? (known(byService, name) ?? service) : (known(byType, type) ?? other);
}

const watchingTypes: ReadonlySet<string> = new Set(['trail', 'analyzer', 'event-data-store']);

const watchingServices: ReadonlySet<string> = new Set([
  'access-analyzer.amazonaws.com',
  'cloudtrail.amazonaws.com',
  'config-multiaccountsetup.amazonaws.com',
  'config.amazonaws.com',
  'detective.amazonaws.com',
  'guardduty.amazonaws.com',
  'inspector2.amazonaws.com',
  'macie.amazonaws.com',
  'securityhub.amazonaws.com',
  'securitylake.amazonaws.com',
]);

/** True for what watches or records: while it is altered, its owner is blind. */
export function watches({ type, name }: { readonly type: string; readonly name: string }): boolean {
  return watchingTypes.has(type) || (type === 'trusted-service' && watchingServices.has(name));
}
