import { canonicalJson } from '../../model/canonical-json.ts';
import type { EventActor, TrailEvent } from '../../model/trail-event.ts';
import { joinMemberships } from './join-memberships.ts';
import type { Act, Link } from './rules/lineage-rule.ts';
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

function contentOf({ origin: _, resources: __, ...content }: TrailEvent): string {
  return canonicalJson({ ...content, actor: { ...content.actor } });
}

/** The same record delivered twice is one event; two different records under one id stay two. */
function withoutDuplicates(events: readonly TrailEvent[]): readonly TrailEvent[] {
  const seen = new Map<string, string | Set<string>>();
  const firstById = new Map<string, TrailEvent>();
  return events.filter((event) => {
    const first = firstById.get(event.id);
    if (first === undefined) {
      firstById.set(event.id, event);
      return true;
    }
    const known = seen.get(event.id);
    const contents = known instanceof Set ? known : new Set([contentOf(first)]);
    seen.set(event.id, contents);
    const content = contentOf(event);
    const isNew = !contents.has(content);
    contents.add(content);
    return isNew;
  });
}

type Known = Pick<PreparedEvent, 'event' | 'recordedActor'>;

function knowledge(actor: EventActor): number {
  return Number(actor.accessKeyId !== null) * 2 + Number(actor.arn !== null);
}

/**
 * A call across accounts is recorded in both, and the called account's copy often names the caller by account alone:
 * every copy gets the best-known caller and the answer.
 */
function withSharedKnowledge(events: readonly TrailEvent[]): readonly Known[] {
  const best = new Map<string, TrailEvent>();
  const answers = new Map<string, TrailEvent['response']>();
  const copies = new Map<string, number>();
  const keyOf = (event: TrailEvent): string => `${event.sharedEventId} ${event.name}`;
  for (const event of events) {
    if (event.sharedEventId !== null) {
      const key = keyOf(event);
      const known = best.get(key);
      copies.set(key, (copies.get(key) ?? 0) + 1);
      if (
        known === undefined ||
        knowledge(event.actor) > knowledge(known.actor) ||
        (knowledge(event.actor) === knowledge(known.actor) && event.id < known.id)
      ) {
        best.set(key, event);
      }
      if (Object.keys(event.response).length > 0 && !answers.has(key)) {
        answers.set(key, event.response);
      }
    }
  }
  return events.map((event) => {
    const key = event.sharedEventId === null ? null : keyOf(event);
    if (key === null || copies.get(key) === 1) {
      return { event, recordedActor: null };
    }
    const response =
      Object.keys(event.response).length > 0 ? event.response : (answers.get(key) ?? event.response);
    const actor = best.get(key)?.actor ?? event.actor;
    return {
      event: { ...event, actor, response },
      recordedActor: actor === event.actor ? null : event.actor,
    };
  });
}

function prepared({ event, recordedActor }: Known): PreparedEvent {
  const rule = ruleOf(event.source, event.name);
  const done = event.errorCode === null && rule?.failed?.(event) !== true;
  return {
    event,
    recordedActor,
    at: Date.parse(event.time),
    done,
    acts: rule === null ? [] : done ? rule.acts(event) : refusedActs(rule, event),
    links: done ? (rule?.links?.(event) ?? []) : [],
  };
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Member by member: joining them for every comparison would cost more than all the rest. */
function byPlace({ event: left }: PreparedEvent, { event: right }: PreparedEvent): number {
  return (
    compareTexts(left.id, right.id) ||
    compareTexts(left.accountId ?? '', right.accountId ?? '') ||
    compareTexts(left.origin.file, right.origin.file) ||
    left.origin.index - right.origin.index
  );
}

/** In one order, whatever order they came in. */
export function prepareEvents(events: readonly TrailEvent[]): readonly PreparedEvent[] {
  return joinMemberships(withSharedKnowledge(withoutDuplicates(events)).map(prepared)).toSorted(
    (left, right) => left.at - right.at || byPlace(left, right),
  );
}
