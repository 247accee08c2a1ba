import { placesInOrder } from './actor-events.ts';
import type { EventIndex } from './event-index.ts';
import type { PreparedLog } from './prepared-log.ts';
import type { SeedUsers } from './seed-users.ts';
import type { Doubt } from './suspects.ts';
import type { TaintFacts } from './taint-facts.ts';

/** Sessions, by key, that a leaked key can have made, and why they are not counted as the incident's. */
export function doubtsOf(
  seedUsers: SeedUsers,
  index: EventIndex,
  { events }: PreparedLog,
  marks: ReadonlyMap<number, unknown>,
  facts: TaintFacts,
): ReadonlyMap<string, Doubt> {
  const doubts = new Map<string, { actorArn: string; readonly doubt: string; readonly eventIds: string[] }>();
  let before = -1;
  for (const place of placesInOrder(seedUsers.keys.map((key) => index.find(`principal ${key}`)))) {
    // The index may give one place under two keys.
    const view = marks.has(place) || place === before ? undefined : index.view(place);
    before = place;
    const doubt = view === undefined ? null : (seedUsers.verdict(view, facts)?.doubt ?? null);
    const id = doubt === null ? undefined : events.at(place)?.id;
    const key = view?.accessKeyId ?? null;
    if (doubt !== null && key !== null && id !== undefined) {
      const known = doubts.get(key) ?? { actorArn: key, doubt, eventIds: [] };
      known.actorArn = view?.arn ?? key;
      known.eventIds.push(id);
      doubts.set(key, known);
    }
  }
  for (const { eventIds } of doubts.values()) {
    eventIds.sort();
  }
  return doubts;
}
