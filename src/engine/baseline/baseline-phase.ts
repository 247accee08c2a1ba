import type { ResultFinding, ResultGap, ResultRow } from '../../model/audit-result.ts';
import type { BaselineEntry } from '../../model/baseline.ts';
import { type BaselineType, baselineType, placeOfId } from '../../model/baseline-types.ts';
import type { BaselineView } from '../../model/check.ts';
import { evidenceScopes } from '../../model/evidence-catalog.ts';
import type { Signal } from '../../model/finding.ts';
import type { Gap } from '../../model/gap.ts';
import { unitName } from '../../model/scope.ts';
import { attribute, decide } from '../attribution.ts';
import { type Acceptance, resultGap } from '../exceptions.ts';
import { fingerprintText } from '../fingerprint.ts';
import type { LineageIndex } from '../lineage/lineage-proof.ts';
import type { ExpectedStanding, ExpectedThings } from './expected-things.ts';
import { missingResource } from './missing-resource.ts';

export interface BaselinePhase {
  readonly rows: readonly ResultRow[];
  readonly findings: readonly ResultFinding[];
}

interface Surroundings {
  readonly baseline: BaselineView;
  readonly things: ExpectedThings;
  /** Findings of the checks: what one of them reports is not reported again. */
  readonly findings: readonly ResultFinding[];
  readonly lineage: LineageIndex | null;
  readonly acceptance: Acceptance;
}

interface Judged {
  readonly entry: BaselineEntry;
  readonly type: BaselineType;
  readonly standing: ExpectedStanding;
}

type Absent = Extract<ExpectedStanding, { state: 'gone' | 'moved' }>;

/** Where its absence is told: the account that held it, else the organization. */
function accountOf({ entry, type }: Pick<Judged, 'entry' | 'type'>): string | null {
  return evidenceScopes[type.listedIn] === 'organization' ? null : placeOfId(entry.id).accountId;
}

function nameOf({ id, type }: BaselineEntry): string {
  return type === 'trusted-service' ? id : (id.split(/[/:]/).at(-1) ?? id);
}

/** Service-linked roles come and go with the service that keeps them. */
function isServiceLinked({ id }: BaselineEntry): boolean {
  return /:role\/aws-(?:service-role|reserved)\//.test(id);
}

function wordingOf({ entry, type }: Judged, standing: Absent, capturedAt: string) {
  const held = `The ${entry.type} ${entry.id}, which the baseline of ${capturedAt} holds`;
  const owner = entry.owner === null ? '' : ` Its owner: ${entry.owner}.`;
  if (standing.state === 'moved') {
    return {
      messageId: 'moved',
      kind: 'tampering',
      severity: 'medium',
      message: `${held}, is now ${standing.to}: it was renamed or moved.${owner}`,
    } as const;
  }
  if (type.ends === 'credential') {
    return {
      messageId: 'ended',
      kind: 'hardening',
      severity: 'info',
      message: `${held}, has ended. Take its entry out of the baseline.${owner}`,
    } as const;
  }
  return {
    messageId: 'gone',
    kind: 'tampering',
    severity: isServiceLinked(entry) ? 'low' : type.gone,
    message: `${held}, does not exist.${owner}`,
  } as const;
}

function findingFor(judged: Judged, standing: Absent, { baseline, lineage }: Surroundings): ResultFinding {
  const { entry, type } = judged;
  const { messageId, kind, severity, message } = wordingOf(judged, standing, baseline.capturedAt);
  const place = placeOfId(entry.id);
  const subject = {
    arn: entry.id,
    ...(entry.uniqueId === null ? {} : { uniqueId: entry.uniqueId }),
    type: entry.type,
    name: nameOf(entry),
  };
  const proof = lineage?.proofOf(subject, place.accountId, true) ?? null;
  const gone: Signal = {
    code: 'changed-since-baseline',
    fact: standing.state === 'moved' ? `its unique id now belongs to ${standing.to}` : 'it is gone',
    source: 'baseline',
  };
  const signals = [...(messageId === 'ended' ? [] : [gone]), ...(proof?.signals ?? [])];
  const attribution = attribute(signals, null, null, null);
  const asOf = standing.state === 'gone' ? standing.asOf : null;
  const scope = evidenceScopes[type.listedIn];
  return {
    fingerprint: fingerprintText(missingResource.id, messageId, entry.id, entry.uniqueId ?? ''),
    check: missingResource.id,
    messageId,
    kind,
    severity,
    title: missingResource.failureTitle,
    message,
    subject: { ...subject, ...place },
    signals: signals.map((signal) => ({ ...signal })),
    attribution,
    decision: messageId === 'ended' ? 'harden' : decide(kind, attribution, signals, severity),
    provenance: [...(proof?.provenance ?? [])],
    survivesKeyRevocation: null,
    evidence:
      asOf === null
        ? []
        : [
            {
              key: type.listedIn,
              accountId: scope === 'organization' ? null : place.accountId,
              region: scope === 'region' ? place.region : null,
              pointer: '',
              asOf,
            },
          ],
    planSteps: [],
    history: null,
  };
}

