import type { LineageNode } from '../../model/lineage.ts';
import type { ScopeUnit } from '../../model/scope.ts';
import type { ObservationIndex } from '../observation-index.ts';
import { ownResourceFacts, resourceKeyOf } from '../resource-facts.ts';
import { placeless } from './lineage-lookup.ts';

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

/** Kinds that carry a unique id in the evidence. */
const withIds: ReadonlySet<string> = new Set(['iam-group', 'iam-policy', 'iam-role', 'iam-user']);

/** IAM paths are not in every event: type, account and name tell a thing just as well. */
function nameOf(type: string, accountId: string | null, name: string): string {
  return `${type} ${placeless(type) ? '' : (accountId ?? '')} ${name.toLowerCase()}`;
}

/** Kinds that only the organization's own unit lists: an account that was seen in full says nothing of them. */
function inOrganization(type: string): boolean {
  return placeless(type) || type === 'permission-set';
}

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
        names.add(nameOf(fact.type, fact.accountId, fact.name));
        if (fact.uniqueId !== null) {
          names.add(fact.uniqueId);
        }
      }
      const place = unit.accountId ?? 'organization';
      seen.add(place);
      if (index.lookup(resourceKeyOf(unit), unit).state !== 'complete') {
        partial.add(place);
      }
    },
    exists(node) {
      const told = [node.arn, node.id, nameOf(node.type, node.accountId, node.label)];
      const found = told.some((name) => name !== null && names.has(name));
      // A re-created namesake is another thing: the one the incident made is gone.
      return node.uniqueId === null ? found : names.has(node.uniqueId) || (found && !withIds.has(node.type));
    },
    wouldShow(node) {
      const place = inOrganization(node.type) ? 'organization' : (node.accountId ?? 'organization');
      const whole = seen.has(place) && !partial.has(place) && !partial.has('organization');
      return listedTypes.has(node.type) && whole;
    },
  };
}
