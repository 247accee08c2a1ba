import type { AuditResult, InventoryRow, ResultFinding, ResultRow } from '../model/audit-result.ts';
import type { AnyCheck, BaselineView, CheckContext } from '../model/check.ts';
import type { ResourceFact } from '../model/evidence/derived.ts';
import { evidenceScopes } from '../model/evidence-catalog.ts';
import type { Gap } from '../model/gap.ts';
import type { Incident } from '../model/incident.ts';
import type { Ownership } from '../model/ownership.ts';
import { type ScopeUnit, unitName } from '../model/scope.ts';
import type { CheckOptions } from './audit-input.ts';
import { buildFinding } from './build-finding.ts';
import type { CheckResult } from './check-result.ts';
import { evaluateCheck, type ObservationLookup } from './evaluate-check.ts';
import { type Acceptance, resultGap } from './exceptions.ts';
import { inventoryOf, recentSince } from './inventory.ts';
import type { LineageIndex } from './lineage/lineage-proof.ts';
import type { ObservationIndex } from './observation-index.ts';
import type { OrganizationFacts } from './organization-facts.ts';
import { isOwnTrace } from './own-traces.ts';
import { resourceFacts } from './resource-facts.ts';

export interface UnitJudge {
  readonly checks: readonly AnyCheck[];
  readonly asOf: string;
  readonly partition: string;
  readonly facts: OrganizationFacts;
  readonly incident: Incident | null;
  readonly baseline: BaselineView | null;
  readonly ownership: Ownership | null;
  readonly lineage: LineageIndex | null;
  readonly options: CheckOptions;
  readonly acceptance: Acceptance;
  readonly ownSessions: readonly string[];
  readonly organizationInScope: boolean;
}

export interface JudgedUnit {
  readonly rows: readonly ResultRow[];
  readonly findings: readonly ResultFinding[];
  readonly inventory: readonly InventoryRow[];
  readonly excluded: AuditResult['coverage']['ownTraces']['excludedFindings'];
}

function contextOf(judge: UnitJudge, check: AnyCheck, unit: ScopeUnit): CheckContext {
  const defaults = Object.entries(check.meta.options ?? {}).map(
    ([name, option]) => [name, option.default] as const,
  );
  return {
    asOf: judge.asOf,
    unit,
    partition: judge.partition,
    organizationId: judge.facts.organizationId,
    managementAccountId: judge.facts.managementAccountId,
    organizationAccountIds: judge.facts.organizationAccountIds,
    incident: judge.incident,
    baseline: judge.baseline,
    options: { ...Object.fromEntries(defaults), ...judge.options[check.meta.id] },
  };
}

const organizationOutOfScope: CheckResult = {
  outcome: 'not-applicable',
  reason: 'needs facts of the organization, which is not in scope of this run',
};

function needsOrganization({ meta }: AnyCheck): boolean {
  return meta.scope !== 'organization' && meta.requires.some((key) => evidenceScopes[key] === 'organization');
}

function unitOf(unit: ScopeUnit): ResultRow['units'][number] {
  return {
    ...(unit.accountId === null ? {} : { accountId: unit.accountId }),
    ...(unit.region === null ? {} : { region: unit.region }),
  };
}

/** Nothing can be proved of a time after the oldest fact that the check needs. */
function oldestRequired(check: AnyCheck, lookup: ObservationLookup): string | undefined {
  return check.meta.requires
    .flatMap((key) => {
      const observation = lookup(key);
      return observation.state === 'missing' ? [] : [observation.asOf];
    })
    .sort()[0];
}

function rowOf(
  check: AnyCheck,
  unit: ScopeUnit,
  result: CheckResult,
  fingerprints: readonly string[],
  acceptance: Acceptance,
  evidenceAsOf: string | undefined,
): ResultRow {
  const base = {
    check: check.meta.id,
    outcome: result.outcome,
    units: [unitOf(unit)],
    ...(evidenceAsOf === undefined ? {} : { evidenceAsOf }),
    findings: [...fingerprints],
  };
  const gaps = (list: readonly Gap[]) =>
    list.map(({ unit: where, ...gap }) => resultGap({ ...gap, unit: unitName(where) }, acceptance));
  switch (result.outcome) {
    case 'pass':
      return { ...base, examined: result.examined };
    case 'fail':
      return {
        ...base,
        ...(result.examined === null ? {} : { examined: result.examined }),
        ...(result.gaps.length === 0 ? {} : { gaps: gaps(result.gaps) }),
        ...(result.instructions === null ? {} : { instructions: result.instructions }),
      };
    case 'not-applicable':
      return { ...base, reason: result.reason };
    case 'manual':
      return { ...base, instructions: result.instructions, satisfied: acceptance.attested(check.meta.id) };
    case 'unevaluated':
      return { ...base, gaps: gaps(result.gaps) };
    case 'error':
      return { ...base, reason: result.message };
    default:
      return result satisfies never;
  }
}

/** Every check of the unit's scope, once; findings with signals, attribution and decision; the unit's inventory. */
export function judgeUnit(judge: UnitJudge, unit: ScopeUnit, index: ObservationIndex): JudgedUnit {
  const lookup: ObservationLookup = (key) => index.lookup(key, unit);
  const facts: ReadonlyMap<string, ResourceFact> = resourceFacts(index, unit);
  const sources = {
    incident: judge.incident,
    baseline: judge.baseline,
    organizationAccountIds: judge.facts.organizationAccountIds,
    ownership: judge.ownership,
    lineage: judge.lineage,
  };
  const rows: ResultRow[] = [];
  const findings: ResultFinding[] = [];
  const excluded: JudgedUnit['excluded'] = [];
  for (const check of judge.checks.filter(({ meta }) => meta.scope === unit.kind)) {
    const result =
      needsOrganization(check) && !judge.organizationInScope
        ? organizationOutOfScope
        : evaluateCheck(check, contextOf(judge, check, unit), lookup, judge.facts.unknown);
    const built =
      result.outcome === 'fail'
        ? result.sightings.map((sighting) =>
            buildFinding(check, sighting, unit, facts.get(sighting.subject.arn) ?? null, sources, lookup),
          )
        : [];
    const kept = built.filter((finding) => !isOwnTrace(finding, judge.ownSessions));
    for (const finding of built.filter((one) => isOwnTrace(one, judge.ownSessions))) {
      excluded.push({ check: finding.check, arn: finding.subject.arn, message: finding.message });
    }
    for (const finding of kept) {
      const exception = judge.acceptance.forFinding(finding.check, finding.subject.arn);
      findings.push(exception == null ? finding : { ...finding, exception });
    }
    rows.push(
      rowOf(
        check,
        unit,
        result,
        kept.map(({ fingerprint }) => fingerprint),
        judge.acceptance,
        oldestRequired(check, lookup),
      ),
    );
  }
  return {
    rows,
    findings,
    excluded,
    inventory: inventoryOf(index, unit, judge.baseline, recentSince(judge.incident, judge.asOf)),
  };
}
