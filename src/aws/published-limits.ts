import type { ServiceName } from './operation.ts';

/** One published request rate. Everything in a bucket draws from the same tokens. */
export interface PublishedLimit {
  readonly services: readonly ServiceName[];
  /** Commands it is for; without it, all commands of the services that no other limit names. */
  readonly commands?: readonly string[];
  /** `each`: one bucket per command · `together`: one bucket for all of them. */
  readonly counts: 'each' | 'together';
  readonly perSecond: number;
  readonly burst: number;
  /** Calls in flight at once, where the service refuses or punishes more. */
  readonly concurrency?: number;
  /** True when the calls also count against the service's general limit. */
  readonly inAddition?: boolean;
  readonly source: string;
}

const organizations =
  'Organizations user guide, "Quotas for AWS Organizations: throttling limits", account level';

/**
 * Limits that production shares with a sweep; `--rate-share` says how much of them is ours (default half).
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html and each service's quotas page.
 */
export const publishedLimits: readonly PublishedLimit[] = [
  {
    services: ['organizations'],
    commands: ['ListAWSServiceAccessForOrganization', 'ListDelegatedServicesForAccount'],
    counts: 'each',
    perSecond: 1,
    burst: 3,
    concurrency: 1,
    source: organizations,
  },
  {
    services: ['organizations'],
    commands: ['DescribeOrganization', 'ListRoots'],
    counts: 'each',
    perSecond: 1,
    burst: 2,
    concurrency: 1,
    source: organizations,
  },
  {
    services: ['organizations'],
    commands: ['DescribePolicy', 'DescribeOrganizationalUnit'],
    counts: 'each',
    perSecond: 2,
    burst: 2,
    concurrency: 1,
    source: organizations,
  },
  {
    services: ['organizations'],
    commands: ['ListChildren'],
    counts: 'each',
    perSecond: 6,
    burst: 10,
    concurrency: 1,
    source: organizations,
  },
  {
    services: ['organizations'],
    commands: ['ListAccounts'],
    counts: 'each',
    perSecond: 8,
    burst: 12,
    concurrency: 1,
    source: organizations,
  },
  {
    services: ['organizations'],
    commands: ['ListTagsForResource'],
    counts: 'each',
    perSecond: 10,
    burst: 15,
    concurrency: 1,
    source: organizations,
  },
  {
    services: ['organizations'],
    commands: ['DescribeAccount'],
    counts: 'each',
    perSecond: 20,
    burst: 30,
    concurrency: 1,
    source: organizations,
  },
  {
    services: ['organizations'],
    counts: 'each',
    perSecond: 5,
    burst: 8,
    concurrency: 1,
    source: `${organizations}; "another request is already in progress" is an answer, so one at a time`,
  },
  {
    services: ['sso-admin'],
    counts: 'together',
    perSecond: 20,
    burst: 20,
    source: 'IAM Identity Center user guide, quotas: 20 TPS for all APIs together',
  },
  {
    services: ['identitystore'],
    counts: 'together',
    perSecond: 15,
    burst: 15,
    source: 'Identity Store API throttling: 20 TPS, read as collective with a margin',
  },
  {
    services: ['account'],
    commands: ['ListRegions', 'GetRegionOptStatus'],
    counts: 'each',
    perSecond: 5,
    burst: 5,
    source: 'Account Management reference guide, quotas',
  },
  {
    services: ['account'],
    commands: ['GetAccountInformation', 'GetPrimaryEmail'],
    counts: 'each',
    perSecond: 3,
    burst: 3,
    source: 'Account Management reference guide, quotas (per caller account)',
  },
  {
    services: ['account'],
    counts: 'each',
    perSecond: 10,
    burst: 15,
    source: 'Account Management reference guide, quotas',
  },
  {
    services: ['api-gateway'],
    commands: ['GetResources'],
    counts: 'each',
    perSecond: 2.5,
    burst: 5,
    inAddition: true,
    source: 'API Gateway developer guide, quotas: 5 requests every 2 seconds per account',
  },
  {
    services: ['api-gateway', 'apigatewayv2'],
    counts: 'together',
    perSecond: 10,
    burst: 40,
    source: 'API Gateway developer guide, quotas: management operations, REST and HTTP APIs together',
  },
  {
    services: ['lambda'],
    commands: ['GetPolicy'],
    counts: 'each',
    perSecond: 15,
    burst: 15,
    source: 'Lambda developer guide, quotas: GetPolicy',
  },
  {
    services: ['lambda'],
    counts: 'together',
    perSecond: 15,
    burst: 15,
    source: 'Lambda developer guide, quotas: remainder of the control plane API requests',
  },
  {
    services: ['cloudtrail'],
    commands: ['LookupEvents', 'ListInsightsData'],
    counts: 'each',
    perSecond: 2,
    burst: 2,
    source: 'CloudTrail user guide, quotas',
  },
  {
    services: ['cloudtrail'],
    counts: 'together',
    perSecond: 10,
    burst: 10,
    source: 'CloudTrail user guide, quotas: other read operations',
  },
  {
    services: ['accessanalyzer'],
    counts: 'together',
    perSecond: 10,
    burst: 10,
    source: 'not published; as the other control planes',
  },
  {
    services: ['cloudwatch'],
    counts: 'each',
    perSecond: 9,
    burst: 9,
    source: 'CloudWatch user guide, quotas: DescribeAlarms 9 a second per account and region',
  },
  {
    services: ['cloudwatch-logs'],
    counts: 'each',
    perSecond: 5,
    burst: 5,
    source: 'CloudWatch Logs user guide, quotas: DescribeMetricFilters 5 a second per account and region',
  },
  {
    services: ['eventbridge'],
    counts: 'together',
    perSecond: 25,
    burst: 25,
    source: 'EventBridge user guide, quotas: below the 50 a second of the control plane',
  },
  {
    services: ['guardduty'],
    counts: 'together',
    perSecond: 10,
    burst: 10,
    source: 'not published; as the other control planes',
  },
  {
    services: ['sts'],
    counts: 'together',
    perSecond: 600,
    burst: 600,
    source: 'IAM user guide, STS quotas (per account and region)',
  },
  {
    services: ['iam'],
    counts: 'together',
    perSecond: 10,
    burst: 20,
    concurrency: 3,
    source:
      'not published; throttling of GetAccountAuthorizationDetails and the credential report was reported at higher rates',
  },
];
