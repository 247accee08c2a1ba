import type { ActivityList } from '../../model/activity-list.ts';
import { ActivityCounter } from './activity-counter.ts';
import { ActivityTable } from './activity-table.ts';

/** Buckets that count the same calls, from one source or several, added up; in one order, whatever order they came in. */
export function mergeBuckets(buckets: ActivityList): ActivityTable {
  if (buckets instanceof ActivityTable) {
    return buckets;
  }
  const counter = new ActivityCounter();
  counter.add(buckets);
  return counter.table();
}
