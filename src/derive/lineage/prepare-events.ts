import { canonicalJson } from '../../model/canonical-json.ts';
import { type EventActor, plainEvent, type TrailEvent } from '../../model/trail-event.ts';
import { joinMemberships } from './join-memberships.ts';
import { PreparedEvent } from './prepared-event.ts';

function contentOf(event: TrailEvent): string {
  const { origin: _, resources: __, ...content } = plainEvent(event);
  return canonicalJson({ ...content, actor: { ...content.actor } });
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Member by member: joining them for every comparison would cost more than all the rest. */
function byPlace(left: PreparedEvent, right: PreparedEvent): number {
  return (
    left.at - right.at ||
    left.order - right.order ||
    compareTexts(left.event.id, right.event.id) ||
    compareTexts(left.event.accountId ?? '', right.event.accountId ?? '') ||
    compareTexts(left.event.origin.file, right.event.origin.file) ||
    left.event.origin.index - right.event.origin.index
  );
}

/**
 * The same record delivered twice is one event; two different records under one id stay two. Equal events lie side by
 * side when they are in their order.
 */
function withoutDuplicates(events: readonly PreparedEvent[]): readonly PreparedEvent[] {
  let before: PreparedEvent | undefined;
  let contents = new Set<string>();
  return events.filter((one) => {
    const first = before;
    before = one;
    const isSame = first?.at === one.at && first.order === one.order && first.event.id === one.event.id;
    if (first === undefined || !isSame) {
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
function bestOf(copies: readonly PreparedEvent[]): TrailEvent | undefined {
  return copies.reduce<TrailEvent | undefined>((best, { event }) => {
    const more = best === undefined ? 1 : knowledge(event.actor) - knowledge(best.actor);
    return more > 0 || (more === 0 && event.id < (best?.id ?? '')) ? event : best;
  }, undefined);
}

/**
 * A call across accounts is recorded in both, and the called account's copy often names the caller by account alone:
 * every copy gets the best-known caller and the answer.
 */
function withSharedKnowledge(events: readonly PreparedEvent[]): readonly PreparedEvent[] {
  const calls = new Map<string, PreparedEvent[]>();
  for (const prepared of events) {
    if (prepared.isShared) {
      const key = `${prepared.event.sharedEventId} ${prepared.event.name}`;
      const copies = calls.get(key) ?? [];
      copies.push(prepared);
      calls.set(key, copies);
    }
  }
  const better = new Map<PreparedEvent, PreparedEvent>();
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
      better.set(prepared, new PreparedEvent(known, known.actor === event.actor ? null : event.actor));
    }
  }
  return better.size === 0 ? events : events.map((prepared) => better.get(prepared) ?? prepared);
}

function isAnswered({ response }: TrailEvent): boolean {
  return Object.keys(response).length > 0;
}

/** In one order, whatever order they came in. */
export function prepareEvents(events: readonly TrailEvent[]): readonly PreparedEvent[] {
  const inOrder = events.map((event) => new PreparedEvent(event, null)).sort(byPlace);
  return joinMemberships(withSharedKnowledge(withoutDuplicates(inOrder)));
}
