import { type ActivityBucket, activityKey } from '../model/activity.ts';
import type { TrailEvent } from '../model/trail-event.ts';
import { credentialName } from './credential-name.ts';
import { earlier, later } from './event-time.ts';

function bucketOf(event: TrailEvent): ActivityBucket {
  return {
    credential: credentialName(event.actor),
    actorArn: event.actor.arn,
    sessionCreatedAt: event.actor.sessionCreatedAt,
    accountId: event.accountId,
    sourceIp: event.sourceIp,
    userAgent: event.userAgent,
    source: event.source,
    name: event.name,
    region: event.region,
    errorCode: event.errorCode,
    calls: 1,
    firstAt: event.time,
    lastAt: event.time,
  };
}

function keyOf(bucket: ActivityBucket): string {
  // Calls without a key are told apart by who acted.
  return `${activityKey(bucket)}\n${bucket.actorArn ?? ''}`;
}

function together(left: ActivityBucket, right: ActivityBucket): ActivityBucket {
  return {
    ...left,
    calls: left.calls + right.calls,
    firstAt: earlier(left.firstAt, right.firstAt),
    lastAt: later(left.lastAt, right.lastAt),
  };
}

/** Adds up buckets of the same key; sorted, so that equal calls give equal output whatever their order was. */
export function addUpActivity(buckets: Iterable<ActivityBucket>): readonly ActivityBucket[] {
  const sums = new Map<string, ActivityBucket>();
  for (const bucket of buckets) {
    const key = keyOf(bucket);
    const known = sums.get(key);
    sums.set(key, known === undefined ? bucket : together(known, bucket));
  }
  return [...sums].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, bucket]) => bucket);
}

/** Counted activity of normalised events. */
export function activityOf(events: Iterable<TrailEvent>): readonly ActivityBucket[] {
  return addUpActivity([...events].map(bucketOf));
}
