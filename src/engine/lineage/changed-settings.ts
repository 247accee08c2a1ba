import type { ResultCheck, ResultFinding, ResultRow } from '../../model/audit-result.ts';
import type { TraceResult } from '../../model/trace-result.ts';
import { fingerprintText } from '../fingerprint.ts';

type Setting = TraceResult['settings'][number];

/** A setting that no API shows was changed by the incident: the event is the only evidence there is. */
export const changedSetting: ResultCheck = {
  id: 'lineage/changed-setting',
  title: 'The incident changed no setting that only events show',
  failureTitle: 'Setting changed by the incident',
  description:
    'CloudTrail shows that a session of the incident changed a setting of Identity Center that no API can read: how it asks for MFA, how long portal sessions live, or where its identities come from. The event holds the new value only. Until a person looks, it must be taken as still in force.',
  kind: 'tampering',
  severity: 'critical',
  scope: 'organization',
  population: 'settings seen changed',
  requires: [],
  remediation: {
    actions: ['identity-center.mfa-restore', 'identity-center.session-restore'],
    why: 'A weakened sign-in keeps the door open whatever else is removed.',
    cautions: ['Running sessions keep the length with which they began: end them, then shorten.'],
  },
  frameworks: { 'NIST CSF 2.0': ['PR.AA-03'] },
  techniques: ['T1556.006'],
  references: ['https://docs.aws.amazon.com/singlesignon/latest/userguide/mfa-configure.html'],
};

function findingFor(setting: Setting, trace: TraceResult): ResultFinding {
  const event = trace.lineage.events.find(({ eventId }) => eventId === setting.eventId);
  const fact = `changed by ${setting.actorArn} at ${setting.at} (event ${setting.eventId})`;
  return {
    fingerprint: fingerprintText(changedSetting.id, 'changed', setting.setting, ''),
    check: changedSetting.id,
    messageId: 'changed',
    kind: changedSetting.kind,
    severity: changedSetting.severity,
    title: changedSetting.failureTitle,
    message: `${setting.setting} was set to ${setting.value} by ${setting.actorArn} at ${setting.at}. No API shows what it is now.`,
    subject: {
      arn: setting.setting,
      type: 'setting',
      accountId: event?.accountId ?? null,
      region: event?.region ?? null,
      name: setting.setting,
    },
    signals: [{ code: 'changed-by-incident', fact, source: 'lineage' }],
    attribution: 'attributed',
    decision: 'restore',
    provenance: [
      {
        eventId: setting.eventId,
        eventTime: setting.at,
        eventName: event?.eventName ?? 'UpdateSsoConfiguration',
        actorArn: setting.actorArn,
        accessKeyId: event?.accessKeyId ?? null,
        sourceIp: event?.sourceIp ?? null,
      },
    ],
    survivesKeyRevocation: { answer: 'yes', why: 'The setting stays whatever becomes of the key.' },
    evidence: [],
    planSteps: [],
    history: null,
  };
}

/** Findings for what the incident changed; what others changed last is told with the manual checks. */
export function changedSettingFindings(trace: TraceResult): readonly ResultFinding[] {
  return trace.settings.filter(({ byIncident }) => byIncident).map((setting) => findingFor(setting, trace));
}

const manualChecks = {
  'identity-center/mfa-mode': ['identity-center.mfa-mode', 'identity-center.mfa-management'],
  'identity-center/portal-session': ['identity-center.portal-session'],
} as const satisfies Record<string, readonly Setting['setting'][]>;

/** Adds the last change seen in events to the instructions of the manual checks that ask for such settings. */
export function tellLastChange(row: ResultRow, trace: TraceResult | null): ResultRow {
  const asked: readonly string[] =
    Object.entries(manualChecks).find(([check]) => check === row.check)?.[1] ?? [];
  const seen = (trace?.settings ?? []).filter(({ setting }) => asked.includes(setting));
  if (row.outcome !== 'manual' || row.instructions === undefined || seen.length === 0) {
    return row;
  }
  const told = seen.map(
    ({ setting, value, at, actorArn, eventId }) =>
      `Last change seen: ${setting} = ${value} at ${at} by ${actorArn} (event ${eventId}).`,
  );
  return { ...row, instructions: [row.instructions, ...told].join(' ') };
}
