import type { Severity } from './severity.ts';

/** What is known of one service that can be integrated with Organizations. */
export interface TrustedServiceProfile {
  readonly servicePrincipal: string;
  /** How bad it is that the service was trusted and no longer is. */
  readonly severity: Severity;
  /** What the organization loses; completes "without it …". */
  readonly loss: string;
  /** What enabling it again does not bring back; completes "then still …". Null: nothing is known. */
  readonly afterwards: string | null;
}

/**
 * AWS adds services every month: one that is not in this list must be reported too, only without its consequence.
 * Source: "AWS services that you can use with AWS Organizations" and the guides of the services; the severities are ours.
 */
const profiles: readonly TrustedServiceProfile[] = [
  profile(
    'cloudtrail',
    'critical',
    'the members lose the organization trail and what remains of it records the management account only',
    'set trail and event data store back to organization scope, register the delegated administrator, look for the time without records',
  ),
  profile(
    'guardduty',
    'critical',
    'findings no longer come together in one account and new accounts stay unprotected',
    'name the administrator in every region, switch automatic enabling on, add the members, read the suppression filters',
  ),
  profile(
    'malware-protection.guardduty',
    'medium',
    'volumes and buckets of the members are no longer scanned for malware',
    'switch the protection plan on in every region',
  ),
  profile(
    'config',
    'high',
    'organization aggregators stop collecting',
    'check the aggregator’s role, register the delegated administrator, check the recorder of every account',
  ),
  profile(
    'config-multiaccountsetup',
    'high',
    'organization rules and conformance packs no longer reach new or changed accounts',
    'deploy the organization’s rules and packs again',
  ),
  profile(
    'securityhub',
    'high',
    'the central view is gone and central configuration is frozen',
    'name the administrator again, in every region where it needs one, and check aggregator and configuration policies',
  ),
  profile(
    'sso',
    'critical',
    'people cannot sign in to accounts, and the roles of Identity Center stay behind without anybody who keeps them',
    'check permission sets, assignments and the delegated administrator, and who signed in another way meanwhile',
  ),
  profile(
    'account-access',
    'high',
    'people can no longer enter the roles that they were entitled to',
    'check the application and its entitlements',
  ),
  profile(
    'iam',
    'critical',
    'root users of members cannot be managed centrally: their credentials can be made and used again',
    'enable root credentials management and root sessions, register the delegated administrator, look for root credentials made meanwhile',
  ),
  profile(
    'access-analyzer',
    'high',
    'organization analyzers stop: nobody hears of access from outside the organization',
    'create the analyzers again in every region, with their archive rules, and register the delegated administrator',
  ),
  profile(
    'member.org.stacksets.cloudformation',
    'high',
    'guard rails are no longer deployed to new accounts and units',
    'activate it in CloudFormation, register the delegated administrator, run the stack sets',
  ),
  profile(
    'stacksets.cloudformation',
    'high',
    'guard rails are no longer deployed to new accounts and units',
    'activate it in CloudFormation, register the delegated administrator, run the stack sets',
  ),
  profile(
    'account',
    'high',
    'contacts and regions of the members cannot be managed centrally',
    'register the delegated administrator, compare the contacts',
  ),
  profile(
    'ram',
    'high',
    'shares with the organization or a unit end for their receivers',
    'enable it in RAM rather than in Organizations, then share again',
  ),
  profile(
    'fms',
    'high',
    'firewall policies are no longer enforced on new resources',
    'name the administrator in us-east-1 and check the policies',
  ),
  profile(
    'inspector2',
    'high',
    'vulnerability findings no longer come together and new accounts are not scanned',
    'name the administrator in every region, switch automatic enabling on, add the members',
  ),
  profile(
    'macie',
    'medium',
    'sensitive data in the members’ buckets is no longer looked for',
    'name the administrator in every region',
  ),
  profile(
    'detective',
    'medium',
    'the investigation graph loses its members',
    'name the administrator in every region and add the members',
  ),
  profile(
    'securitylake',
    'high',
    'new accounts and sources leave no logs in the lake',
    'register the delegated administrator and the organization configuration',
  ),
  profile('security-ir', 'high', 'AWS no longer watches over the members’ findings', 'check the membership'),
  profile(
    'controltower',
    'critical',
    'the landing zone drifts; controls and account factory stop',
    'repair the landing zone, then check trusted access of Config, stack sets, Identity Center and CloudTrail',
  ),
  profile(
    'backup',
    'high',
    'backup policies and copies to other accounts stop, which ransomware would like',
    'switch the cross-account features on again, register the delegated administrator',
  ),
  profile('tagpolicies.tag', 'low', 'tag policies are no longer enforced', null),
  profile(
    'ssm',
    'medium',
    'fleet-wide setup and patch baselines stop',
    'register the delegated administrator, deploy the quick setups again',
  ),
  profile('ssm-quicksetup', 'medium', 'quick setups no longer reach new accounts', 'deploy them again'),
  profile('opsdatasync.ssm', 'medium', 'operational data of the members is no longer collected', null),
  profile(
    'health',
    'medium',
    'notices of AWS about the members, those about abuse and exposed keys among them, are not seen centrally',
    'enable it in Health, register the delegated administrator',
  ),
  profile(
    'notifications',
    'medium',
    'notifications of the members do not come together',
    'check hubs and configurations',
  ),
  {
    ...profile(
      '',
      'medium',
      'notifications of the members do not come together',
      'check hubs and configurations',
    ),
    servicePrincipal: 'notifications.amazon.com',
  },
  profile(
    'observabilityadmin',
    'medium',
    'rules that demand logging in every account stop',
    'create the telemetry rules again',
  ),
  profile('networkflowmonitor', 'medium', 'flows between the members are not monitored', null),
  profile('topology.networkflowmonitor', 'medium', 'flows between the members are not monitored', null),
  profile(
    'auditmanager',
    'low',
    'audit evidence of the members is not collected',
    'register the delegated administrator',
  ),
  profile(
    'resource-explorer-2',
    'low',
    'nobody can search for resources in all accounts',
    'create the multi-account view again',
  ),
  profile('reporting.trustedadvisor', 'low', 'recommendations are seen account by account only', null),
  profile('servicequotas', 'low', 'new accounts no longer get the quota template', null),
  profile('ipam', 'low', 'addresses of the members are not monitored', 'name the administrator'),
  profile(
    'networkmanager',
    'low',
    'networks of the members are not seen centrally',
    'register the delegated administrator',
  ),
  profile(
    'reachabilityanalyzer.networkinsights',
    'low',
    'paths between accounts cannot be analyzed',
    'register the delegated administrator',
  ),
  profile('ec2', 'low', 'there are no reports on declarative policies', null),
  ...[
    'ds',
    'servicecatalog',
    'license-manager',
    'license-manager.member-account',
    'license-manager-linux-subscriptions',
    'license-management.marketplace',
    'private-marketplace.marketplace',
    'procurement-insights.marketplace',
  ].map((name) => profile(name, 'low', 'directories, catalogues or licences are no longer shared', null)),
  ...[
    'aws-artifact-account-sync',
    'billing-cost-management',
    'compute-optimizer',
    'cost-optimization-hub.bcm',
    'dashboard.eks',
    'devops-guru',
    'mgn',
    'resiliencehub',
    'selfservicereporting.managedservices',
    'storage-lens.s3',
    'wellarchitected',
  ].map((name) => profile(name, 'info', 'overviews of cost or operations are incomplete', null)),
];

