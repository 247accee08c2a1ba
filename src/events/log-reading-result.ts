import { readFileSync } from 'node:fs';
import type { EventReading } from '../model/event-source.ts';
import type { Gap } from '../model/gap.ts';
import { eventCoverage } from './coverage.ts';
import { type DeliveredFile, deliveredFile, isOrganizationDelivery } from './delivery-name.ts';
import { type Digest, type DigestKeys, parseDigest } from './digest.ts';
import { logGaps, namedGap } from './log-gaps.ts';
import { malformed } from './log-problem.ts';
import type { LogReading } from './read-log.ts';
import { unpack } from './unpack.ts';
import { type DigestReport, verifyDigests } from './verify-digests.ts';

export interface ResultSettings {
  /** Milliseconds. */
  readonly now: number;
  readonly digestKeys: DigestKeys;
  readonly listedFrom: number | null;
  /** Files that were there and could not be had at all: told as gaps by who tried. */
  readonly unread?: readonly UnreadFile[];
}

export interface UnreadFile {
  readonly name: string;
  readonly why: string;
}

/** Plain content of the digest files among those that were read. */
export type DigestTexts = ReadonlyMap<string, Uint8Array>;

export function digestTexts(paths: readonly string[]): DigestTexts {
  return new Map(paths.map((path) => [path, unpack(readFileSync(path)).bytes]));
}

function unsigned(report: DigestReport): readonly Gap[] {
  const unverified = report.digests - report.signed;
  return report.digests === 0 || unverified === 0
    ? []
    : [
        {
          reason: 'unsupported',
          operation: 'events.digest',
          unit: { kind: 'organization', partition: 'aws', accountId: null, region: null },
          detail: `the signatures of ${unverified} of ${report.digests} digests were not verified: file hashes and the chain of digests were, but who can write to the bucket could have forged both`,
          retryable: false,
        },
      ];
}

function within(report: DigestReport, name: string): boolean {
  const file = deliveredFile(name);
  return (
    file !== null &&
    report.coverage.some(
      ({ accountId, region, from, to }) =>
        accountId === file.accountId &&
        region === file.region &&
        Date.parse(from) < file.deliveredAt &&
        file.deliveredAt < Date.parse(to),
    )
  );
}

function digestGaps(report: DigestReport): readonly Gap[] {
  return [
    ...report.problems.map(({ file, detail }) => namedGap(file, malformed(detail))),
    ...report.unnamed
      .filter((name) => within(report, name))
      .map((name) =>
        namedGap(name, malformed('no digest names this file: another trail delivered it, or nobody did')),
      ),
    ...unsigned(report),
  ];
}

function deliveries(
  reading: LogReading,
  unread: readonly UnreadFile[],
): {
  readonly delivered: readonly DeliveredFile[];
  readonly broken: readonly (DeliveredFile & { readonly why: string })[];
} {
  const delivered: DeliveredFile[] = [];
  const broken: (DeliveredFile & { readonly why: string })[] = [];
  for (const { name, problems } of reading.files) {
    const file = deliveredFile(name);
    const [problem] = problems;
    if (file !== null && problem === undefined) {
      delivered.push(file);
    } else if (file !== null && problem !== undefined) {
      broken.push({ ...file, why: `${name.split(/[/\\]/).at(-1)}: ${problem.detail}` });
    }
  }
  for (const { name, why } of unread) {
    const file = deliveredFile(name);
    broken.push(...(file === null ? [] : [{ ...file, why }]));
  }
  return { delivered, broken };
}

/** Coverage and gaps of a log that was read, its digests held against it. */
export function logReadingResult(
  reading: LogReading,
  digests: DigestTexts,
  settings: ResultSettings,
): EventReading {
  const parsed: Digest[] = [];
  const unread: Gap[] = [];
  for (const [file, text] of digests) {
    const digest = parseDigest(file, text);
    if (digest === null) {
      unread.push(namedGap(file, malformed('named as a digest and none')));
    } else {
      parsed.push(digest);
    }
  }
  const hashed = reading.files.flatMap(({ name, sha256, digest }) =>
    sha256 === null || digest ? [] : [{ name, sha256 }],
  );
  const report = verifyDigests(parsed, hashed, settings.digestKeys);
  const coverage = eventCoverage({
    ...deliveries(reading, settings.unread ?? []),
    places: reading.places,
    control: reading.control,
    digests: report.coverage,
    organization: reading.files.some(({ name }) => isOrganizationDelivery(name)),
    now: settings.now,
    listedFrom: settings.listedFrom,
  });
  return {
    coverage: reading.leftOut.without(coverage),
    gaps: [...logGaps(reading), ...unread, ...digestGaps(report)],
    counts: reading.counts,
  };
}
