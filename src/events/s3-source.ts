import { GetObjectCommand } from '@aws-sdk/client-s3';
import { pMapIterable } from 'p-map';
import type { Operation } from '../aws/operation.ts';
import type { AwsReader } from '../aws/reader.ts';
import { RunAborted } from '../aws/runtime.ts';
import type { EventSource } from '../model/event-source.ts';
import type { Gap } from '../model/gap.ts';
import { organizationUnit } from '../model/scope.ts';
import { deliveredFile } from './delivery-name.ts';
import type { DigestKeys } from './digest.ts';
import { defaultWholeEvents, scanFilter, type WholeEvents, wantsEvent } from './event-filter.ts';
import type { KeptRecords } from './kept-records.ts';
import { type LogObject, listS3Log } from './list-s3-log.ts';
import { logReadingResult, type UnreadFile } from './log-reading-result.ts';
import { readLog } from './read-log.ts';
import { parseS3Uri } from './s3-paths.ts';
import type { LogInput } from './scan-job.ts';
import { openScanPool } from './scan-pool.ts';
import type { SeenEvents } from './seen-events.ts';
import { thrownMessage } from './thrown.ts';
import { unpack } from './unpack.ts';

/** What a reader for this source must be allowed to do. */
export const s3TrailOperations: readonly Operation[] = [
  { service: 's3', command: 'ListObjectsV2', permission: 's3:ListBucket' },
  { service: 's3', command: 'GetObject', permission: 's3:GetObject' },
];

export interface S3SourceSettings {
  /** `s3://bucket/prefix` */
  readonly uri: string;
  /** Of the session that may read the bucket (`--trail-role-arn`), with `s3TrailOperations`. */
  readonly reader: AwsReader;
  /** Milliseconds. */
  readonly now: number;
  readonly signal: AbortSignal;
  readonly cores: number;
  readonly wholeEvents?: WholeEvents;
  readonly digestKeys?: DigestKeys;
  readonly seen?: SeenEvents;
  /** Shared with the other sources of a trace. */
  readonly kept?: KeptRecords;
}

const downloadsAtOnce = 8;
const mostThreads = 4;
const worthThreads = 2 * 1024 * 1024;
const mostGapsOfAKind = 5;
const bodyAttempts = 3;

type Fetched = { readonly bytes: Uint8Array } | { readonly gap: Gap };

async function fetchObject(
  reader: AwsReader,
  bucket: string,
  key: string,
  signal: AbortSignal,
): Promise<Fetched> {
  const resource = `s3://${bucket}/${key}`;
  let cause = '';
  for (let attempt = 0; attempt < bodyAttempts; attempt += 1) {
    const answer = await reader.read(GetObjectCommand, { Bucket: bucket, Key: key }, { resource });
    if (answer.kind !== 'value') {
      return { gap: answer.kind === 'gap' ? answer.gap : goneGap(resource) };
    }
    try {
      const bytes = await answer.value.Body?.transformToByteArray();
      return { bytes: bytes ?? new Uint8Array(0) };
    } catch (error) {
      if (signal.aborted) {
        throw new RunAborted('the run was stopped', { cause: error });
      }
      cause = thrownMessage(error);
    }
  }
  return {
    gap: {
      ...goneGap(resource),
      reason: 'unreachable',
      detail: `the object broke off (${cause})`,
      retryable: true,
    },
  };
}

function goneGap(resource: string): Gap {
  const unit = organizationUnit('aws');
  return {
    reason: 'not-collected',
    operation: 's3:GetObject',
    unit,
    resource,
    detail: 'the object was listed and is not there',
    retryable: false,
  };
}

/** A bucket that denies ten thousand objects is one trouble, told with a few names. */
function foldGaps(gaps: readonly Gap[]): readonly Gap[] {
  const kinds = new Map<string, Gap[]>();
  for (const gap of gaps) {
    const key = `${gap.reason} ${gap.operation} ${gap.detail}`;
    kinds.set(key, [...(kinds.get(key) ?? []), gap]);
  }
  return [...kinds.values()].flatMap((alike) => {
    const named = alike.slice(0, mostGapsOfAKind);
    const [first] = alike;
    if (first === undefined || alike.length === named.length) {
      return named;
    }
    const more = `${first.detail}; and ${alike.length - named.length} more objects likewise`;
    return [{ ...first, detail: more }, ...named.slice(1)];
  });
}

class Download {
  readonly gaps: Gap[] = [];
  readonly unread: UnreadFile[] = [];
  readonly digests = new Map<string, Uint8Array>();
  private readonly settings: S3SourceSettings;
  private readonly bucket: string;

  constructor(settings: S3SourceSettings, bucket: string) {
    this.settings = settings;
    this.bucket = bucket;
  }

  async *inputs(objects: readonly LogObject[]): AsyncGenerator<LogInput> {
    const { reader, signal } = this.settings;
    const fetched = pMapIterable(
      objects,
      async ({ key }) => ({ key, ...(await fetchObject(reader, this.bucket, key, signal)) }),
      { concurrency: downloadsAtOnce, backpressure: downloadsAtOnce * 2 },
    );
    for await (const result of fetched) {
      const name = `s3://${this.bucket}/${result.key}`;
      if ('gap' in result) {
        this.gaps.push(result.gap);
        this.unread.push({ name, why: result.gap.detail });
        continue;
      }
      if (deliveredFile(name)?.digest === true) {
        this.digests.set(name, unpack(result.bytes).bytes);
      }
      yield { name, size: result.bytes.length, content: { kind: 'bytes', bytes: result.bytes } };
    }
  }
}

/** CloudTrail's delivery in a bucket: what window and accounts need, through the same strict reader as files. */
export function s3Source(settings: S3SourceSettings): EventSource {
  const place = parseS3Uri(settings.uri);
  if (place === null) {
    throw new RangeError(`not an S3 location: ${settings.uri}`);
  }
  const wholeEvents = settings.wholeEvents === undefined ? defaultWholeEvents() : settings.wholeEvents;
  return {
    name: settings.uri,
    async read(query, sink) {
      const listed = await listS3Log(settings.reader, place, query);
      const packed = listed.objects.reduce((sum, { size }) => sum + size, 0);
      const download = new Download(settings, place.bucket);
      const reading = await readLog(download.inputs(listed.objects), sink, {
        pool: openScanPool(
          scanFilter(query, wholeEvents),
          packed < worthThreads ? 0 : Math.min(settings.cores, mostThreads),
        ),
        hashes: listed.objects.some(({ key }) => deliveredFile(key)?.digest === true),
        signal: settings.signal,
        forSink: wantsEvent(wholeEvents),
        ...(settings.seen === undefined ? {} : { seen: settings.seen }),
        ...(settings.kept === undefined ? {} : { kept: settings.kept }),
      });
      const result = logReadingResult(reading, download.digests, {
        now: settings.now,
        digestKeys: settings.digestKeys ?? {},
        listedFrom: query.window === null || listed.gaps.length > 0 ? null : Date.parse(query.window.from),
        unread: download.unread,
      });
      return { ...result, gaps: [...listed.gaps, ...foldGaps(download.gaps), ...result.gaps] };
    },
  };
}
