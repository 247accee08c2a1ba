import type { AuditResult } from '../model/audit-result.ts';
import type { Baseline, BaselineEntry } from '../model/baseline.ts';
import { placeOfId } from '../model/baseline-types.ts';
import type { ResourceFact } from '../model/evidence/derived.ts';
import type { TimeWindow } from '../model/incident.ts';
import type { Ownership } from '../model/ownership.ts';
import { suspicionOf } from './suspicion.ts';

/** A fact, and whether everything that its content digest is made of was seen. */
export interface SeenFact {
  readonly fact: ResourceFact;
  readonly contentSeen: boolean;
}

export interface DraftInput {
  readonly capturedAt: string;
  /** Digest of the evidence. */
  readonly evidence: string;
  readonly facts: readonly SeenFact[];
  readonly window: TimeWindow | null;
  readonly result: AuditResult | null;
  readonly ownership: Ownership | null;
  /** Null when the list could not be seen in full: nothing may then be called foreign. */
  readonly organizationAccountIds: ReadonlySet<string> | null;
}

/** The order is that of the header: what matters most comes first. */
export const leftOutReasons = ['suspicious', 'in-window', 'stack', 'outside', 'not-seen'] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

/** Something that exists and must not be called known-good from this evidence. */
export interface LeftOut {
  readonly type: string;
  readonly id: string;
  readonly reason: LeftOutReason;
  readonly why: string;
}

export interface Draft {
  /** Nothing in it is reviewed. */
  readonly baseline: Baseline;
  readonly leftOut: readonly LeftOut[];
  /** Entries whose last change carries no date: that they were not changed in the window is not proved. */
  readonly undated: number;
}

function within(time: string | null, window: TimeWindow | null): time is string {
  return time !== null && window !== null && time >= window.from && time < window.to;
}

function entryOf(fact: ResourceFact, owner: string | null): BaselineEntry {
  return {
    type: fact.type,
    id: fact.arn,
    uniqueId: fact.uniqueId,
    contentSha256: fact.contentSha256,
    owner,
    reason: null,
    reviewedBy: null,
    reviewedAt: null,
  };
}

/** Stacks that were touched in the window, by the name under which CloudFormation tags what they hold. */
function touchedStacks(facts: readonly SeenFact[], { ownership, window }: DraftInput): ReadonlySet<string> {
  return new Set(
    facts.flatMap(({ fact }) => {
      const owned = ownership?.ownerOf(fact) ?? null;
      const isTouched = owned?.stackTouchedAt.some((at) => within(at, window)) ?? false;
      return owned !== null && isTouched ? (/^cloudformation ([^/]+)\//.exec(owned.owner)?.[1] ?? []) : [];
    }),
  );
}

function exclusionsOf(input: DraftInput): (seen: SeenFact) => Pick<LeftOut, 'reason' | 'why'> | null {
  const { window, ownership, organizationAccountIds } = input;
  const suspicion = suspicionOf(input.result);
  const stacks = touchedStacks(input.facts, input);
  return ({ fact, contentSeen }) => {
    const why = suspicion(fact);
    if (why !== null) {
      return { reason: 'suspicious', why };
    }
    const owned = ownership?.ownerOf(fact) ?? null;
    if (within(fact.createdAt, window)) {
      return { reason: 'in-window', why: `made ${fact.createdAt}` };
    }
    const changed = within(fact.modifiedAt, window) ? fact.modifiedAt : (owned?.touchedAt ?? null);
    if (within(changed, window)) {
      return { reason: 'in-window', why: `changed ${changed}` };
    }
    const touched = owned?.stackTouchedAt.find((at) => within(at, window));
    if (touched !== undefined) {
      return { reason: 'stack', why: `${owned?.owner ?? ''}: its stack was touched ${touched}` };
    }
    if (fact.owner !== null && stacks.has(fact.owner)) {
      return { reason: 'stack', why: `tagged with the stack ${fact.owner}, which was touched in the window` };
    }
    const { accountId } = placeOfId(fact.arn);
    if (accountId !== null && organizationAccountIds !== null && !organizationAccountIds.has(accountId)) {
      return { reason: 'outside', why: `account ${accountId} is not in the organization` };
    }
    return contentSeen ? null : { reason: 'not-seen', why: 'its content could not be seen in full' };
  };
}

function byTypeAndId(left: { type: string; id: string }, right: { type: string; id: string }): number {
  const [one, other] = [`${left.type}\n${left.id}`, `${right.type}\n${right.id}`];
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * A baseline of everything that the evidence holds, but for what the incident did or may have done. Nothing in it
 * counts until a person reviewed it.
 */
export function draftBaseline(input: DraftInput): Draft {
  const exclusion = exclusionsOf(input);
  const judged = input.facts.map((seen) => ({ fact: seen.fact, exclusion: exclusion(seen) }));
  const kept = judged.filter((one) => one.exclusion === null).map(({ fact }) => fact);
  return {
    baseline: {
      capturedAt: input.capturedAt,
      evidence: input.evidence,
      expected: kept
        .map((fact) => entryOf(fact, input.ownership?.ownerOf(fact)?.owner ?? fact.owner))
        .sort(byTypeAndId),
    },
    leftOut: judged
      .flatMap((one) =>
        one.exclusion === null ? [] : [{ type: one.fact.type, id: one.fact.arn, ...one.exclusion }],
      )
      .sort(byTypeAndId),
    undated: kept.filter(({ changeCoverage }) => changeCoverage !== 'complete').length,
  };
}
