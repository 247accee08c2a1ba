import { readFileSync } from 'node:fs';
import type { EventReading } from '../model/event-source.ts';
import type { Gap } from '../model/gap.ts';
import { eventCoverage } from './coverage.ts';
import { type DeliveredFile, deliveredFile } from './delivery-name.ts';
import { type Digest, type DigestKeys, parseDigest } from './digest.ts';
import { logGaps, namedGap } from './log-gaps.ts';
import { malformed } from './log-problem.ts';
import type { LogReading } from './read-log.ts';
import type { ScannedFile } from './scan-batch.ts';
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

type BrokenFile = DeliveredFile & { readonly why: string };

/** Delivered files that could not be read whole, or not at all. */
function brokenFiles(troubled: readonly ScannedFile[], unread: readonly UnreadFile[]): readonly BrokenFile[] {
  const known = troubled.flatMap(({ name, problems: [problem] }) =>
    problem === undefined ? [] : [{ name, why: `${name.split(/[/\\]/).at(-1)}: ${problem.detail}` }],
  );
  return [...known, ...unread].flatMap(({ name, why }) => {
    const file = deliveredFile(name);
    return file === null ? [] : [{ ...file, why }];
  });
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
  const { files } = reading;
  const report = verifyDigests(parsed, files.hashed, settings.digestKeys);
  const coverage = eventCoverage({
    delivered: files.delivered,
    broken: brokenFiles(files.troubled, settings.unread ?? []),
    places: reading.places.told(),
    control: reading.control,
    digests: report.coverage,
    organization: files.organization,
    now: settings.now,
    listedFrom: settings.listedFrom,
  });
  return {
    coverage: reading.leftOut.without(coverage),
    gaps: [...logGaps(reading), ...unread, ...digestGaps(report)],
    counts: reading.counts,
  };
}
