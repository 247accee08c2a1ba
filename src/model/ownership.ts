import type { ResourceFact } from './evidence/derived.ts';

/** One thing that code claims. Nothing else of an ownership file is kept: such files hold secrets. */
export interface OwnedThing {
  /** `terraform module.edge.aws_iam_role.deploy`, `cloudformation edge/DeployRole`. */
  readonly owner: string;
  /** Null where the file names the thing by an id only. */
  readonly arn: string | null;
  /** As in ResourceFact; null where the file's type has no counterpart. */
  readonly type: string | null;
  /** Name or unique id; null where only the ARN is told. */
  readonly id: string | null;
  readonly accountId: string | null;
  readonly region: string | null;
  /** When the tool last touched the thing itself; null where the file does not say (Terraform states never do). */
  readonly touchedAt: string | null;
  /** Times at which any part of the same stack was touched; empty for Terraform. */
  readonly stackTouchedAt: readonly string[];
}

/** Who claims a thing. Being owned explains who to ask; it never excuses drift. */
export interface Ownership {
  /** All that was claimed, in the order of the files. */
  readonly things: readonly OwnedThing[];
  ownerOf(
    fact: Pick<ResourceFact, 'arn' | 'type' | 'name' | 'uniqueId' | 'accountId' | 'region'>,
  ): OwnedThing | null;
  /** True where at least one file tells times, so that "touched in the window" can be said at all. */
  readonly tellsTimes: boolean;
}

function idKey(type: string, id: string): string {
  return `${type}\n${id}`;
}

/**
 * Indexes what ownership files claim. An ARN is exact; an id counts for things of its type in the account and region
 * that the file names, and an id without a known account only where AWS makes it unique.
 */
export function ownershipOf(things: readonly OwnedThing[]): Ownership {
  const byArn = new Map<string, OwnedThing>();
  const byId = new Map<string, OwnedThing[]>();
  for (const thing of things) {
    if (thing.arn !== null && !byArn.has(thing.arn)) {
      byArn.set(thing.arn, thing);
    }
    if (thing.type !== null && thing.id !== null) {
      const key = idKey(thing.type, thing.id);
      byId.set(key, [...(byId.get(key) ?? []), thing]);
    }
  }
  return {
    things,
    tellsTimes: things.some(
      ({ touchedAt, stackTouchedAt }) => touchedAt !== null || stackTouchedAt.length > 0,
    ),
    ownerOf(fact) {
      const exact = byArn.get(fact.arn);
      if (exact !== undefined) {
        return exact;
      }
      const agrees = (one: string | null, other: string | null): boolean =>
        one === null || other === null || one === other;
      const unique = (fact.uniqueId === null ? [] : (byId.get(idKey(fact.type, fact.uniqueId)) ?? [])).find(
        (thing) => agrees(thing.accountId, fact.accountId),
      );
      const named = (byId.get(idKey(fact.type, fact.name)) ?? []).find(
        (thing) =>
          thing.accountId !== null && thing.accountId === fact.accountId && agrees(thing.region, fact.region),
      );
      return unique ?? named ?? null;
    },
  };
}
