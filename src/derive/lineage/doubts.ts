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
  const doubts = new Map<string, Doubt>();
  const places = new Set(seedUsers.keys.flatMap((key) => index.find(`principal ${key}`)));
  for (const place of [...places].filter((one) => !marks.has(one)).sort((left, right) => left - right)) {
    const view = index.view(place);
    const doubt = view === undefined ? null : (seedUsers.verdict(view, facts)?.doubt ?? null);
    const id = events.at(place)?.id;
    const key = view?.accessKeyId ?? null;
    if (doubt !== null && key !== null && id !== undefined) {
      const known = doubts.get(key);
      doubts.set(key, {
        actorArn: view?.arn ?? key,
        doubt: known?.doubt ?? doubt,
        eventIds: [...(known?.eventIds ?? []), id].sort(),
      });
    }
  }
  return doubts;
}
