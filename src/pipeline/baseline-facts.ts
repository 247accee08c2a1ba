import type { SeenFact } from '../baseline/draft-baseline.ts';
import type { Absence } from '../baseline/update-baseline.ts';
import { derivations } from '../derive/index.ts';
import { createExpectedThings } from '../engine/baseline/expected-things.ts';
import { indexObservations, type ObservationIndex } from '../engine/observation-index.ts';
import { type OrganizationFacts, organizationFacts } from '../engine/organization-facts.ts';
import { ownResourceFacts, resourceKeyOf } from '../engine/resource-facts.ts';
import type { BaselineEntry } from '../model/baseline.ts';
import { baselineType, baselineTypeNames } from '../model/baseline-types.ts';
import type { ResourceFact } from '../model/evidence/derived.ts';
import type { EvidenceKey } from '../model/evidence-catalog.ts';
import type { EvidenceSource } from '../model/evidence-manifest.ts';
import { gapsOf } from '../model/observation.ts';
import { accountUnit, organizationUnit, regionUnit, type ScopeUnit, unitName } from '../model/scope.ts';

export interface BaselineFacts {
  readonly facts: readonly SeenFact[];
  readonly organization: OrganizationFacts;
  /** One line each: what could not be seen. */
  readonly notSeen: readonly string[];
  /** What became of an expected thing that no fact shows. */
  absenceOf(entry: BaselineEntry): Absence;
}

/** A digest over facts that were not seen in full would call the thing changed as soon as they are. */
function contentSeen(fact: ResourceFact, index: ObservationIndex, unit: ScopeUnit): boolean {
  const type = baselineType(fact.type);
  if (type === null || fact.contentSha256 === null) {
    return true;
  }
  const keys: readonly EvidenceKey[] = [type.listedIn, ...(type.contentFrom ?? [])];
  return keys.every((key) => index.lookup(key, unit).state === 'complete');
}

/** Reads every resource fact, account by account; the fact of the unit that owns a thing comes before others' views. */
export async function baselineFacts(evidence: EvidenceSource): Promise<BaselineFacts> {
  const { manifest } = evidence;
  const stored = await evidence.organization();
  const organization = organizationFacts(manifest, stored);
  const contextFor = (unit: ScopeUnit) => ({
    unit,
    partition: manifest.partition,
    managementAccountId: organization.managementAccountId,
    organizationAccountIds: organization.organizationAccountIds,
    incident: null,
    baseline: null,
  });
  const found = new Map<string, SeenFact & { readonly own: boolean }>();
  const gaps = new Map<string, Set<string>>();
  const things = createExpectedThings(manifest, baselineTypeNames);
  const notSeen = (what: string, where: string): void => {
    gaps.set(what, (gaps.get(what) ?? new Set()).add(where));
  };
  const take = (index: ObservationIndex, unit: ScopeUnit): void => {
    things.add(index, unit);
    const own = unit.accountId;
    for (const fact of ownResourceFacts(index, unit)) {
      const name = `${fact.type}\n${fact.arn}`;
      const isOwn = fact.accountId === null || fact.accountId === own;
      if (found.get(name)?.own !== true && (isOwn || !found.has(name))) {
        found.set(name, { fact, contentSeen: contentSeen(fact, index, unit), own: isOwn });
      }
    }
    for (const gap of gapsOf(index.lookup(resourceKeyOf(unit), unit))) {
      const help = gap.permission === undefined ? '' : `, needs ${gap.permission}`;
      notSeen(`${gap.operation} (${gap.reason}${help})`, unitName(gap.unit));
    }
  };

  const organizationIndex = indexObservations(stored, derivations, contextFor, manifest.asOf);
  if (manifest.organizationInScope) {
    take(organizationIndex, organizationUnit(manifest.partition));
  } else {
    notSeen('the organization (not in the scope of the evidence)', 'organization');
  }
  for (const account of manifest.accounts) {
    if (!account.swept) {
      notSeen(`the whole account: ${account.reason ?? 'not swept'}`, account.accountId);
    }
    if (account.inScope) {
      const own = await evidence.account(account.accountId);
      const absence = account.swept ? null : account.reason;
      const index = indexObservations(
        own,
        derivations,
        contextFor,
        manifest.asOf,
        organizationIndex,
        absence,
      );
      take(index, accountUnit(manifest.partition, account.accountId));
      for (const region of account.regions) {
        take(index, regionUnit(manifest.partition, account.accountId, region));
      }
    }
  }
  return {
    facts: [...found.values()],
    organization,
    notSeen: [...gaps]
      .map(
        ([what, units]) =>
          `${what} in ${[...units].sort().slice(0, 5).join(', ')}${units.size > 5 ? ` and ${units.size - 5} more` : ''}`,
      )
      .sort(),
    absenceOf(entry) {
      const standing = things.standing(entry);
      switch (standing.state) {
        case 'gone':
          return { state: 'gone' };
        case 'moved':
          return { state: 'moved', to: standing.to };
        case 'not-told':
          return { state: 'not-seen', why: standing.why };
        case 'not-seen':
          return {
            state: 'not-seen',
            why: [...new Set(standing.gaps.map(({ operation, reason }) => `${operation}: ${reason}`))].join(
              '; ',
            ),
          };
        case 'there':
          return { state: 'not-seen', why: 'it is there, but was not taken' };
        default:
          return standing satisfies never;
      }
    },
  };
}
