import { notManagementAccount } from '../../src/model/applicability.ts';
import { type CheckContext, defineCheck, type EvidenceOf } from '../../src/model/check.ts';
import { eventPatternTakes } from '../../src/model/event-pattern.ts';
import { filterPatternTakes } from '../../src/model/filter-pattern.ts';
import { listText } from '../../src/model/list-text.ts';
import { accountSubject } from '../../src/model/subject.ts';
import {
  deliveredEvent,
  homeRegionOf,
  recordOf,
  type TellingEvent,
  tellingEvents,
} from '../../src/model/telling-events.ts';

type Evidence = EvidenceOf<
  | 'event-bridge.rules'
  | 'cloud-watch.metric-filters'
  | 'cloud-watch.alarms'
  | 'cloudtrail.trails'
  | 'identity-center.organization-instances',
  never
>;

/** Regions in which the call is made. Empty = there is nothing that it could happen to. */
function regionsOf(event: TellingEvent, evidence: Evidence, { partition }: CheckContext): readonly string[] {
  switch (event.place) {
    case 'home':
      return [homeRegionOf(partition)];
    case 'trail':
      return evidence['cloudtrail.trails'].map(({ homeRegion }) => homeRegion);
    case 'directory':
      return evidence['identity-center.organization-instances'].map(({ region }) => region);
    default:
      return event.place satisfies never;
  }
}

/** A rule of the region that is on, takes the call and tells somebody. */
function ruleTells(event: TellingEvent, name: string, region: string, account: string, evidence: Evidence) {
  const delivered = deliveredEvent(event, name, account, region);
  return evidence['event-bridge.rules'].some(
    (rule) =>
      event.inMembers !== true &&
      rule.enabled &&
      rule.managedBy === null &&
      rule.region === region &&
      rule.targets.length > 0 &&
      eventPatternTakes(rule.pattern, delivered),
  );
}

/** A metric filter on a log that takes the call, with an alarm that acts. A trail of all regions writes to one log. */
function alarmTells(event: TellingEvent, name: string, region: string, evidence: Evidence): boolean {
  const record = recordOf(event, name, region);
  const metrics = evidence['cloud-watch.metric-filters']
    .filter(({ pattern }) => filterPatternTakes(pattern, record))
    .flatMap((filter) =>
      filter.metrics.map((metric) => `${filter.region} ${metric.namespace} ${metric.name}`),
    );
  return evidence['cloud-watch.alarms'].some(
    (alarm) =>
      alarm.acts &&
      alarm.metrics.some(({ namespace, name: metric }) =>
        metrics.includes(`${alarm.region} ${namespace} ${metric}`),
      ),
  );
}

export default defineCheck({
  meta: {
    id: 'eyes/missing-alarm',
    title: 'Somebody is told of the calls that end an organization’s defence',
    failureTitle: 'Nobody is told of a telling call',
    description:
      'A few calls are seldom part of a working day and come first in a takeover: turning off trusted access, deregistering the security account, stopping the trail, making a user in the management account, signing in as root. An EventBridge rule with a target, or a metric filter with an alarm that acts, tells of them within minutes; without one they are found in the log weeks later. A rule that takes only some of these calls does not count. Alarms of a security product that reads the log itself cannot be seen from here.',
    kind: 'hardening',
    severity: 'medium',
    scope: 'account',
    requires: [
      'event-bridge.rules',
      'cloud-watch.metric-filters',
      'cloud-watch.alarms',
      'cloudtrail.trails',
      'identity-center.organization-instances',
    ],
    population: 'telling events',
    messages: {
      untold:
        'Nobody is told of {what}: no enabled rule with a target and no alarm takes {names} in {region}.',
      untoldMember:
        'Nobody is told of {what}: {names} is called in a member, where the rules of the management account do not see it, and no alarm on the organization trail’s log takes it.',
    },
    remediation: {
      actions: [],
      why: 'Who is told within minutes can act before the log is silent.',
      cautions: [
        'EventBridge delivers such calls only while a trail records them in that region.',
        'Send the message to somewhere outside the account: who holds the account can silence what lies in it.',
      ],
    },
    techniques: ['T1685', 'T1136.003'],
    frameworks: {
      'CIS AWS 7.0': ['5.3', '5.5', '5.15'],
      'NIST 800-53 r5': ['AU-6', 'SI-4', 'SI-4(5)'],
      'NIST CSF 2.0': ['DE.AE-06', 'DE.CM-09'],
    },
    references: [
      'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html',
      'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html',
    ],
    since: '0.1.0',
  },
  appliesTo: notManagementAccount,
  examined: () => tellingEvents.length,
  *evaluate(evidence, context) {
    const subject = accountSubject(context.unit);
    for (const event of tellingEvents) {
      for (const region of new Set(regionsOf(event, evidence, context))) {
        const untold = event.names.filter(
          (name) =>
            !ruleTells(event, name, region, subject.name, evidence) &&
            !alarmTells(event, name, region, evidence),
        );
        if (untold.length > 0) {
          yield {
            messageId: event.inMembers === true ? 'untoldMember' : 'untold',
            subject,
            discriminator: `${event.id} ${region}`,
            data: { what: event.title, names: listText(untold), region },
          };
        }
      }
    }
  },
});
