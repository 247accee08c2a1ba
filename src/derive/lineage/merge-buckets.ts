import type { ActivityBucket } from '../../model/activity.ts';
import { isBefore } from './activity.ts';

function compareTexts(left: string | null, right: string | null): number {
  if (left === right) {
    return 0;
  }
  const leftText = left ?? '';
  const rightText = right ?? '';
  return leftText < rightText ? -1 : leftText > rightText ? 1 : 0;
}

/** Member by member: the joined texts of very many buckets would cost more than all the rest. */
function compareBuckets(left: ActivityBucket, right: ActivityBucket): number {
  return (
    compareTexts(left.credential, right.credential) ||
    compareTexts(left.sessionCreatedAt, right.sessionCreatedAt) ||
    compareTexts(left.sourceIp, right.sourceIp) ||
    compareTexts(left.userAgent, right.userAgent) ||
    compareTexts(left.source, right.source) ||
    compareTexts(left.name, right.name) ||
    compareTexts(left.region, right.region) ||
    compareTexts(left.errorCode, right.errorCode) ||
    compareTexts(left.accountId, right.accountId) ||
    compareTexts(left.actorArn, right.actorArn)
  );
}

function addedUp(left: ActivityBucket, right: ActivityBucket): ActivityBucket {
  return {
    ...left,
    calls: left.calls + right.calls,
    firstAt: isBefore(right.firstAt, left.firstAt) ? right.firstAt : left.firstAt,
    lastAt: isBefore(left.lastAt, right.lastAt) ? right.lastAt : left.lastAt,
  };
}

/** Buckets that count the same calls, from one source or several, added up; in one order, whatever order they came in. */
export function mergeBuckets(buckets: readonly ActivityBucket[]): readonly ActivityBucket[] {
  const merged: ActivityBucket[] = [];
  let last: ActivityBucket | undefined;
  for (const bucket of buckets.toSorted(compareBuckets)) {
    if (last === undefined || compareBuckets(last, bucket) !== 0) {
      merged.push(bucket);
      last = bucket;
    } else {
      last = addedUp(last, bucket);
      merged[merged.length - 1] = last;
    }
  }
  return merged;
}
