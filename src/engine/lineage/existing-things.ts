import type { LineageNode } from '../../model/lineage.ts';
import type { ScopeUnit } from '../../model/scope.ts';
import type { ObservationIndex } from '../observation-index.ts';
import { ownResourceFacts, resourceKeyOf } from '../resource-facts.ts';

/** Kinds of things that the evidence lists in full where it is complete: only of these absence can be said. */
const listedTypes: ReadonlySet<string> = new Set([
  'access-key',
  'directory-group',
  'directory-membership',
  'directory-user',
  'function-url',
  'http-api',
  'iam-group',
  'iam-policy',
  'iam-role',
  'iam-user',
  'lambda-function',
  'login-profile',
  'oidc-provider',
  'permission-set',
  'rest-api',
  'saml-provider',
  'service-specific-credential',
  'trail',
  'websocket-api',
]);

/** Remembers what exists, unit by unit, and where that list is whole. */
export interface ExistingThings {
  add(index: ObservationIndex, unit: ScopeUnit): void;
  exists(node: LineageNode): boolean;
  /** True only where the list of such things was seen in full: then what is not in it is gone. */
  wouldShow(node: LineageNode): boolean;
}

export function createExistingThings(): ExistingThings {
  const names = new Set<string>();
  const partial = new Set<string>();
  const seen = new Set<string>();
  return {
    add(index, unit) {
      for (const fact of ownResourceFacts(index, unit)) {
        names.add(fact.arn);
        if (fact.uniqueId !== null) {
          names.add(fact.uniqueId);
        }
        if (fact.type === 'access-key') {
          names.add(fact.name);
        }
      }
      const place = unit.accountId ?? 'organization';
      seen.add(place);
      if (index.lookup(resourceKeyOf(unit), unit).state !== 'complete') {
        partial.add(place);
      }
    },
    exists: (node) => [node.arn, node.uniqueId, node.id].some((name) => name !== null && names.has(name)),
    wouldShow(node) {
      const places = [node.accountId ?? 'organization', 'organization'];
      const known = places.some((place) => seen.has(place));
      return listedTypes.has(node.type) && known && !places.some((place) => partial.has(place));
    },
  };
}
