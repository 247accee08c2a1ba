import type { EventQuery } from '../model/event-source.ts';
import { type JsonValue, succeeded, type TrailEvent } from '../model/trail-event.ts';

function textAt(value: JsonValue | undefined, ...path: readonly string[]): readonly string[] {
  let current: JsonValue | undefined = value;
  for (const name of path) {
    current =
      typeof current === 'object' && current !== null && !Array.isArray(current)
        ? Reflect.get(current, name)
        : undefined;
  }
  return typeof current === 'string' ? [current] : [];
}

/** What the events so far make worth asking for: keys and sessions that were minted, users that were made. */
export function moreSeeds(events: readonly TrailEvent[]): EventQuery['seeds'] {
  const done = events.filter(succeeded);
  const keys = done.flatMap(({ response }) => [
    ...textAt(response, 'credentials', 'accessKeyId'),
    ...textAt(response, 'accessKey', 'accessKeyId'),
  ]);
  const users = done
    .filter(({ source, name }) => source === 'iam.amazonaws.com' && name === 'CreateUser')
    .flatMap(({ request }) => textAt(request, 'userName'));
  return {
    accessKeyIds: [...new Set(keys)].sort(),
    userNames: [...new Set(users)].sort(),
    resourceNames: [],
  };
}
