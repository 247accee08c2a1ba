import type { SampleEvent } from './event-pattern.ts';

/** Calls that are seldom part of a working day and after which somebody must be told at once. */
export interface TellingEvent {
  readonly id: string;
  readonly title: string;
  readonly names: readonly string[];
  /** Service part of the event source: `organizations`. */
  readonly source: string;
  /** home: the partition's region of global services · trail: where a trail is at home · directory: Identity Center's. */
  readonly place: 'home' | 'trail' | 'directory';
  /** True when the call is made in a member: the management account's event bus does not see it, its log does. */
  readonly inMembers?: true;
}

export const tellingEvents: readonly TellingEvent[] = [
  {
    id: 'trusted-access',
    title: 'trusted access turned off',
    names: ['DisableAWSServiceAccess'],
    source: 'organizations',
    place: 'home',
  },
  {
    id: 'delegated-administrator',
    title: 'a delegated administrator deregistered',
    names: ['DeregisterDelegatedAdministrator'],
    source: 'organizations',
    place: 'home',
  },
  {
    id: 'leaving-account',
    title: 'an account leaving the organization',
    names: ['LeaveOrganization'],
    source: 'organizations',
    place: 'home',
    inMembers: true,
  },
  {
    id: 'trail',
    title: 'a trail stopped or deleted',
    names: ['StopLogging', 'DeleteTrail'],
    source: 'cloudtrail',
    place: 'trail',
  },
  {
    id: 'credential',
    title: 'a user or access key made in the management account',
    names: ['CreateUser', 'CreateAccessKey'],
    source: 'iam',
    place: 'home',
  },
  { id: 'root', title: 'the root user signing in', names: ['ConsoleLogin'], source: 'signin', place: 'home' },
  {
    id: 'sign-in-settings',
    title: 'the sign-in settings of Identity Center changed',
    names: ['UpdateSsoConfiguration'],
    source: 'sso',
    place: 'directory',
  },
];

/** The record as CloudTrail writes it, as far as it is the same each time. */
export function recordOf({ source, id }: TellingEvent, name: string, region: string): SampleEvent {
  const isRoot = id === 'root';
  return {
    eventSource: `${source}.amazonaws.com`,
    eventName: name,
    eventType: isRoot ? 'AwsConsoleSignIn' : 'AwsApiCall',
    eventCategory: 'Management',
    awsRegion: region,
    managementEvent: true,
    readOnly: false,
    ...(isRoot ? { userIdentity: { type: 'Root' }, responseElements: { ConsoleLogin: 'Success' } } : {}),
  };
}

/** The same as EventBridge delivers it. */
export function deliveredEvent(
  event: TellingEvent,
  name: string,
  accountId: string,
  region: string,
): SampleEvent {
  return {
    source: `aws.${event.source}`,
    'detail-type': event.id === 'root' ? 'AWS Console Sign In via CloudTrail' : 'AWS API Call via CloudTrail',
    account: accountId,
    region,
    detail: recordOf(event, name, region),
  };
}

const homeRegions: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

/** Where the management events of IAM, Organizations and root sign-ins arrive. */
export function homeRegionOf(partition: string): string {
  return homeRegions[partition] ?? 'us-east-1';
}