function profile(
  name: string,
  severity: Severity,
  loss: string,
  afterwards: string | null,
): TrustedServiceProfile {
  return { servicePrincipal: `${name}.amazonaws.com`, severity, loss, afterwards };
}

const byPrincipal = new Map(profiles.map((one) => [one.servicePrincipal, one]));

/** Null: a service that we do not know. It is reported nevertheless. */
export function trustedServiceProfile(servicePrincipal: string): TrustedServiceProfile | null {
  return byPrincipal.get(servicePrincipal) ?? null;
}

/** Services through which whoever runs them for the organization holds its members; completes "it can …". */
const powers: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'account-access.amazonaws.com': 'let people of the directory into roles of the members',
    'account.amazonaws.com': 'change contacts, root e-mail addresses and regions of the members',
    'iam.amazonaws.com': 'act as the root user of any member',
    'member.org.stacksets.cloudformation.amazonaws.com': 'deploy anything, roles too, into any member',
    'ssm.amazonaws.com': 'run commands and automations in the members',
    'sso.amazonaws.com': 'give anybody access to any account but the management account',
    'stacksets.cloudformation.amazonaws.com': 'deploy anything, roles too, into any member',
  }),
);

/** Null: the service gives no control over the members’ access. */
export function organizationPowerOf(servicePrincipal: string): string | null {
  return powers.get(servicePrincipal) ?? null;
}

