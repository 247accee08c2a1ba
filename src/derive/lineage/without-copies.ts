import { activityKey } from '../../model/activity.ts';
import type { EventActor, TrailEvent } from '../../model/trail-event.ts';
import type { ActivityTable } from './activity-table.ts';
import type { PreparedEvent } from './prepared-event.ts';
import type { PreparedLog } from './prepared-log.ts';

/** How the credential of a bucket begins whose calls name neither key nor ARN. */
const nameless = 'service ';

/** The bucket of a call whose record names its caller by id or account alone. */
function namelessBucket(event: TrailEvent, actor: EventActor): string | null {
  if (actor.accessKeyId !== null || actor.arn !== null) {
    return null;
  }
  const { sourceIp, userAgent, source, name, region, errorCode, accountId } = event;
  return activityKey({
    credential: `${nameless}${actor.invokedBy ?? actor.principalId ?? actor.type}`,
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

function less(buckets: ActivityTable, keys: readonly (string | null)[]): ActivityTable {
  const told = new Map<string, number>();
  for (const key of keys) {
    if (key !== null) {
      told.set(key, (told.get(key) ?? 0) + 1);
    }
  }
  if (told.size === 0) {
    return buckets;
  }
  return buckets.counted((bucket) => {
    // Few of very many buckets count nameless calls: only their keys are worth building.
    const isNameless = bucket.actorArn === null && bucket.credential.startsWith(nameless);
    return bucket.calls - (isNameless ? (told.get(activityKey(bucket)) ?? 0) : 0);
  });
}

/**
 * A call across accounts is recorded twice. Where the caller's own copy is known, the other is not counted as the doing
 * of a stranger.
 */
export function withoutCopies(buckets: ActivityTable, log: PreparedLog): ActivityTable {
  return less(
    buckets,
    log
      .replaced()
      .filter(({ recordedActor }) => recordedActor !== null)
      .map(({ event, recordedActor }) => namelessBucket(event, recordedActor ?? event.actor)),
  );
}

/** Who came through a door of the incident stands in the lineage already. */
export function withoutVisits(buckets: ActivityTable, visits: readonly PreparedEvent[]): ActivityTable {
  return less(
    buckets,
    visits.map(({ event }) => namelessBucket(event, event.actor)),
  );
}
