import type { AnyDerivation, DerivationContext } from '../model/derivation.ts';
import { type EvidenceKey, evidenceScopes } from '../model/evidence-catalog.ts';
import type { StoredObservation } from '../model/evidence-manifest.ts';
import { type Gap, isNonEmpty } from '../model/gap.ts';
import { gapsOf, type Observation, observed } from '../model/observation.ts';
import { accountUnit, organizationUnit, type ScopeUnit, unitName } from '../model/scope.ts';

/** Finds the observation of a key for a unit: its own, or that of the unit that encloses it. Derives on demand. */
export interface ObservationIndex {
  lookup(key: EvidenceKey, unit: ScopeUnit): Observation<unknown>;
}

function enclosing(key: EvidenceKey, unit: ScopeUnit): ScopeUnit | null {
  const scope = evidenceScopes[key];
  if (scope === unit.kind) {
    return unit;
  }
  if (scope === 'organization') {
    return organizationUnit(unit.partition);
  }
  return scope === 'account' && unit.accountId !== null ? accountUnit(unit.partition, unit.accountId) : null;
}

function notCollected(key: EvidenceKey, unit: ScopeUnit, reason: string | null): Gap {
  return {
    reason: 'not-collected',
    operation: key,
    unit,
    detail: reason ?? `${key} was not collected for ${unitName(unit)}`,
    retryable: true,
  };
}

type Lookup = (key: EvidenceKey) => Observation<unknown>;

function oldest(observations: readonly Observation<unknown>[], fallback: string): string {
  const times = observations.flatMap((one) => (one.state === 'missing' ? [] : [one.asOf])).sort();
  return times[0] ?? fallback;
}

function derive(
  derivation: AnyDerivation,
  lookup: Lookup,
  context: DerivationContext,
  asOf: string,
): Observation<unknown> {
  const inputs = derivation.inputs.map((key) => ({ key, observation: lookup(key) }));
  const optional = (derivation.optional ?? []).map((key) => ({ key, observation: lookup(key) }));
  const missingGaps = inputs.flatMap(({ observation }) =>
    observation.state === 'missing' ? observation.gaps : [],
  );
  if (isNonEmpty(missingGaps)) {
    return { state: 'missing', gaps: missingGaps };
  }
  const ignorable = new Set<EvidenceKey>(derivation.ignorable ?? []);
  const gaps = [...inputs, ...optional].flatMap(({ key, observation }) =>
    ignorable.has(key) ? [] : gapsOf(observation),
  );
  const evidence = Object.fromEntries(
    [...inputs, ...optional].map(({ key, observation }) => [
      key,
      observation.state === 'missing' ? null : observation.value,
    ]),
  );
  const value = derivation.compute(evidence, { ...context, gapsOf: (key) => gapsOf(lookup(key)) });
  const seen = [...inputs, ...optional].map(({ observation }) => observation);
  return observed(value, gaps, oldest(seen, asOf), []);
}

function derivationFailed(key: EvidenceKey, unit: ScopeUnit, error: unknown): Observation<unknown> {
  const text = error instanceof Error ? error.message : String(error);
  const gap: Gap = {
    reason: 'error',
    operation: key,
    unit,
    detail: `deriving ${key} failed: ${text}`,
    retryable: false,
  };
  return { state: 'missing', gaps: [gap] };
}

/**
 * Indexes the observations of the organization and of one account. A fact that nobody collected is a gap; a
 * derivation is computed once per unit and is as good as the worst of its inputs. Organization facts come from
 * `organization`, where given, so that they are derived once and not once per account; `absence` says why
 * nothing at all was collected here.
 */
export function indexObservations(
  stored: readonly StoredObservation[],
  derivations: readonly AnyDerivation[],
  contextFor: (unit: ScopeUnit) => DerivationContext,
  asOf: string,
  organization?: ObservationIndex,
  absence: string | null = null,
): ObservationIndex {
  const byName = new Map<string, Observation<unknown>>(
    stored.map(({ key, unit, observation }) => [`${unitName(unit)} ${key}`, observation] as const),
  );
  const derivationOf = new Map<EvidenceKey, AnyDerivation>(derivations.map((one) => [one.key, one]));

  const lookup = (key: EvidenceKey, unit: ScopeUnit): Observation<unknown> => {
    const home = enclosing(key, unit);
    if (home === null) {
      return { state: 'missing', gaps: [notCollected(key, unit, absence)] };
    }
    if (home.kind === 'organization' && organization !== undefined) {
      return organization.lookup(key, home);
    }
    const name = `${unitName(home)} ${key}`;
    const known = byName.get(name);
    if (known !== undefined) {
      return known;
    }
    const derivation = derivationOf.get(key);
    if (derivation === undefined) {
      return { state: 'missing', gaps: [notCollected(key, home, absence)] };
    }
    let result: Observation<unknown>;
    try {
      result = derive(derivation, (input) => lookup(input, home), contextFor(home), asOf);
    } catch (error) {
      result = derivationFailed(key, home, error);
    }
    byName.set(name, result);
    return result;
  };
  return { lookup };
}