export interface LeftoverRole {
  /** The service whose trusted access the role speaks for. */
  readonly servicePrincipal: string;
  /** False: the service makes the same role when it is used in a single account. */
  readonly organizationOnly: boolean;
}

/** Last part of a service-linked role's path to what the role tells when its service is not trusted. */
const leftoverRoles: ReadonlyMap<string, LeftoverRole> = new Map(
  Object.entries({
    'access-analyzer.amazonaws.com': alsoAlone('access-analyzer.amazonaws.com'),
    'accountdiscovery.ssm.amazonaws.com': organizationOnly('ssm.amazonaws.com'),
    'cloudtrail.amazonaws.com': organizationOnly('cloudtrail.amazonaws.com'),
    'config-multiaccountsetup.amazonaws.com': organizationOnly('config-multiaccountsetup.amazonaws.com'),
    'config.amazonaws.com': alsoAlone('config.amazonaws.com'),
    'detective.amazonaws.com': alsoAlone('detective.amazonaws.com'),
    'fms.amazonaws.com': alsoAlone('fms.amazonaws.com'),
    'guardduty.amazonaws.com': alsoAlone('guardduty.amazonaws.com'),
    'health.amazonaws.com': organizationOnly('health.amazonaws.com'),
    'inspector2.amazonaws.com': alsoAlone('inspector2.amazonaws.com'),
    'macie.amazonaws.com': alsoAlone('macie.amazonaws.com'),
    'ram.amazonaws.com': organizationOnly('ram.amazonaws.com'),
    'securityhub.amazonaws.com': alsoAlone('securityhub.amazonaws.com'),
    'securitylake.amazonaws.com': alsoAlone('securitylake.amazonaws.com'),
    'sso.amazonaws.com': organizationOnly('sso.amazonaws.com'),
    // The management account's role is named after the service, the trust after its part in the members.
    'stacksets.cloudformation.amazonaws.com': organizationOnly(
      'member.org.stacksets.cloudformation.amazonaws.com',
    ),
    'tagpolicies.tag.amazonaws.com': organizationOnly('tagpolicies.tag.amazonaws.com'),
  }),
);

function organizationOnly(servicePrincipal: string): LeftoverRole {
  return { servicePrincipal, organizationOnly: true };
}

function alsoAlone(servicePrincipal: string): LeftoverRole {
  return { servicePrincipal, organizationOnly: false };
}

const serviceLinkedPath = /^\/aws-service-role\/([^/]+)\/$/;

/** What a service-linked role of the management account tells of trusted access; null where it tells nothing. */
export function leftoverRole(path: string): LeftoverRole | null {
  return leftoverRoles.get(serviceLinkedPath.exec(path)?.[1] ?? '') ?? null;
}
