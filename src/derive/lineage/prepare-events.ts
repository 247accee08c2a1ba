import { canonicalJson } from '../../model/canonical-json.ts';
import type { EventList } from '../../model/event-list.ts';
import { type EventActor, idOrder, plainEvent, type TrailEvent } from '../../model/trail-event.ts';
import { append } from '../support/append.ts';
import { CalledIndex, CalledNumbers } from './called.ts';
import { joinMemberships } from './join-memberships.ts';
import { OrderedEvents } from './ordered-events.ts';
import { PreparedEvent } from './prepared-event.ts';
import { PreparedLog } from './prepared-log.ts';
import { placesInTime } from './time-order.ts';

function contentOf(event: TrailEvent): string {
  const { origin: _, resources: __, ...content } = plainEvent(event);
  return canonicalJson({ ...content, actor: { ...content.actor } });
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Of events of one time: member by member, because joining them for every comparison would cost more than all the rest. */
function compareEvents(left: TrailEvent, right: TrailEvent): number {
  return (
    compareTexts(left.id, right.id) ||
    compareTexts(left.accountId ?? '', right.accountId ?? '') ||
    compareTexts(left.origin.file, right.origin.file) ||
    left.origin.index - right.origin.index
  );
}

/** Events as they came; columns of what is asked of very many of them, because each of their members is read anew. */
interface Unordered {
  readonly events: EventList;
  /** In milliseconds. */
  readonly times: Float64Array;
  /** Numbers are compared before ids. */
  readonly orders: Int32Array;
  /** 1 = copies of it may lie in other accounts. */
  readonly shared: Uint8Array;
  /** Numbers in `calledNumbers`. */
  readonly called: Int32Array;
  readonly calledNumbers: CalledNumbers;
}

function columnsOf(events: EventList): Unordered {
  const times = new Float64Array(events.length);
  const orders = new Int32Array(events.length);
  const shared = new Uint8Array(events.length);
  const called = new Int32Array(events.length);
  const calledNumbers = new CalledNumbers();
  let index = 0;
  for (const event of events) {
    times[index] = event.at ?? Date.parse(event.time);
    orders[index] = event.order ?? idOrder(event.id);
    shared[index] = event.sharedEventId === null ? 0 : 1;
    called[index] = calledNumbers.of(event);
    index += 1;
  }
  return { events, times, orders, shared, called, calledNumbers };
}

/** Indexes of the events in one order, whatever order they came in. */
function inOrder({ events, times, orders }: Unordered): Int32Array {
  return placesInTime(times, (left, right) => {
    const byNumber = (orders[left] ?? 0) - (orders[right] ?? 0);
    const [leftEvent, rightEvent] = byNumber === 0 ? [events.at(left), events.at(right)] : [];
    return leftEvent === undefined || rightEvent === undefined
      ? byNumber
      : compareEvents(leftEvent, rightEvent);
  });
}

/**
 * The same record delivered twice is one event; two different records under one id stay two. Equal events lie side by
 * side when they are in their order.
 */
function withoutDuplicates({ events, times, orders }: Unordered, indexes: Int32Array): Int32Array {
  const kept = new Int32Array(indexes.length);
  let length = 0;
  let before = -1;
  let contents = new Set<string>();
  const isNew = (index: number): boolean => {
    const [first, one] = [events.at(before), events.at(index)];
    if (first === undefined || one === undefined || first.id !== one.id) {
      contents.clear();
      return true;
    }
    if (contents.size === 0) {
      contents = new Set([contentOf(first)]);
    }
    const content = contentOf(one);
    const isFurther = !contents.has(content);
    contents.add(content);
    return isFurther;
  };
  for (const index of indexes) {
    const isAlike = times[before] === times[index] && orders[before] === orders[index];
    if (!isAlike) {
      contents.clear();
    }
    if (!isAlike || isNew(index)) {
      kept[length] = index;
      length += 1;
    }
    before = index;
  }
  return kept.slice(0, length);
}

function knowledge(actor: EventActor): number {
  return Number(actor.accessKeyId !== null) * 2 + Number(actor.arn !== null);
}

/** The copy that knows its caller best. */
function bestOf(copies: readonly TrailEvent[]): TrailEvent | undefined {
  return copies.reduce<TrailEvent | undefined>((best, event) => {
    const more = best === undefined ? 1 : knowledge(event.actor) - knowledge(best.actor);
    return more > 0 || (more === 0 && event.id < (best?.id ?? '')) ? event : best;
  }, undefined);
}

function isAnswered({ response }: TrailEvent): boolean {
  return Object.keys(response).length > 0;
}

/** Every copy of one call with the best-known caller and the answer. */
function withSharedKnowledge(copies: readonly TrailEvent[]): readonly TrailEvent[] {
  const actor = bestOf(copies)?.actor;
  const answer = copies.find(isAnswered)?.response;
  return copies.map((event) => ({
    ...plainEvent(event),
    actor: actor ?? event.actor,
    response: isAnswered(event) ? event.response : (answer ?? event.response),
  }));
}

/**
 * A call across accounts is recorded in both, and the called account's copy often names the caller by account alone:
 * events that know more than their own record, by place.
 */
function sharedEvents(
  events: EventList,
  isShared: (place: number) => boolean,
): ReadonlyMap<number, TrailEvent> {
  const calls = new Map<string, number[]>();
  for (let place = 0; place < events.length; place += 1) {
    const event = isShared(place) ? events.at(place) : undefined;
    if (event !== undefined) {
      append(calls, `${event.sharedEventId} ${event.name}`, place);
    }
  }
  const better = new Map<number, TrailEvent>();
  for (const places of calls.values()) {
    const copies = places.length > 1 ? places.flatMap((place) => events.at(place) ?? []) : [];
    for (const [index, known] of withSharedKnowledge(copies).entries()) {
      better.set(places[index] ?? -1, known);
    }
  }
  return better;
}

/** What a column tells of these, in their order. */
function taken<Column extends Float64Array | Int32Array>(
  column: Column,
  indexes: Int32Array,
  to: Column,
): Column {
  for (let place = 0; place < indexes.length; place += 1) {
    to[place] = column[indexes[place] ?? -1] ?? 0;
  }
  return to;
}

/** In one order, whatever order they came in. */
export function prepareEvents(unordered: EventList): PreparedLog {
  const columns = columnsOf(unordered);
  const indexes = withoutDuplicates(columns, inOrder(columns));
  const recorded = new OrderedEvents(unordered, indexes);
  const better = sharedEvents(recorded, (place) => columns.shared[indexes[place] ?? -1] === 1);
  const log = new PreparedLog(
    new OrderedEvents(unordered, indexes, better),
    taken(columns.times, indexes, new Float64Array(indexes.length)),
    new CalledIndex(
      columns.calledNumbers.calls,
      taken(columns.called, indexes, new Int32Array(indexes.length)),
    ),
  );
  for (const [place, known] of better) {
    const actor = recorded.at(place)?.actor ?? known.actor;
    log.replace(place, new PreparedEvent(known, actor === known.actor ? null : actor));
  }
  joinMemberships(log);
  return log;
}
