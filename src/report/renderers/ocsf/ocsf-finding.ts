import type { ResultCheck, ResultFinding } from '../../../model/audit-result.ts';
import { safeLink } from '../../view-model/safe-link.ts';
import {
  analyticOf,
  attacksOf,
  cloudOf,
  complianceOf,
  eventBase,
  metadataOf,
  type OcsfActivity,
  type OcsfClass,
  type OcsfContext,
} from './ocsf-event.ts';
import { isAddress, milliseconds, ocsfSeverities, optional, value } from './ocsf-values.ts';

type Provenance = ResultFinding['provenance'][number];

const most = { evidences: 10, signals: 12, planSteps: 30, sources: 10 } as const;

/** What is only to be hardened is a matter of compliance; the rest is an incident's. */
export function classOf({ decision }: Pick<ResultFinding, 'decision'>): OcsfClass {
  return decision === 'harden' ? 'compliance' : 'detection';
}

function evidenceOf({ eventId, eventTime, eventName, actorArn, accessKeyId, sourceIp }: Provenance): object {
  return {
    uid: value(eventId),
    name: value(eventName),
    actor: {
      user: { uid: value(actorArn) || 'unknown' },
      ...(accessKeyId === null ? {} : { session: { credential_uid: value(accessKeyId) } }),
    },
    api: { operation: value(eventName) },
    ...(sourceIp === null
      ? {}
      : { src_endpoint: isAddress(sourceIp) ? { ip: sourceIp } : { svc_name: value(sourceIp) } }),
    data: { event_time: value(eventTime) },
  };
}

function statusOf({ exception, history }: ResultFinding): object {
  if (exception !== undefined) {
    return {
      status_id: 3,
      status: 'Suppressed',
      status_detail: value(
        `${exception.reason} (approved by ${exception.approvedBy}, until ${exception.expires})`,
      ),
    };
  }
  switch (history) {
    case 'persisting':
      return { status_id: 99, status: 'Persisting' };
    case 'reappeared':
      return { status_id: 99, status: 'Reappeared' };
    case 'resolved':
      return { status_id: 4, status: 'Resolved' };
    case 'new':
    case null:
      return { status_id: 1, status: 'New' };
    default:
      return history satisfies never;
  }
}

function activityOf({ history }: ResultFinding): OcsfActivity {
  if (history === 'resolved') {
    return 'close';
  }
  return history === 'persisting' ? 'update' : 'create';
}

function remediationOf(check: ResultCheck | undefined, planSteps: readonly string[]): object {
  if (check === undefined) {
    return {};
  }
  const actions = check.remediation.actions.join(', ');
  const steps = planSteps.slice(0, most.planSteps).join(', ');
  const parts = [
    check.remediation.why,
    ...(actions === '' ? [] : [`Actions: ${actions}.`]),
    ...(steps === '' ? [] : [`Steps of the plan: ${steps}.`]),
  ];
  const references = check.references.flatMap((reference) => safeLink(reference)?.href ?? []);
  return {
    remediation: { desc: parts.map(value).join(' '), ...(references.length === 0 ? {} : { references }) },
  };
}

function eventTimes(provenance: readonly Provenance[]): readonly number[] {
  return provenance
    .flatMap(({ eventTime }) => milliseconds(eventTime) ?? [])
    .sort((left, right) => left - right);
}

function unmappedOf(finding: ResultFinding): object {
  const { survivesKeyRevocation: survives, exception } = finding;
  return {
    decision: finding.decision,
    attribution: finding.attribution,
    kind: finding.kind,
    message_id: value(finding.messageId),
    ...optional('history', finding.history),
    signals: finding.signals.slice(0, most.signals).map(({ code, fact, source }) => ({
      code: value(code),
      fact: value(fact),
      source: value(source),
    })),
    ...(survives === null
      ? {}
      : {
          survives_key_revocation: {
            answer: survives.answer,
            why: value(survives.why),
            ...optional('until', survives.until),
          },
        }),
    plan_steps: finding.planSteps.slice(0, most.planSteps).map(value),
    ...(exception === undefined ? {} : { exception_expires: value(exception.expires) }),
  };
}

/** One event for one finding. */
export function findingEvent(finding: ResultFinding, context: OcsfContext): object {
  const { subject, provenance } = finding;
  const kind = classOf(finding);
  const check = context.checks.get(finding.check);
  const [firstSeen] = eventTimes(provenance);
  const sources = [...new Set(finding.evidence.map(({ key }) => value(key)))].slice(0, most.sources);
  const evidences = provenance.slice(0, most.evidences).map(evidenceOf);
  return {
    ...eventBase(kind, activityOf(finding)),
    ...ocsfSeverities[finding.severity],
    ...statusOf(finding),
    time: context.time,
    message: value(finding.message),
    ...(kind === 'detection' ? { is_alert: finding.exception === undefined } : {}),
    metadata: metadataOf(context, finding.fingerprint),
    cloud: cloudOf(context, subject.accountId, subject.region),
    finding_info: {
      uid: value(finding.fingerprint),
      title: value(finding.title),
      desc: value(finding.message),
      types: [finding.kind],
      analytic: analyticOf(finding.check, check, context.result.tool.version),
      ...attacksOf(check),
      ...(firstSeen === undefined ? {} : { first_seen_time: firstSeen }),
      last_seen_time: context.time,
      ...(sources.length === 0 ? {} : { data_sources: sources }),
      related_events_count: provenance.length,
    },
    ...(kind === 'compliance'
      ? complianceOf(finding.check, check, { status_id: 3, status: 'Fail', details: [finding.message] })
      : {}),
    resources: [
      {
        uid: value(subject.arn),
        ...optional('uid_alt', subject.uniqueId),
        ...optional('name', subject.name),
        type: value(subject.type),
        cloud_partition: value(context.result.partition),
        ...optional('region', subject.region),
      },
    ],
    ...remediationOf(check, finding.planSteps),
    ...(evidences.length === 0 ? {} : { evidences }),
    unmapped: unmappedOf(finding),
  };
}
