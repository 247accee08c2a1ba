import { trustedServiceProfile } from '../../../model/trusted-services.ts';

/** What brings one service back for the organization; Organizations' own call gives a permission and no more. */
interface ServiceRecovery {
  /** The service's own enabling call; null where that of Organizations is the one to use. */
  readonly enable: readonly [string, string] | null;
  /** In this order, after trusted access is back. */
  readonly further: readonly string[];
  readonly verify: string;
  /** The administrator is named anew in every region. */
  readonly everyRegion: boolean;
}

const delegate = 'Register the delegated administrator again, once its account is known to be clean.';

function recovery(
  further: readonly string[],
  verify: string,
  more: Partial<Pick<ServiceRecovery, 'enable' | 'everyRegion'>> = {},
): ServiceRecovery {
  return { enable: null, everyRegion: false, ...more, further, verify };
}

const stackSets = recovery(
  [delegate, 'Run the stack sets that carry guard rails again, for accounts that joined meanwhile too.'],
  'aws cloudformation describe-organizations-access says ENABLED; stack instances are CURRENT',
  { enable: ['cloudformation', 'activate-organizations-access'] },
);

const recoveries: Readonly<Record<string, ServiceRecovery>> = {
  'cloudtrail.amazonaws.com': recovery(
    [
      'aws cloudtrail register-organization-delegated-admin, where there was one.',
      'Set the trail (and the event data stores) back to organization scope, multi-region, with validation and the key; write its selectors; start logging. Members lost their copies when trusted access went.',
      'Note the time without records: it does not come back.',
    ],
    'in a member: describe-trails shows the organization trail, get-trail-status IsLogging, the latest delivery moves',
  ),
  'guardduty.amazonaws.com': recovery(
    [
      'aws guardduty enable-organization-admin-account for the administrator.',
      'As the administrator: update-organization-configuration with automatic enabling for all, and every feature that was on.',
      'create-members for accounts that are missing.',
      'Read filters, IP sets and the publishing destination: suppression rules may be the intruder’s.',
    ],
    'list-organization-admin-accounts; list-members RelationshipStatus Enabled; the publishing destination is PUBLISHING',
    { everyRegion: true },
  ),
  'malware-protection.guardduty.amazonaws.com': recovery(
    ['Switch the malware protection plan on again.'],
    'get-detector shows the feature enabled',
    { everyRegion: true },
  ),
  'securityhub.amazonaws.com': recovery(
    [
      'aws securityhub enable-organization-admin-account for the administrator; version 2 of Security Hub by itself.',
      'create-finding-aggregator; update-organization-configuration to CENTRAL; associate the configuration policies.',
    ],
    'describe-organization-configuration; list-configuration-policy-associations SUCCESS',
    { everyRegion: true },
  ),
  'config.amazonaws.com': recovery(
    [
      'Enable config-multiaccountsetup.amazonaws.com as well.',
      delegate,
      'Start the configuration recorder in every account and region: trusted access never did.',
      'put-configuration-aggregator and its role.',
    ],
    'recorders are recording with SUCCESS; sources of the aggregator SUCCEEDED',
  ),
  'config-multiaccountsetup.amazonaws.com': recovery(
    [delegate, 'Deploy organization rules and conformance packs again, for new accounts too.'],
    'describe-organization-config-rule-statuses; describe-organization-conformance-pack-statuses',
  ),
  'access-analyzer.amazonaws.com': recovery(
    [
      delegate,
      'create-analyzer of type ORGANIZATION (and for unused and internal access), with the archive rules that were reviewed.',
    ],
    'list-analyzers ACTIVE without a statusReason',
    { everyRegion: true },
  ),
  'iam.amazonaws.com': recovery(
    [
      'aws iam enable-organizations-root-credentials-management, then enable-organizations-root-sessions.',
      delegate,
      'Look in every member for root credentials that were made meanwhile.',
    ],
    'aws iam list-organizations-features shows both',
  ),
  'sso.amazonaws.com': recovery(
    [
      delegate,
      'Compare assignments and permission sets with what was reviewed.',
      'In the console: identity source, MFA mode, portal session length. No call shows them.',
      'Look for who signed in another way (IAM users, break-glass roles) meanwhile.',
    ],
    'list-instances ACTIVE; assignments as reviewed; an attestation for what the console shows',
  ),
  'account-access.amazonaws.com': recovery(
    ['Check the application and its entitlements.'],
    'the entitlements are those that were reviewed',
  ),
  'member.org.stacksets.cloudformation.amazonaws.com': stackSets,
  'stacksets.cloudformation.amazonaws.com': stackSets,
  'account.amazonaws.com': recovery(
    [delegate, 'Compare alternate contacts and regions of every member.'],
    'list-delegated-administrators',
  ),
  'ram.amazonaws.com': recovery(
    ['Share again what was shared with the organization or a unit: the shares ended.'],
    'get-resource-shares; the receivers see them',
    { enable: ['ram', 'enable-sharing-with-aws-organization'] },
  ),
  'fms.amazonaws.com': recovery(
    ['aws fms associate-admin-account (or put-admin-account) in us-east-1.', 'Check every policy.'],
    'list-admin-accounts-for-organization; the policies are compliant',
  ),
  'inspector2.amazonaws.com': recovery(
    [
      'aws inspector2 enable-delegated-admin-account.',
      'As the administrator: update-organization-configuration, then associate members that are missing.',
    ],
    'batch-get-account-status of all members',
    { everyRegion: true },
  ),
  'macie.amazonaws.com': recovery(
    ['aws macie2 enable-organization-admin-account; automatic enabling; members.'],
    'get-macie-session; list-members. Findings of before may be gone.',
    { everyRegion: true },
  ),
  'detective.amazonaws.com': recovery(
    ['aws detective enable-organization-admin-account; automatic enabling; members.'],
    'list-members',
    { everyRegion: true },
  ),
  'securitylake.amazonaws.com': recovery(
    [
      'aws securitylake register-data-lake-delegated-administrator.',
      'create-data-lake-organization-configuration, for new accounts and all sources.',
    ],
    'list-data-lakes; list-log-sources',
  ),
  'security-ir.amazonaws.com': recovery(
    ['Check the membership; do not deregister its administrator: that is destructive.'],
    'the membership is active and covers the accounts',
  ),
  'controltower.amazonaws.com': recovery(
    [
      'First the services below it: Config, stack sets, Identity Center, CloudTrail.',
      'Then reset the landing zone and the baselines that drifted.',
    ],
    'get-landing-zone driftStatus IN_SYNC',
  ),
  'backup.amazonaws.com': recovery(
    [
      delegate,
      'Switch cross-account copies and monitoring on again in the settings of Backup; check the backup policies.',
    ],
    'describe-global-settings; the next copy job succeeds',
  ),
  'ssm.amazonaws.com': recovery(
    [delegate, 'Deploy quick setups and patch baselines again.'],
    'list-delegated-administrators; the associations run',
  ),
  'health.amazonaws.com': recovery(
    [delegate, 'Read the notices of AWS for the time between: exposed keys and abuse are told there.'],
    'describe-health-service-status-for-organization says ENABLED',
    { enable: ['health', 'enable-health-service-access-for-organization'] },
  ),
  'notifications.amazonaws.com': recovery(
    ['Check notification hubs and configurations.'],
    'get-notifications-access-for-organization says ENABLED',
    { enable: ['notifications', 'enable-notifications-access-for-organization'] },
  ),
  'notifications.amazon.com': recovery(
    ['Check notification hubs and configurations.'],
    'get-notifications-access-for-organization says ENABLED',
    { enable: ['notifications', 'enable-notifications-access-for-organization'] },
  ),
  'tagpolicies.tag.amazonaws.com': recovery(
    ['aws organizations enable-policy-type for TAG_POLICY, then attach the policies.'],
    'list-policies and their targets as reviewed',
  ),
};

/** A service without an entry of its own still has to be looked at. */
export function serviceRecovery(servicePrincipal: string): ServiceRecovery {
  const known = Object.hasOwn(recoveries, servicePrincipal) ? recoveries[servicePrincipal] : undefined;
  const afterwards = trustedServiceProfile(servicePrincipal)?.afterwards;
  return (
    known ??
    recovery(
      [
        afterwards === null || afterwards === undefined
          ? 'Ask the owner of the service what it kept in the members, in which regions, and who administered it.'
          : `${afterwards.charAt(0).toUpperCase()}${afterwards.slice(1)}.`,
        delegate,
      ],
      'list-aws-service-access-for-organization; list-delegated-administrators',
    )
  );
}
