import { type ActivityBucket, activityKey } from '../../model/activity.ts';

/** Buckets of one key from several sources added up; in one order, whatever order they came in. */
export function mergeBuckets(buckets: readonly ActivityBucket[]): readonly ActivityBucket[] {
  const merged = new Map<string, ActivityBucket>();
  for (const bucket of buckets) {
    const key = activityKey(bucket);
    const known = merged.get(key);
    merged.set(
      key,
      known === undefined
        ? bucket
        : {
            ...known,
            calls: known.calls + bucket.calls,
            firstAt: Date.parse(bucket.firstAt) < Date.parse(known.firstAt) ? bucket.firstAt : known.firstAt,
            lastAt: Date.parse(bucket.lastAt) > Date.parse(known.lastAt) ? bucket.lastAt : known.lastAt,
          },
    );
  }
  return [...merged].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, bucket]) => bucket);
}
