import type { ResultCheck, ResultFinding, ResultRow } from '../../model/audit-result.ts';
import type { LineageEvent, LineageNode } from '../../model/lineage.ts';
import type { TraceResult } from '../../model/trace-result.ts';
import type { Acceptance } from '../exceptions.ts';
import { fingerprintText } from '../fingerprint.ts';
import { changedSetting, changedSettingFindings } from './changed-settings.ts';
import type { ExistingThings } from './existing-things.ts';
import type { LineageIndex } from './lineage-proof.ts';

/**
 * The second, named phase: what the incident made and did not delete, and that no check reported. It is a finding of
 * its own, so that nothing proved is lost because no check looks at its kind.
 */
export const unreportedResource: ResultCheck = {
  id: 'lineage/unreported-resource',
  title: 'Everything that the incident made is reported by a check',
  failureTitle: 'Made by the incident, reported by no check',
  description:
    'CloudTrail shows that a session of the incident made this and shows no deletion. No check of the catalogue looks at its kind, or the evidence does not hold it. It is listed so that nothing proved is lost.',
  kind: 'residue',
  severity: 'high',
  scope: 'organization',
  population: 'things made by the incident',
  requires: [],
  remediation: {
    actions: [],
    why: 'What an intruder made has no place in the account.',
    cautions: ['Look at it before it is removed: the evidence may show more than the event does.'],
  },
  frameworks: { 'NIST CSF 2.0': ['RS.AN-03'] },
  techniques: [],
  references: [],
};

/** Sessions end by themselves and are listed with the lineage; what stays is what was made. */
function remains(node: LineageNode): boolean {
  return node.intruderMade && !node.deleted && node.standing === 'tainted' && node.kind !== 'session';
}

function findingFor(node: LineageNode, events: readonly LineageEvent[]): ResultFinding {
  const [first] = events;
  const by = first === undefined ? '' : ` by ${first.actorArn} at ${first.eventTime}`;
  const fact = `made${by}${first === undefined ? '' : ` (${first.eventName}, event ${first.eventId})`}`;
  return {
    fingerprint: fingerprintText(unreportedResource.id, 'made', node.arn ?? node.id, ''),
    check: unreportedResource.id,
    messageId: 'made',
    kind: unreportedResource.kind,
    severity: unreportedResource.severity,
    title: unreportedResource.failureTitle,
    message: `The ${node.type} ${node.label} was made${by}; no check reports it and no event deletes it.`,
    subject: {
      arn: node.arn ?? node.id,
      ...(node.uniqueId === null ? {} : { uniqueId: node.uniqueId }),
      type: node.type,
      accountId: node.accountId,
      region: node.region,
      name: node.label,
    },
    signals: [{ code: 'created-by-incident', fact, source: 'lineage' }],
    attribution: 'attributed',
    decision: 'eradicate',
    provenance: events
      .slice(0, 5)
      .map(({ eventId, eventTime, eventName, actorArn, accessKeyId, sourceIp }) => ({
        eventId,
        eventTime,
        eventName,
        actorArn,
        accessKeyId,
        sourceIp,
      })),
    survivesKeyRevocation: node.survivesKeyRevocation,
    evidence: [],
    planSteps: [],
    history: null,
  };
}

export interface LineagePhase {
  readonly rows: readonly ResultRow[];
  readonly findings: readonly ResultFinding[];
  /** Made by the incident, but neither deleted by an event nor in the evidence any more. */
  readonly alreadyGone: readonly LineageNode[];
}

/**
 * Compares the lineage with what was found and with what exists. Only what the evidence would show can be called gone.
 */
export function runLineagePhase(
  index: LineageIndex,
  findings: readonly ResultFinding[],
  things: ExistingThings,
  trace: TraceResult,
  acceptance: Acceptance | null = null,
): LineagePhase {
  const reported = new Set(
    findings.flatMap(({ subject }) => index.nodesFor(subject, subject.accountId).map(({ id }) => id)),
  );
  const made = index.lineage.nodes.filter(remains).filter((node) => !reported.has(node.id));
  const gone = made.filter((node) => things.wouldShow(node) && !things.exists(node));
  const unreported = made.filter((node) => !gone.includes(node));
  const built = unreported.map((node) => findingFor(node, index.eventsOf(node)));
  const settings = changedSettingFindings(trace);
  const examined = index.lineage.nodes.filter(remains).length;
  return {
    rows: [
      rowOf(unreportedResource.id, built, examined, trace, acceptance),
      rowOf(changedSetting.id, settings, trace.settings.length, trace, acceptance),
    ],
    findings: [...built, ...settings],
    alreadyGone: gone,
  };
}

/** Over a trail with holes nothing passes: what was done in them is not known. */
function rowOf(
  check: string,
  findings: readonly ResultFinding[],
  examined: number,
  trace: TraceResult,
  acceptance: Acceptance | null,
): ResultRow {
  const row = { check, units: [{}], findings: findings.map(({ fingerprint }) => fingerprint) };
  const holes = trace.coverage.flatMap((one) => one.holes).length;
  if (findings.length > 0) {
    return { ...row, outcome: 'fail', examined };
  }
  if (trace.gaps.length === 0 && holes === 0 && trace.coverage.length > 0) {
    return { ...row, outcome: 'pass', examined };
  }
  const detail = `the trail has ${holes} hole(s) and ${trace.gaps.length} gap(s): what was done in them is not known`;
  const gap = {
    reason: 'not-collected',
    operation: 'cloudtrail:events',
    unit: 'organization',
    detail,
    retryable: false,
    accepted: acceptance?.acceptsGap('cloudtrail:events', 'organization') ?? false,
  } as const;
  return { ...row, outcome: 'unevaluated', gaps: [gap] };
}
