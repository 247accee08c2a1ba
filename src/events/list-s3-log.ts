import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import pMap from 'p-map';
import type { AwsReader } from '../aws/reader.ts';
import type { EventQuery } from '../model/event-source.ts';
import type { Gap } from '../model/gap.ts';
import { organizationUnit } from '../model/scope.ts';
import { deliveryPadding } from './event-filter.ts';
import {
  type DeliveryPath,
  dayPrefixes,
  deliveryPath,
  mayHold,
  type Padding,
  type S3Place,
} from './s3-paths.ts';

export interface LogObject {
  readonly key: string;
  readonly size: number;
}

export interface ListedLog {
  /** Sorted by key. */
  readonly objects: readonly LogObject[];
  readonly gaps: readonly Gap[];
}

interface Level {
  readonly prefixes: readonly string[];
  readonly objects: readonly LogObject[];
}

const listsAtOnce = 8;
/** A digest comes up to two hours after the first event of its hour. */
const digestPadding = 3 * 60 * 60_000;

function paddingOf(path: DeliveryPath | null): Padding {
  return { after: path?.kind === 'CloudTrail-Digest' ? digestPadding : deliveryPadding };
}

class Listing {
  readonly objects: LogObject[] = [];
  readonly gaps: Gap[] = [];
  private readonly reader: AwsReader;
  private readonly place: S3Place;
  private readonly query: EventQuery;

  constructor(reader: AwsReader, place: S3Place, query: EventQuery) {
    this.reader = reader;
    this.place = place;
    this.query = query;
  }

  async from(prefix: string): Promise<void> {
    const path = deliveryPath(prefix);
    if (path === null) {
      await this.outsideDelivery(prefix);
    } else if (path.regionPrefix !== null) {
      await this.days(prefix, path.regionPrefix, path);
    } else {
      const { prefixes } = await this.level(prefix, '/');
      await this.each(prefixes.filter((next) => this.needed(next)));
    }
  }

  private async each(prefixes: readonly string[]): Promise<void> {
    await pMap(prefixes, (prefix) => this.from(prefix), { concurrency: listsAtOnce });
  }

  private needed(prefix: string): boolean {
    const path = deliveryPath(prefix);
    if (path === null || path.kind === 'other') {
      return false;
    }
    if (path.accountId === null) {
      return path.organizationId !== null;
    }
    return /^\d{12}$/.test(path.accountId) && (this.query.accountIds?.includes(path.accountId) ?? true);
  }

  /** Above `AWSLogs/`: only one level is listed, never the whole bucket. */
  private async outsideDelivery(prefix: string): Promise<void> {
    const { prefixes, objects } = await this.level(prefix, '/');
    const delivery = prefixes.filter((next) => next === `${prefix}AWSLogs/`);
    const copies = objects.filter(({ key, size }) => size > 0 && /\.json(?:\.gz|\.zst)?$/.test(key));
    this.keep(copies, paddingOf(null));
    await this.each(delivery);
    if (delivery.length === 0 && copies.length === 0 && this.gaps.length === 0) {
      this.gaps.push({
        reason: 'not-collected',
        operation: 's3:ListObjectsV2',
        unit: organizationUnit('aws'),
        resource: `s3://${this.place.bucket}/${prefix}`,
        detail: `no AWSLogs/ and no log file here${prefixes.length > 0 ? `, only ${prefixes.slice(0, 5).join(' ')}` : ''}: give the prefix under which the trail delivers`,
        retryable: false,
      });
    }
  }

  private async days(prefix: string, regionPrefix: string, path: DeliveryPath): Promise<void> {
    const padding = paddingOf(path);
    const { window } = this.query;
    const days = window === null ? [regionPrefix] : dayPrefixes(regionPrefix, window, padding);
    const inside = days
      .filter((day) => day.startsWith(prefix) || prefix.startsWith(day))
      .map((day) => (prefix.length > day.length ? prefix : day));
    await pMap(inside, async (day) => this.keep((await this.level(day, null)).objects, padding), {
      concurrency: listsAtOnce,
    });
  }

  private keep(objects: readonly LogObject[], padding: Padding): void {
    this.objects.push(
      ...objects.filter(({ key }) => !key.endsWith('/') && mayHold(key, this.query.window, padding)),
    );
  }

  private async level(prefix: string, delimiter: '/' | null): Promise<Level> {
    const prefixes: string[] = [];
    const { bucket } = this.place;
    const pages = await this.reader.readAll(
      ListObjectsV2Command,
      { Bucket: bucket, Prefix: prefix, ...(delimiter === null ? {} : { Delimiter: delimiter }) },
      (output) => {
        prefixes.push(...(output.CommonPrefixes ?? []).flatMap(({ Prefix }) => Prefix ?? []));
        return output.Contents;
      },
      { resource: `s3://${bucket}/${prefix}` },
    );
    this.gaps.push(...pages.gaps);
    const objects = pages.items.flatMap(({ Key, Size }) =>
      Key === undefined ? [] : [{ key: Key, size: Size ?? 0 }],
    );
    return { prefixes, objects };
  }
}

/**
 * Objects of a log bucket that the window (padded for late delivery) and the accounts need, by their delivery paths.
 * What may not be listed is a gap by name.
 */
export async function listS3Log(reader: AwsReader, place: S3Place, query: EventQuery): Promise<ListedLog> {
  const listing = new Listing(reader, place, query);
  const { prefix } = place;
  await listing.from(prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`);
  const byKey = new Map(listing.objects.map((object) => [object.key, object]));
  const objects = [...byKey.values()].sort((left, right) => (left.key < right.key ? -1 : 1));
  return { objects, gaps: listing.gaps };
}
