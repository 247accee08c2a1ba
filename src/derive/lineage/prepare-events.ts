import { canonicalJson } from '../../model/canonical-json.ts';
import { type EventActor, plainEvent, type TrailEvent } from '../../model/trail-event.ts';
import { joinMemberships } from './join-memberships.ts';
import type { Act, LineageRule, Link } from './rules/lineage-rule.ts';
import { refusedActs } from './rules/refused.ts';
import { ruleOf } from './rules/rules.ts';

/** An event with what it means; `at` in milliseconds, because times are written with and without fractions. */
export interface PreparedEvent {
  readonly event: TrailEvent;
  /** As the record itself names the caller, where a copy in his own account knew him better. */
  readonly recordedActor: EventActor | null;
  readonly at: number;
  readonly done: boolean;
  readonly acts: readonly Act[];
  readonly links: readonly Link[];
}

const none: readonly never[] = [];

function contentOf(event: TrailEvent): string {
  const { origin: _, resources: __, ...content } = plainEvent(event);
  return canonicalJson({ ...content, actor: { ...content.actor } });
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** What an event means is asked of few events of a large log: it is told when it is asked for. */
class LazilyPrepared implements PreparedEvent {
  readonly event: TrailEvent;
  readonly recordedActor: EventActor | null;
  readonly at: number;
  readonly done: boolean;
  readonly #rule: LineageRule | null;
  #id: string | null = null;
  #acts: readonly Act[] | null = null;
  #links: readonly Link[] | null = null;

  constructor(event: TrailEvent, recordedActor: EventActor | null) {
    this.event = event;
    this.recordedActor = recordedActor;
    this.at = event.at ?? Date.parse(event.time);
    this.#rule = ruleOf(event.source, event.name);
    this.done = event.errorCode === null && this.#rule?.failed?.(event) !== true;
  }

  /** Compared very often where many things happen at one time, and never elsewhere. */
  get id(): string {
    this.#id ??= this.event.id;
    return this.#id;
  }

  get acts(): readonly Act[] {
    this.#acts ??=
      this.#rule === null
        ? none
        : this.done
          ? this.#rule.acts(this.event)
          : refusedActs(this.#rule, this.event);
    return this.#acts;
  }

  get links(): readonly Link[] {
    this.#links ??= this.done ? (this.#rule?.links?.(this.event) ?? none) : none;
    return this.#links;
  }
}

/** Member by member: joining them for every comparison would cost more than all the rest. */
function byPlace(left: LazilyPrepared, right: LazilyPrepared): number {
  return (
    left.at - right.at ||
    compareTexts(left.id, right.id) ||
    compareTexts(left.event.accountId ?? '', right.event.accountId ?? '') ||
    compareTexts(left.event.origin.file, right.event.origin.file) ||
    left.event.origin.index - right.event.origin.index
  );
}

/**
 * The same record delivered twice is one event; two different records under one id stay two. Equal events lie side by
 * side when they are in their order.
 */
function withoutDuplicates(events: readonly LazilyPrepared[]): readonly LazilyPrepared[] {
  let before: LazilyPrepared | undefined;
  let contents = new Set<string>();
  return events.filter((one) => {
    const first = before;
    before = one;
    if (first === undefined || first.at !== one.at || first.id !== one.id) {
      contents.clear();
      return true;
    }
    if (contents.size === 0) {
      contents = new Set([contentOf(first.event)]);
    }
    const content = contentOf(one.event);
    const isNew = !contents.has(content);
    contents.add(content);
    return isNew;
  });
}

function knowledge(actor: EventActor): number {
  return Number(actor.accessKeyId !== null) * 2 + Number(actor.arn !== null);
}

/** The copy that knows its caller best. */
function bestOf(copies: readonly LazilyPrepared[]): TrailEvent | undefined {
  return copies.reduce<TrailEvent | undefined>((best, { event }) => {
    const more = best === undefined ? 1 : knowledge(event.actor) - knowledge(best.actor);
    return more > 0 || (more === 0 && event.id < (best?.id ?? '')) ? event : best;
  }, undefined);
}

/**
 * A call across accounts is recorded in both, and the called account's copy often names the caller by account alone:
 * every copy gets the best-known caller and the answer.
 */
function withSharedKnowledge(events: readonly LazilyPrepared[]): readonly LazilyPrepared[] {
  const calls = new Map<string, LazilyPrepared[]>();
  for (const prepared of events) {
    const { sharedEventId, name } = prepared.event;
    if (sharedEventId !== null) {
      const key = `${sharedEventId} ${name}`;
      const copies = calls.get(key) ?? [];
      copies.push(prepared);
      calls.set(key, copies);
    }
  }
  const better = new Map<LazilyPrepared, LazilyPrepared>();
  for (const copies of calls.values()) {
    const shared = copies.length > 1;
    const actor = shared ? bestOf(copies)?.actor : undefined;
    const answer = shared ? copies.find(({ event }) => isAnswered(event))?.event.response : undefined;
    for (const prepared of shared ? copies : []) {
      const { event } = prepared;
      const known = {
        ...plainEvent(event),
        actor: actor ?? event.actor,
        response: isAnswered(event) ? event.response : (answer ?? event.response),
      };
      better.set(prepared, new LazilyPrepared(known, known.actor === event.actor ? null : event.actor));
    }
  }
  return better.size === 0 ? events : events.map((prepared) => better.get(prepared) ?? prepared);
}

function isAnswered({ response }: TrailEvent): boolean {
  return Object.keys(response).length > 0;
}

/** In one order, whatever order they came in. */
export function prepareEvents(events: readonly TrailEvent[]): readonly PreparedEvent[] {
  const inOrder = events.map((event) => new LazilyPrepared(event, null)).sort(byPlace);
  return joinMemberships(withSharedKnowledge(withoutDuplicates(inOrder)));
}
