import type { ResourceFact } from '../model/evidence/derived.ts';
import type { EvidenceCatalog, EvidenceKey } from '../model/evidence-catalog.ts';
import type { ScopeUnit } from '../model/scope.ts';
import type { ObservationIndex } from './observation-index.ts';

const keyOf = {
  organization: 'resources.organization',
  account: 'resources.account',
  region: 'resources.region',
} as const satisfies Record<ScopeUnit['kind'], EvidenceKey>;

/** The derivation that lists what a unit of this kind holds. */
export function resourceKeyOf(unit: ScopeUnit): EvidenceKey {
  return keyOf[unit.kind];
}

function isFactList(value: unknown): value is EvidenceCatalog['resources.account'] {
  return Array.isArray(value);
}

function factsAt(index: ObservationIndex, unit: ScopeUnit, kind: ScopeUnit['kind']): readonly ResourceFact[] {
  const observation = index.lookup(keyOf[kind], unit);
  return observation.state !== 'missing' && isFactList(observation.value) ? observation.value : [];
}

/** What the unit itself holds. */
export function ownResourceFacts(index: ObservationIndex, unit: ScopeUnit): readonly ResourceFact[] {
  return factsAt(index, unit, unit.kind);
}

/** By ARN, of the unit and of those that enclose it: a check may name a role it reached from a region. */
export function resourceFacts(index: ObservationIndex, unit: ScopeUnit): ReadonlyMap<string, ResourceFact> {
  const kinds: readonly ScopeUnit['kind'][] =
    unit.kind === 'region'
      ? ['organization', 'account', 'region']
      : unit.kind === 'account'
        ? ['organization', 'account']
        : ['organization'];
  return new Map(kinds.flatMap((kind) => factsAt(index, unit, kind)).map((fact) => [fact.arn, fact]));
}