function distinctGaps(gaps: readonly Gap[], acceptance: Acceptance): ResultGap[] {
  const told = gaps.map(({ unit, ...gap }) => resultGap({ ...gap, unit: unitName(unit) }, acceptance));
  return [...new Map(told.map((gap) => [JSON.stringify(gap), gap])).values()];
}

function reasonOf(judged: readonly Judged[]): string {
  const why = judged.flatMap(({ standing }) => (standing.state === 'not-told' ? standing.why : []));
  return `${why.length} reviewed entries were not looked for: ${[...new Set(why)].sort().join('; ')}`;
}

function oldest(judged: readonly Judged[]): string | undefined {
  return judged.flatMap(({ standing }) => ('asOf' in standing ? standing.asOf : [])).sort()[0];
}

function rowOf(
  accountId: string | null,
  judged: readonly Judged[],
  findings: readonly ResultFinding[],
  acceptance: Acceptance,
): ResultRow {
  const untold = judged.filter(({ standing }) => standing.state === 'not-told');
  const gaps = distinctGaps(
    judged.flatMap(({ standing }) => (standing.state === 'not-seen' ? standing.gaps : [])),
    acceptance,
  );
  const asOf = oldest(judged);
  const row = {
    check: missingResource.id,
    units: [accountId === null ? {} : { accountId }],
    findings: findings.map(({ fingerprint }) => fingerprint),
    ...(asOf === undefined ? {} : { evidenceAsOf: asOf }),
    ...(untold.length === 0 ? {} : { reason: reasonOf(untold) }),
  };
  const examined = judged.length - untold.length;
  if (findings.length > 0) {
    return { ...row, outcome: 'fail', examined, ...(gaps.length === 0 ? {} : { gaps }) };
  }
  if (gaps.length > 0) {
    return { ...row, outcome: 'unevaluated', gaps };
  }
  return examined === 0 ? { ...row, outcome: 'not-applicable' } : { ...row, outcome: 'pass', examined };
}

/** Compares the reviewed entries of the baseline with what exists; runs after the checks. */
export function runBaselinePhase(types: readonly string[], around: Surroundings): BaselinePhase {
  const { baseline, things, findings, acceptance } = around;
  const reported = new Set(
    findings
      .filter(({ kind }) => kind === 'tampering')
      .map(({ subject }) => `${subject.type}\n${subject.arn}`),
  );
  const judged = types.flatMap((name) => {
    const type = baselineType(name);
    return type === null
      ? []
      : baseline.ofType(name).map((entry) => ({ entry, type, standing: things.standing(entry) }));
  });
  if (judged.length === 0) {
    const reason = 'No entry of the baseline is reviewed.';
    const row = {
      check: missingResource.id,
      outcome: 'not-applicable',
      units: [{}],
      reason,
      findings: [],
    } as const;
    return { rows: [{ ...row, units: [{}], findings: [] }], findings: [] };
  }
  const byAccount = new Map<string | null, Judged[]>();
  for (const one of judged) {
    const own = byAccount.get(accountOf(one)) ?? [];
    own.push(one);
    byAccount.set(accountOf(one), own);
  }
  const parts = [...byAccount]
    .sort(([left], [right]) => ((left ?? '') < (right ?? '') ? -1 : 1))
    .map(([accountId, own]) => {
      const absent = own.flatMap((one) => {
        const { standing, entry } = one;
        const isAbsent = standing.state === 'gone' || standing.state === 'moved';
        return isAbsent && !reported.has(`${entry.type}\n${entry.id}`)
          ? [findingFor(one, standing, around)]
          : [];
      });
      const told = absent.map((finding) => {
        const exception = acceptance.forFinding(finding.check, finding.subject.arn);
        return exception == null ? finding : { ...finding, exception };
      });
      return { row: rowOf(accountId, own, told, acceptance), findings: told };
    });
  return { rows: parts.map(({ row }) => row), findings: parts.flatMap((part) => part.findings) };
}
