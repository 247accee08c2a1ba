import type { Baseline, BaselineEntry } from '../../model/baseline.ts';
import { type BaselineType, baselineType, placeOfId } from '../../model/baseline-types.ts';
import type { ResourceFact } from '../../model/evidence/derived.ts';
import { type EvidenceKey, evidenceScopes } from '../../model/evidence-catalog.ts';
import type { EvidenceManifest, SweptAccount } from '../../model/evidence-manifest.ts';
import type { Gap } from '../../model/gap.ts';
import { gapsOf } from '../../model/observation.ts';
import { accountUnit, type ScopeUnit } from '../../model/scope.ts';
import type { ObservationIndex } from '../observation-index.ts';
import { ownResourceFacts, resourceKeyOf } from '../resource-facts.ts';

/**
 * How one expected thing stands. `moved`: its unique id exists under another ARN · `not-told`: this run did not look
 * there on purpose, or nothing can be said of its kind · `not-seen`: it looked and could not see.
 */
export type ExpectedStanding =
  | { readonly state: 'there'; readonly asOf: string }
  | { readonly state: 'gone'; readonly asOf: string }
  | { readonly state: 'moved'; readonly to: string }
  | { readonly state: 'not-told'; readonly why: string }
  | { readonly state: 'not-seen'; readonly gaps: readonly Gap[] };

interface Listing {
  readonly unit: ScopeUnit;
  readonly gaps: readonly Gap[];
  readonly asOf: string | null;
}

/** Remembers, unit by unit, what exists and which lists were seen in full. */
export interface ExpectedThings {
  add(index: ObservationIndex, unit: ScopeUnit): void;
  standing(entry: BaselineEntry): ExpectedStanding;
}

function nameOf(type: string, id: string): string {
  return `${type}\n${id}`;
}

const notInScope = 'the place where it lived is not in the scope of this run';

/** An id without an account may have lived in any: all of them must have been looked at. */
function everyAccountInScope({ accounts, ofAccounts }: EvidenceManifest): boolean {
  return accounts.every(({ inScope }) => inScope) && (ofAccounts === null || ofAccounts <= accounts.length);
}

function notSwept(account: SweptAccount, operation: EvidenceKey, partition: string): Listing {
  const unit = accountUnit(partition, account.accountId);
  const detail = account.reason ?? 'the account was not swept';
  return {
    unit,
    gaps: [{ reason: 'not-collected', operation, unit, detail, retryable: true }],
    asOf: null,
  };
}

/** @param types Types of the reviewed entries: only what they need is remembered. */
export function createExpectedThings(manifest: EvidenceManifest, types: readonly string[]): ExpectedThings {
  const known = types.flatMap((name) => baselineType(name) ?? []);
  const keys = [...new Set<EvidenceKey>(known.map(({ listedIn }) => listedIn))];
  const wanted = new Set(types);
  /** Name to when it was seen. */
  const present = new Map<string, string>();
  const byUniqueId = new Map<string, string>();
  const listings = new Map<EvidenceKey, Listing[]>();

  const remember = (fact: ResourceFact, asOf: string): void => {
    if (wanted.has(fact.type)) {
      present.set(nameOf(fact.type, fact.arn), asOf);
      if (fact.uniqueId !== null) {
        byUniqueId.set(nameOf(fact.type, fact.uniqueId), fact.arn);
      }
    }
  };

  /** Null = this run cannot tell on purpose; else every list that had to show the thing. */
  const placesOf = (id: string, type: BaselineType): readonly Listing[] | null => {
    const scope = evidenceScopes[type.listedIn];
    const { accountId, region } = placeOfId(id);
    const all = listings.get(type.listedIn) ?? [];
    if (scope === 'organization') {
      return all.length === 0 ? null : all;
    }
    if (accountId === null && !everyAccountInScope(manifest)) {
      return null;
    }
    const accounts = manifest.accounts.filter((one) => accountId === null || one.accountId === accountId);
    // A region that is switched off hides what lies in it: that is not the same as gone.
    const hidden = accounts.some(
      (one) => scope === 'region' && one.swept && (region === null || !one.regions.includes(region)),
    );
    const own = all.filter(
      ({ unit }) =>
        (accountId === null || unit.accountId === accountId) &&
        (scope !== 'region' || region === null || unit.region === region),
    );
    // An account that could not be entered has no regions to look at: that is a gap of its own.
    const refused = accounts
      .filter(({ inScope, swept }) => scope === 'region' && inScope && !swept)
      .map((one) => notSwept(one, type.listedIn, manifest.partition));
    const places = [...own, ...refused];
    return hidden || places.length === 0 ? null : places;
  };

  /** What is in the scope could not be found out, and the account is not among what was. */
  const scopeUnseen = (id: string): boolean => {
    const { accountId } = placeOfId(id);
    const listed = manifest.accounts.some((account) => account.accountId === accountId);
    return manifest.gaps.length > 0 && !listed;
  };

  return {
    add(index, unit) {
      const resources = index.lookup(resourceKeyOf(unit), unit);
      for (const fact of ownResourceFacts(index, unit)) {
        remember(fact, resources.state === 'missing' ? manifest.asOf : resources.asOf);
      }
      for (const key of keys.filter((one) => evidenceScopes[one] === unit.kind)) {
        const observation = index.lookup(key, unit);
        const list = listings.get(key) ?? [];
        list.push({
          unit,
          gaps: gapsOf(observation),
          asOf: observation.state === 'missing' ? null : observation.asOf,
        });
        listings.set(key, list);
      }
    },
    standing({ type: name, id, uniqueId }) {
      const seenAt = present.get(nameOf(name, id));
      if (seenAt !== undefined) {
        return { state: 'there', asOf: seenAt };
      }
      const type = baselineType(name);
      if (type === null || type.ends === 'lapses') {
        return { state: 'not-told', why: 'its absence says nothing' };
      }
      if (!Object.hasOwn(manifest.keys, type.listedIn)) {
        return { state: 'not-told', why: `${type.listedIn} was not collected in this run` };
      }
      const to = uniqueId === null ? undefined : byUniqueId.get(nameOf(name, uniqueId));
      if (to !== undefined) {
        return { state: 'moved', to };
      }
      const places = placesOf(id, type);
      if (places === null) {
        return scopeUnseen(id)
          ? { state: 'not-seen', gaps: manifest.gaps }
          : { state: 'not-told', why: notInScope };
      }
      const gaps = places.flatMap((place) => place.gaps);
      const times = places.flatMap(({ asOf }) => asOf ?? []).sort();
      return gaps.length > 0
        ? { state: 'not-seen', gaps }
        : { state: 'gone', asOf: times[0] ?? manifest.asOf };
    },
  };
}

/** What the reviewed entries of a baseline need; null without a baseline. */
export function expectedOf(
  baseline: Baseline | null,
  manifest: EvidenceManifest,
): { readonly types: readonly string[]; readonly things: ExpectedThings } | null {
  if (baseline === null) {
    return null;
  }
  const reviewed = baseline.expected.filter(({ reviewedBy }) => reviewedBy !== null);
  const types = [...new Set(reviewed.map(({ type }) => type))].sort();
  return { types, things: createExpectedThings(manifest, types) };
}
