import type { AuditResult, ResultGap } from '../../../model/audit-result.ts';
import { sha256 } from '../../../model/sha256.ts';
import type { NotSeen } from '../../machine/not-seen.ts';
import { gapSentence, type OpenQuestion } from '../../machine/open-questions.ts';
import { analyticOf, cloudOf, complianceOf, eventBase, metadataOf, type OcsfContext } from './ocsf-event.ts';
import { ocsfSeverities, value } from './ocsf-values.ts';

const mostReasons = 10;
const mostUnits = 50;

interface Unseen {
  readonly uid: string;
  readonly title: string;
  readonly reasons: readonly string[];
  readonly check: string | null;
  readonly accountId: string | null;
  readonly region: string | null;
  readonly accepted: boolean;
  readonly state: string;
  readonly units: readonly string[];
}

/** A Compliance Finding whose status is Unknown: that it could not be seen is a fact of its own. */
function unseenEvent(unseen: Unseen, context: OcsfContext): object {
  const check = unseen.check === null ? undefined : context.checks.get(unseen.check);
  const uid = sha256(`not-seen|${unseen.uid}`).slice(0, 16);
  const details = unseen.reasons.slice(0, mostReasons);
  const id = unseen.check ?? 'afterleak/not-seen';
  return {
    ...eventBase('compliance', 'create'),
    ...ocsfSeverities[check?.severity ?? 'high'],
    ...(unseen.accepted ? { status_id: 3, status: 'Suppressed' } : { status_id: 0, status: 'Unknown' }),
    status_detail: value(unseen.reasons.join('; ')),
    status_code: unseen.state,
    time: context.time,
    message: value(`${unseen.title}: ${unseen.reasons.join('; ')}`),
    metadata: metadataOf(context, uid),
    cloud: cloudOf(context, unseen.accountId, unseen.region),
    finding_info: {
      uid,
      title: value(unseen.title),
      desc: value(unseen.reasons.join('; ')),
      types: ['not-seen'],
      analytic: analyticOf(id, check, context.result.tool.version),
      last_seen_time: context.time,
    },
    ...complianceOf(id, check, { status_id: 0, status: 'Unknown', details }),
    ...(unseen.units.length === 0
      ? {}
      : {
          resources: unseen.units
            .slice(0, mostUnits)
            .map((unit) => ({ uid: value(unit), type: 'scope-unit' })),
        }),
    unmapped: {
      decision: 'not-seen',
      state: unseen.state,
      units: unseen.units.length,
      reasons: unseen.reasons.length,
    },
  };
}

function only(values: readonly (string | undefined)[]): string | null {
  const [first, ...others] = new Set(values);
  return others.length === 0 ? (first ?? null) : null;
}

const titles = {
  unevaluated: 'Not evaluated',
  error: 'The check broke',
  manual: 'A person must look',
  partial: 'Not seen completely',
} as const satisfies Record<OpenQuestion['state'], string>;

export function questionEvent(question: OpenQuestion, context: OcsfContext): object {
  const units = question.units.map(({ accountId, region }) =>
    [accountId ?? 'organization', ...(region === undefined ? [] : [region])].join('/'),
  );
  const title = context.checks.get(question.check)?.title ?? question.check;
  return unseenEvent(
    {
      uid: `${question.check}|${question.state}|${units.join(',')}|${question.reasons.join('|')}`,
      title: `${titles[question.state]}: ${title}`,
      reasons: question.reasons,
      check: question.check,
      accountId: only(question.units.map(({ accountId }) => accountId)),
      region: only(question.units.map(({ region }) => region)),
      accepted: question.accepted,
      state: question.state,
      units,
    },
    context,
  );
}

export function gapEvent(gap: ResultGap, context: OcsfContext): object {
  const [account = '', region] = gap.unit.split('/');
  return unseenEvent(
    {
      uid: `gap|${gapSentence(gap)}`,
      title: `Gap: ${gap.operation}`,
      reasons: [gapSentence(gap)],
      check: null,
      accountId: /^\d{12}$/.test(account) ? account : null,
      region: region ?? null,
      accepted: gap.accepted,
      state: 'gap',
      units: [gap.unit],
    },
    context,
  );
}

export function notSeenEvent({ code, text, accountId }: NotSeen, context: OcsfContext): object {
  return unseenEvent(
    {
      uid: `${code}|${text}`,
      title: 'Out of sight',
      reasons: [text],
      check: null,
      accountId,
      region: null,
      accepted: false,
      state: code,
      units: [],
    },
    context,
  );
}

type History = NonNullable<AuditResult['history']>;

/** A finding of the earlier run: proved to be gone, or not to be told. */
export function earlierEvent(
  earlier: History['resolved'][number] | History['cannotTell'][number],
  context: OcsfContext,
): object {
  const why = 'why' in earlier ? earlier.why : null;
  const check = context.checks.get(earlier.check);
  const kind = check?.kind === 'hardening' ? 'compliance' : 'detection';
  const { subject } = earlier;
  return {
    ...eventBase(kind, why === null ? 'close' : 'update'),
    ...(check === undefined ? { severity_id: 0, severity: 'Unknown' } : ocsfSeverities[check.severity]),
    ...(why === null
      ? {
          status_id: 4,
          status: 'Resolved',
          status_detail: 'looked for over complete evidence, and not there',
        }
      : { status_id: 0, status: 'Unknown', status_detail: value(why) }),
    time: context.time,
    message: value(earlier.title),
    metadata: metadataOf(context, earlier.fingerprint),
    cloud: cloudOf(context, subject.accountId, subject.region),
    finding_info: {
      uid: value(earlier.fingerprint),
      title: value(earlier.title),
      analytic: analyticOf(earlier.check, check, context.result.tool.version),
    },
    ...(kind === 'compliance'
      ? complianceOf(earlier.check, check, {
          status_id: why === null ? 1 : 0,
          status: why === null ? 'Pass' : 'Unknown',
          details: why === null ? [] : [why],
        })
      : {}),
    resources: [
      {
        uid: value(subject.arn),
        ...(subject.name === '' ? {} : { name: value(subject.name) }),
        type: value(subject.type),
        cloud_partition: value(context.result.partition),
      },
    ],
    unmapped: {
      decision: why === null ? 'resolved' : 'not-seen',
      history: why === null ? 'resolved' : 'cannot-tell',
    },
  };
}
