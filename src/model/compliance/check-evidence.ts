import { isForWantOfBaseline } from '../applicability.ts';
import type { AuditResult, ResultCheck, ResultFinding, ResultRow } from '../audit-result.ts';

export interface LiveAttestation {
  readonly by: string;
  readonly at: string;
  readonly expires: string;
}

/** What one check looked at in a run, over all places, and what speaks against a full answer. */
export interface CheckEvidence {
  readonly id: string;
  readonly title: string;
  /** Empty for a check that was not run. */
  readonly population: string;
  /** How many of the population were looked at; null where nothing was counted. */
  readonly examined: number | null;
  /** Places with a result. */
  readonly places: number;
  /** Places that were answered: passed, or attested by a person. */
  readonly answered: number;
  /** Time of the oldest fact. */
  readonly evidenceAsOf: string | null;
  /** Fingerprints of findings that nobody accepted. */
  readonly open: readonly string[];
  /** Fingerprints of findings under a live exception. */
  readonly accepted: readonly string[];
  /** Why there is no full answer; empty = there is one, or the check applies nowhere. */
  readonly doubts: readonly string[];
  /** Why it does not apply, where it does not. */
  readonly notApplicable: readonly string[];
  readonly attestations: readonly LiveAttestation[];
  /** Options of its own, in words. */
  readonly options: readonly string[];
}

type Unit = ResultRow['units'][number];

function unitKey({ accountId, region }: Unit): string {
  return `${accountId ?? ''}/${region ?? ''}`;
}

/** Every place in which a check of a scope must have a result. */
function expectedPlaces({ scope, coverage }: AuditResult, of: ResultCheck['scope']): readonly string[] {
  if (of === 'organization') {
    return scope.organizationInScope ? [unitKey({})] : [];
  }
  if (of === 'account') {
    return scope.accounts.map((accountId) => unitKey({ accountId }));
  }
  const own = new Map(coverage.byAccount.map(({ accountId, regions }) => [accountId, regions]));
  return scope.accounts.flatMap((accountId) =>
    (own.get(accountId) ?? scope.regions).map((region) => unitKey({ accountId, region })),
  );
}

function places(count: number): string {
  return count === 1 ? '1 place' : `${count} places`;
}

function total(rows: readonly ResultRow[]): number {
  return rows.reduce((sum, row) => sum + row.units.length, 0);
}

function wantedOperations(rows: readonly ResultRow[]): string {
  const operations = [
    ...new Set(rows.flatMap(({ gaps = [] }) => gaps.map(({ operation }) => operation))),
  ].sort();
  const shown = operations.slice(0, 3).join(', ');
  return operations.length > 3 ? `${shown} and ${operations.length - 3} more` : shown;
}

/** The engine's own phases (what no check reports, the baseline, people's statements) have no evidence keys and no places. */
function isOfEngine({ requires }: ResultCheck): boolean {
  return requires.length === 0;
}

function doubtsOf(result: AuditResult, check: ResultCheck, rows: readonly ResultRow[]): readonly string[] {
  const by = (outcome: ResultRow['outcome']): readonly ResultRow[] =>
    rows.filter((row) => row.outcome === outcome);
  const seen = new Set(rows.flatMap(({ units }) => units.map(unitKey)));
  const missing = isOfEngine(check)
    ? []
    : expectedPlaces(result, check.scope).filter((place) => !seen.has(place));
  const noPlaceAtAll = rows.length === 0 && missing.length === 0 && mustHaveRows(result, check);
  const unanswered = by('manual').filter(({ satisfied }) => satisfied !== true);
  const incomplete = rows.filter(({ outcome, gaps = [] }) => outcome !== 'unevaluated' && gaps.length > 0);
  const wanting = by('not-applicable').filter(({ reason }) => isForWantOfBaseline(reason ?? ''));
  const asked = by('fail').filter(({ instructions }) => instructions !== undefined);
  const ownTraces = by('fail').filter(({ findings }) => findings.length === 0);
  return [
    ...(noPlaceAtAll ? ['it has no result'] : []),
    ...(missing.length === 0 ? [] : [`no result in ${places(missing.length)}`]),
    ...(by('unevaluated').length === 0
      ? []
      : [`not evaluated in ${places(total(by('unevaluated')))}: ${wantedOperations(by('unevaluated'))}`]),
    ...(incomplete.length === 0
      ? []
      : [`evidence incomplete in ${places(total(incomplete))}: ${wantedOperations(incomplete)}`]),
    ...(by('error').length === 0 ? [] : [`the check broke in ${places(total(by('error')))}`]),
    ...(unanswered.length === 0
      ? []
      : [`nobody has attested to it in ${places(total(unanswered))}, and no API shows it`]),
    ...(asked.length === 0 ? [] : ['a person has to look as well']),
    ...(wanting.length === 0 ? [] : ['there was no reviewed baseline to hold it against']),
    ...(ownTraces.length === 0
      ? []
      : [`what it found in ${places(total(ownTraces))} is about the sweep itself`]),
  ];
}

