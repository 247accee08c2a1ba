import { derivations } from '../../../../src/derive/index.ts';
import { indexObservations } from '../../../../src/engine/observation-index.ts';
import type { Dependents } from '../../../../src/model/dependents.ts';
import type { ResourceFact } from '../../../../src/model/evidence/derived.ts';
import type { CollectedEvidence, EvidenceKey } from '../../../../src/model/evidence-catalog.ts';
import { evidenceScopes } from '../../../../src/model/evidence-catalog.ts';
import type { StoredObservation } from '../../../../src/model/evidence-manifest.ts';
import type { Gap } from '../../../../src/model/gap.ts';
import { observed } from '../../../../src/model/observation.ts';
import { accountUnit, organizationUnit, regionUnit, type ScopeUnit } from '../../../../src/model/scope.ts';

export const accountId = '111122223333';
export const asOf = '2026-11-04T00:00:00.000Z';
const units = {
  organization: organizationUnit('aws'),
  account: accountUnit('aws', accountId),
  region: regionUnit('aws', accountId, 'us-east-1'),
} as const satisfies Record<ScopeUnit['kind'], ScopeUnit>;

export type World = Partial<CollectedEvidence>;
export type WorldKey = keyof CollectedEvidence;
/** How each fact was seen; complete where nothing is said. */
export type Sight = Partial<Record<WorldKey, 'missing' | readonly Omit<Gap, 'unit'>[]>>;

export const refused = (operation: string, resource?: string): Omit<Gap, 'unit'> => ({
  reason: 'access-denied',
  operation,
  detail: 'refused',
  retryable: false,
  ...(resource === undefined ? {} : { resource }),
});

function isWorldKey(key: string): key is WorldKey {
  return Object.hasOwn(evidenceScopes, key);
}

function stored(world: World, sight: Sight): readonly StoredObservation[] {
  return Object.keys(world)
    .filter(isWorldKey)
    .map((key) => {
      const unit = units[evidenceScopes[key]];
      const seen = sight[key];
      if (seen === 'missing') {
        const gap: Gap = { ...refused(`test:${key}`), unit };
        return { key, unit, observation: { state: 'missing', gaps: [gap] } };
      }
      const gaps = (seen ?? []).map((gap) => ({ ...gap, unit }));
      return { key, unit, observation: observed(world[key], gaps, asOf, []) };
    });
}

function isList(value: unknown): value is readonly never[] {
  return Array.isArray(value);
}

/** Derives as the engine does, with its knowledge of gaps. */
export function deriveIn(world: World, sight: Sight = {}) {
  const index = indexObservations(
    stored(world, sight),
    derivations,
    (unit) => ({
      unit,
      partition: 'aws',
      managementAccountId: accountId,
      organizationAccountIds: null,
      incident: null,
      baseline: null,
    }),
    asOf,
  );
  const read = (key: EvidenceKey, kind: ScopeUnit['kind']) => {
    const observation = index.lookup(key, units[kind]);
    return observation.state !== 'missing' && isList(observation.value) ? observation.value : null;
  };
  return {
    dependents: (kind: ScopeUnit['kind']): readonly Dependents[] | null => read(`dependents.${kind}`, kind),
    facts: (kind: ScopeUnit['kind']): readonly ResourceFact[] | null => read(`resources.${kind}`, kind),
  };
}
