import type { NumberedBucket } from './activity-numbers.ts';

/**
 * Counted calls of one credential from one source with one agent to one action. Small enough to keep for every
 * credential of a large log; fine enough to tell an owner from an intruder who share a key.
 */
export interface ActivityBucket {
  /** Access key id; without one `arn <actor arn>` or `service <name>`. */
  readonly credential: string;
  readonly actorArn: string | null;
  /** Joins console sessions to their sign-in. */
  readonly sessionCreatedAt: string | null;
  readonly accountId: string | null;
  readonly sourceIp: string | null;
  readonly userAgent: string | null;
  /** `iam.amazonaws.com` */
  readonly source: string;
  readonly name: string;
  readonly region: string;
  /** Null = succeeded. */
  readonly errorCode: string | null;
  readonly calls: number;
  readonly firstAt: string;
  readonly lastAt: string;
  /** The same, told by numbers: faster to add up. */
  readonly numbered?: NumberedBucket;
}

/** Tells buckets apart. */
export function activityKey(
  bucket: Omit<ActivityBucket, 'calls' | 'firstAt' | 'lastAt' | 'numbered'>,
): string {
  return [
    bucket.credential,
    bucket.sessionCreatedAt ?? '',
    bucket.sourceIp ?? '',
    bucket.userAgent ?? '',
    bucket.source,
    bucket.name,
    bucket.region,
    bucket.errorCode ?? '',
    bucket.accountId ?? '',
  ].join('\n');
}
