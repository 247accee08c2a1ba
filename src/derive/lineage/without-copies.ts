import { type ActivityBucket, activityKey } from '../../model/activity.ts';
import type { EventActor, TrailEvent } from '../../model/trail-event.ts';
import type { PreparedEvent } from './prepare-events.ts';

/** The bucket of a call whose record names its caller by id or account alone. */
function namelessBucket(event: TrailEvent, actor: EventActor): string | null {
  if (actor.accessKeyId !== null || actor.arn !== null) {
    return null;
  }
  const { sourceIp, userAgent, source, name, region, errorCode, accountId } = event;
  return activityKey({
    credential: `service ${actor.invokedBy ?? actor.principalId ?? actor.type}`,
    actorArn: null,
    sessionCreatedAt: actor.sessionCreatedAt,
    sourceIp,
    userAgent,
    source,
    name,
    region,
    errorCode,
    accountId,
  });
}

function less(
  buckets: readonly ActivityBucket[],
  keys: readonly (string | null)[],
): readonly ActivityBucket[] {
  const told = new Map<string, number>();
  for (const key of keys) {
    if (key !== null) {
      told.set(key, (told.get(key) ?? 0) + 1);
    }
  }
  if (told.size === 0) {
    return buckets;
  }
  return buckets.flatMap((bucket) => {
    const calls = bucket.calls - (told.get(activityKey(bucket)) ?? 0);
    return calls <= 0 ? [] : [calls === bucket.calls ? bucket : { ...bucket, calls }];
  });
}

/**
 * A call across accounts is recorded twice. Where the caller's own copy is known, the other is not counted as the doing
 * of a stranger.
 */
export function withoutCopies(
  buckets: readonly ActivityBucket[],
  events: readonly PreparedEvent[],
): readonly ActivityBucket[] {
  return less(
    buckets,
    events.map(({ event, recordedActor }) =>
      recordedActor === null ? null : namelessBucket(event, recordedActor),
    ),
  );
}

/** Who came through a door of the incident stands in the lineage already. */
export function withoutVisits(
  buckets: readonly ActivityBucket[],
  visits: readonly PreparedEvent[],
): readonly ActivityBucket[] {
  return less(
    buckets,
    visits.map(({ event }) => namelessBucket(event, event.actor)),
  );
}