function mustHaveRows({ scope }: AuditResult, check: ResultCheck): boolean {
  return isOfEngine(check) || check.scope !== 'organization' || scope.organizationInScope;
}

function optionTexts({ optionsSet = {} }: ResultCheck): readonly string[] {
  return Object.entries(optionsSet).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
}

function attestationsOf(result: AuditResult, check: ResultCheck, rows: readonly ResultRow[]) {
  return rows.some(({ outcome, satisfied }) => outcome === 'manual' && satisfied === true)
    ? result.attestations
        .filter(({ control, status }) => control === check.id && status === 'live')
        .map(({ by, at, expires }) => ({ by, at, expires }))
    : [];
}

function evidenceOfCheck(
  result: AuditResult,
  check: ResultCheck,
  rows: readonly ResultRow[],
  findings: readonly ResultFinding[],
): CheckEvidence {
  const counted = rows.flatMap(({ examined }) => (examined === undefined ? [] : [examined]));
  const passed = rows.filter(({ outcome }) => outcome === 'pass');
  const attested = rows.filter(({ outcome, satisfied }) => outcome === 'manual' && satisfied === true);
  const reasons = rows.flatMap(({ outcome, reason }) =>
    outcome === 'not-applicable' && reason !== undefined && !isForWantOfBaseline(reason) ? [reason] : [],
  );
  return {
    id: check.id,
    title: check.title,
    population: check.population,
    examined: counted.length === 0 ? null : counted.reduce((sum, count) => sum + count, 0),
    places: total(rows),
    answered: total(passed) + total(attested),
    evidenceAsOf: rows.flatMap(({ evidenceAsOf }) => evidenceAsOf ?? []).sort()[0] ?? null,
    open: findings.filter(({ exception }) => exception === undefined).map(({ fingerprint }) => fingerprint),
    accepted: findings
      .filter(({ exception }) => exception !== undefined)
      .map(({ fingerprint }) => fingerprint),
    doubts: doubtsOf(result, check, rows),
    notApplicable: [...new Set(reasons)].sort(),
    attestations: attestationsOf(result, check, rows),
    options: optionTexts(check),
  };
}

function groupedByCheck<T extends { readonly check: string }>(items: readonly T[]): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.check);
    if (group === undefined) {
      groups.set(item.check, [item]);
    } else {
      group.push(item);
    }
  }
  return groups;
}

/** A check of the catalogue with what it is mapped to. */
export interface MappedEvidence {
  readonly evidence: CheckEvidence;
  readonly frameworks: Readonly<Record<string, readonly string[]>>;
  readonly techniques: readonly string[];
}

/** Every check of the run and every one that was left out, sorted by id. */
export function evidenceOfChecks(result: AuditResult): readonly MappedEvidence[] {
  const rows = groupedByCheck(result.results);
  const findings = groupedByCheck(result.findings);
  const run = result.checks.map((check) => ({
    evidence: evidenceOfCheck(result, check, rows.get(check.id) ?? [], findings.get(check.id) ?? []),
    frameworks: check.frameworks,
    techniques: check.techniques,
  }));
  const left = (result.checksNotRun ?? []).map(({ id, title, frameworks, techniques }) => ({
    evidence: {
      id,
      title,
      population: '',
      examined: null,
      places: 0,
      answered: 0,
      evidenceAsOf: null,
      open: [],
      accepted: [],
      doubts: ['it was left out of this run'],
      notApplicable: [],
      attestations: [],
      options: [],
    },
    frameworks,
    techniques,
  }));
  return [...run, ...left].sort((one, other) => (one.evidence.id < other.evidence.id ? -1 : 1));
}
