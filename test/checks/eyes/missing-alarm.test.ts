import { expect, test } from '@jest/globals';
import check from '../../../checks/eyes/missing-alarm.ts';
import type { EventRule, MetricAlarm, MetricFilter } from '../../../src/model/evidence/detection.ts';
import { eventPattern } from '../../../src/plan/guardrails/alarm-guardrail.ts';
import { alarmTemplates } from '../../../src/plan/guardrails/alarms.ts';
import { exampleAccountId } from '../../../src/testing/builders/account.ts';
import { buildTrail } from '../../../src/testing/builders/detection.ts';
import { buildIdentityCenterInstance } from '../../../src/testing/builders/identity-center.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const account = `arn:aws:iam::${exampleAccountId}:root`;

const rule = (name: string, pattern: object, fields: Partial<EventRule> = {}): EventRule => ({
  arn: `arn:aws:events:us-east-1:${exampleAccountId}:rule/${name}`,
  name,
  region: 'us-east-1',
  pattern: JSON.stringify(pattern),
  enabled: true,
  managedBy: null,
  targets: [`arn:aws:sns:us-east-1:${exampleAccountId}:alarms`],
  ...fields,
});

const calls = (source: string, ...eventName: readonly string[]) => ({
  source: [`aws.${source}`],
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: { eventName },
});

const rules: readonly EventRule[] = [
  rule('organization', calls('organizations', 'DisableAWSServiceAccess', 'DeregisterDelegatedAdministrator')),
  rule('trail', calls('cloudtrail', 'StopLogging', 'DeleteTrail', 'UpdateTrail')),
  rule('credential', { source: ['aws.iam'], detail: { eventName: [{ prefix: 'Create' }] } }),
  rule('root', {
    'detail-type': [{ prefix: 'AWS ' }],
    detail: { userIdentity: { type: ['Root'] }, eventName: ['ConsoleLogin'] },
  }),
  rule('sign-in', calls('sso', 'UpdateSsoConfiguration')),
];

/** As the CIS benchmark writes them, on the log of the organization trail. */
const patterns = {
  organizations:
    '{ ($.eventSource = organizations.amazonaws.com) && (($.eventName = "DisableAWSServiceAccess") || ($.eventName = "DeregisterDelegatedAdministrator") || ($.eventName = "LeaveOrganization")) }',
  trail: '{ ($.eventName = CreateTrail) || ($.eventName = StopLogging) || ($.eventName = DeleteTrail) }',
  credential: '{ $.eventName = "Create*" && $.eventSource = "iam.amazonaws.com" && $.errorCode NOT EXISTS }',
  root: '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
  'sign-in': '{ $.eventName = "UpdateSsoConfiguration" }',
} as const;

const filters: readonly MetricFilter[] = Object.entries(patterns).map(([name, pattern]) => ({
  name,
  region: 'us-east-1',
  logGroupName: 'organization-trail',
  pattern,
  metrics: [{ namespace: 'CIS', name }],
}));

const alarms: readonly MetricAlarm[] = Object.keys(patterns).map((name) => ({
  arn: `arn:aws:cloudwatch:us-east-1:${exampleAccountId}:alarm:${name}`,
  name,
  region: 'us-east-1',
  metrics: [{ namespace: 'CIS', name }],
  acts: true,
}));

const nothing = {
  'event-bridge.rules': [],
  'cloud-watch.metric-filters': [],
  'cloud-watch.alarms': [],
  'cloudtrail.trails': [buildTrail()],
  'identity-center.organization-instances': [buildIdentityCenterInstance()],
};
const byRules = { ...nothing, 'event-bridge.rules': rules };
const byAlarms = { ...nothing, 'cloud-watch.metric-filters': filters, 'cloud-watch.alarms': alarms };
const leaving = byAlarms['cloud-watch.metric-filters'].slice(0, 1);
const both = { ...byRules, 'cloud-watch.metric-filters': leaving, 'cloud-watch.alarms': alarms };
const without = (name: string, change?: Partial<EventRule>) => ({
  ...both,
  'event-bridge.rules': rules.flatMap((one) =>
    one.name === name ? (change === undefined ? [] : [{ ...one, ...change }]) : [one],
  ),
});
const untold = { messageId: 'untold', arn: account } as const;
const member = { messageId: 'untoldMember', arn: account } as const;
const narrowed = (fields: object): Partial<EventRule> => ({
  pattern: JSON.stringify({ ...calls('sso', 'UpdateSsoConfiguration'), ...fields }),
});

