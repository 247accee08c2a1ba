import type { ActivityBucket } from './activity.ts';

/**
 * Buckets one after the other; a plain array is one. Those of a large log are read from columns: each reading gives
 * other objects, whose members are not their own, so that spreading one gives none of them.
 */
export interface ActivityList extends Iterable<ActivityBucket> {
  readonly length: number;
}
