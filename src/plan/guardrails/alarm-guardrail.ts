import type { Guardrail } from '../../model/plan.ts';
import type { PlanInput } from '../planner.ts';
import type { AlarmTemplate } from './alarms.ts';
import { countedActs, helpedAgainst, type IncidentAct } from './incident-acts.ts';
import { terraformName, terraformText } from './terraform-text.ts';

/** Lambda's events carry the version of the API in their names (`AddPermission20150331v2`). */
function eventNames({ source, events }: AlarmTemplate): readonly (string | { readonly prefix: string })[] {
  return source === 'lambda' ? events.map((name) => ({ prefix: name })) : events;
}

export function eventPattern(template: AlarmTemplate): string {
  const source = `aws.${template.source}`;
  return JSON.stringify(
    {
      source: [source],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: {
        eventSource: [`${template.source}.amazonaws.com`],
        eventName: eventNames(template),
      },
    },
    null,
    2,
  );
}

function minutesBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
}

function whenItWouldHaveTold(own: readonly IncidentAct[], all: readonly IncidentAct[]): string {
  const first = own[0];
  const begin = all[0];
  if (first === undefined || begin === undefined) {
    return all.length === 0
      ? 'No trail was read: whether it would have told cannot be said.'
      : 'It would not have told: the incident did none of these.';
  }
  const minutes = minutesBetween(begin.at, first.at);
  const after = minutes === 0 ? 'within a minute of' : `${minutes} minutes after`;
  return `It would have told at ${first.at}, ${after} the first act that is proved (${countedActs(own)}).`;
}

export function alarmGuardrail(
  template: AlarmTemplate,
  input: PlanInput,
  acts: readonly IncidentAct[],
  findings: readonly string[],
): Guardrail {
  const calls = new Set(template.events.map((name) => `${template.source}:${name}`));
  const { managementAccountId } = input.result;
  const seen = acts.filter(({ action }) => calls.has(action));
  const elsewhere = seen.filter(
    ({ accountId }) => template.managementAccountOnly && accountId !== managementAccountId,
  );
  const own = seen.filter((act) => !elsewhere.includes(act));
  const json = eventPattern(template);
  const name = terraformName(template.id);
  const where = template.managementAccountOnly ? 'the management account' : 'every account';
  const region = template.region ?? 'each region in use';
  return {
    id: template.id,
    kind: 'alarm',
    title: template.title,
    appliesTo: `EventBridge in ${where}, ${region}; send it to somebody who is on call`,
    why: template.why,
    json,
    terraform: terraformText([
      {
        type: 'aws_cloudwatch_event_rule',
        name,
        arguments: [
          ['name', `"afterleak-${template.id}"`],
          ['description', JSON.stringify(template.title)],
          ['event_pattern', { json }],
        ],
      },
      {
        type: 'aws_cloudwatch_event_target',
        name,
        arguments: [
          ['rule', `aws_cloudwatch_event_rule.${name}.name`],
          ['arn', 'var.alarm_topic_arn'],
        ],
      },
    ]),
    wouldBreak: [],
    notKnown: null,
    wouldHaveHelped: whenItWouldHaveTold(own, acts),
    helped: helpedAgainst(own, acts.length > 0 && (elsewhere.length === 0 || managementAccountId !== null)),
    wouldNotHaveHelped:
      elsewhere.length > 0
        ? `Not told: ${countedActs(elsewhere)} in member accounts, where this rule would not stand.`
        : null,
    findings: [...findings],
  };
}