const cases = checkCases(check, {
  clean: [
    { name: 'alarms on the log of the organization trail', evidence: byAlarms },
    { name: 'rules, and an alarm for what is called in members', evidence: both },
    {
      name: 'no trail and no Identity Center: nothing that could be stopped or weakened there',
      evidence: {
        ...without('trail'),
        'event-bridge.rules': rules.slice(0, 4).filter(({ name }) => name !== 'trail'),
        'cloudtrail.trails': [],
        'identity-center.organization-instances': [],
      },
    },
    {
      name: 'a rule that takes everything of the account',
      evidence: { ...both, 'event-bridge.rules': [rule('all', { account: [exampleAccountId] })] },
    },
  ],
  failing: [
    {
      name: 'nothing at all',
      evidence: nothing,
      sightings: [untold, untold, member, untold, untold, untold, untold],
    },
    { name: 'rules do not see what members call', evidence: byRules, sightings: [member] },
    { name: 'a rule that is off', evidence: without('trail', { enabled: false }), sightings: [untold] },
    { name: 'a rule without target', evidence: without('root', { targets: [] }), sightings: [untold] },
    {
      name: 'a rule of a service',
      evidence: without('root', { managedBy: 'x.amazonaws.com' }),
      sightings: [untold],
    },
    {
      name: 'a rule in another region',
      evidence: without('sign-in', { region: 'eu-west-1' }),
      sightings: [untold],
    },
    {
      name: 'a rule for some of the calls: of one account, of one caller, of one day',
      evidence: without('sign-in', narrowed({ account: ['444455556666'] })),
      sightings: [untold],
    },
    {
      name: 'a rule that leaves one source out',
      evidence: without(
        'sign-in',
        narrowed({ detail: { sourceIPAddress: [{ 'anything-but': '192.0.2.1' }] } }),
      ),
      sightings: [untold],
    },
    {
      name: 'a pattern that cannot be read',
      evidence: without('sign-in', { pattern: '{' }),
      sightings: [untold],
    },
    {
      name: 'Identity Center in a region without rule',
      evidence: {
        ...both,
        'identity-center.organization-instances': [buildIdentityCenterInstance({ region: 'eu-central-1' })],
      },
      sightings: [untold],
    },
    {
      name: 'alarms that tell nobody',
      evidence: { ...both, 'cloud-watch.alarms': alarms.map((one) => ({ ...one, acts: false })) },
      sightings: [member],
    },
    {
      name: 'alarms on a metric of another region',
      evidence: { ...both, 'cloud-watch.alarms': alarms.map((one) => ({ ...one, region: 'eu-west-1' })) },
      sightings: [member],
    },
  ],
  notApplicable: [
    { name: 'a member account', evidence: nothing, context: { managementAccountId: '444455556666' } },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}

test('the alarms that a plan proposes satisfy it, but for root sign-ins and calls in members', () => {
  const proposed = alarmTemplates.map((template) => rule(template.id, JSON.parse(eventPattern(template))));
  const context = {
    asOf: '2026-11-04T00:00:00.000Z',
    unit: { kind: 'account', partition: 'aws', accountId: exampleAccountId, region: null },
    partition: 'aws',
    organizationId: 'o-exampleorgid',
    managementAccountId: exampleAccountId,
    organizationAccountIds: null,
    incident: null,
    baseline: null,
    options: {},
  } as const;
  const left = [...check.evaluate({ ...nothing, 'event-bridge.rules': proposed }, context)];
  expect(left.map(({ discriminator }) => discriminator)).toEqual([
    'leaving-account us-east-1',
    'root us-east-1',
  ]);
});
