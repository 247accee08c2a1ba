import type { TimeWindow } from '../model/incident.ts';
import { deliveredFile } from './delivery-name.ts';

export interface S3Place {
  readonly bucket: string;
  /** Without a leading slash; empty = the bucket's root. */
  readonly prefix: string;
}

/** `s3://bucket/prefix`; null for everything else. */
export function parseS3Uri(text: string): S3Place | null {
  const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(text) ?? [];
  return bucket === undefined ? null : { bucket, prefix };
}

/** What the part of a key behind `AWSLogs/` says; members are null below the level that the key reaches. */
export interface DeliveryPath {
  /** Up to and with `AWSLogs/`. */
  readonly root: string;
  readonly organizationId: string | null;
  readonly accountId: string | null;
  readonly kind: 'CloudTrail' | 'CloudTrail-Digest' | 'other' | null;
  readonly region: string | null;
  /** Up to and with the region. */
  readonly regionPrefix: string | null;
}

/** Reads a prefix that ends with a slash; null when it does not reach into `AWSLogs/`. */
export function deliveryPath(prefix: string): DeliveryPath | null {
  const at = prefix.startsWith('AWSLogs/') ? 0 : prefix.indexOf('/AWSLogs/') + 1;
  if (at === 0 && !prefix.startsWith('AWSLogs/')) {
    return null;
  }
  const root = prefix.slice(0, at + 'AWSLogs/'.length);
  const parts = prefix.slice(root.length).split('/').slice(0, -1);
  const organizationId = parts[0]?.startsWith('o-') === true ? parts[0] : null;
  const [accountId = null, kind = null, region = null] = organizationId === null ? parts : parts.slice(1);
  const known = kind === 'CloudTrail' || kind === 'CloudTrail-Digest' ? kind : 'other';
  const inside = [organizationId, accountId, kind, region].filter((part) => part !== null);
  return {
    root,
    organizationId,
    accountId,
    kind: kind === null ? null : known,
    region,
    regionPrefix: region === null ? null : `${root}${inside.join('/')}/`,
  };
}

const day = 86_400_000;

/** Padding in milliseconds: an event is delivered after it happened, never before. */
export interface Padding {
  readonly after: number;
}

/** Prefixes of the days in which the window's events were delivered. */
export function dayPrefixes(regionPrefix: string, window: TimeWindow, { after }: Padding): readonly string[] {
  const first = Math.floor(Date.parse(window.from) / day);
  const last = Math.floor((Date.parse(window.to) + after) / day);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const date = new Date((first + index) * day).toISOString().slice(0, 10).replaceAll('-', '/');
    return `${regionPrefix}${date}/`;
  });
}

const interval = 5 * 60_000;

/** Whether the file may hold events of the window; a name that tells no time may. */
export function mayHold(key: string, window: TimeWindow | null, { after }: Padding): boolean {
  const file = deliveredFile(key);
  return (
    window === null ||
    file === null ||
    (file.deliveredAt >= Date.parse(window.from) - interval &&
      file.deliveredAt <= Date.parse(window.to) + after)
  );
}
