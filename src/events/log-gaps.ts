import type { Gap } from '../model/gap.ts';
import { organizationUnit, regionUnit, type ScopeUnit } from '../model/scope.ts';
import { deliveredFile } from './delivery-name.ts';
import { logFileOperation } from './find-log-files.ts';
import { type LogProblem, malformed } from './log-problem.ts';
import type { LogReading } from './read-log.ts';
import type { ScannedFile } from './scan-batch.ts';

const mostNamed = 5;

function unitOf(name: string): ScopeUnit {
  const file = deliveredFile(name);
  return file === null ? organizationUnit('aws') : regionUnit('aws', file.accountId, file.region);
}

export function namedGap(name: string, { reason, detail }: LogProblem): Gap {
  return {
    reason,
    operation: logFileOperation,
    unit: unitOf(name),
    resource: name,
    detail,
    retryable: false,
  };
}

function badRecords({ name, records, badCount, bad }: ScannedFile): Gap {
  const named = bad.slice(0, mostNamed).map(({ index, reason }) => `record ${index}: ${reason}`);
  const more = badCount > named.length ? `; and ${badCount - named.length} more` : '';
  const detail = `${badCount} of ${records} records could not be used (${named.join('; ')}${more})`;
  return namedGap(name, { reason: 'malformed', detail });
}

function otherContent({ otherContent: places }: LogReading): readonly Gap[] {
  const [first] = places;
  if (first === undefined) {
    return [];
  }
  const named = places.slice(0, mostNamed).map(({ file, index }) => `record ${index} of ${file}`);
  const more = places.length > named.length ? ` and ${places.length - named.length} more` : '';
  const detail = `${places.length} records have the event id of another record and other content; both were kept (${named.join(', ')}${more})`;
  return [namedGap(first.file, { reason: 'malformed', detail })];
}

/** About no file of its own. */
function logGap(reason: Gap['reason'], detail: string): Gap {
  return { reason, operation: logFileOperation, unit: organizationUnit('aws'), detail, retryable: false };
}

function untold({ untold: count }: LogReading): readonly Gap[] {
  return count === 0
    ? []
    : [
        logGap(
          'truncated',
          `the log is so large that ${count} records were kept without asking whether they are there twice: counts may be too high; give --trail-memory more`,
        ),
      ];
}

function beyondPlaces({ places: { beyond } }: LogReading): readonly Gap[] {
  return beyond === 0
    ? []
    : [
        logGap(
          'truncated',
          `the log names more accounts and regions than an organization has: ${beyond} calls are of further ones, whose coverage is not told`,
        ),
      ];
}

function unusable({ unusable: named, unusableCount }: LogReading): readonly Gap[] {
  const more = unusableCount - named.length;
  return [
    ...named.map(({ file, index, problem }) =>
      namedGap(file, malformed(`record ${index} could not be used: ${problem}`)),
    ),
    ...(more === 0 ? [] : [logGap('malformed', `${more} more records could not be used`)]),
  ];
}

function aborted({ aborted: stopped }: LogReading): readonly Gap[] {
  return stopped
    ? [{ ...logGap('aborted', 'the run was stopped before the last file was read'), retryable: true }]
    : [];
}

/** Everything of a log that could not be used, by name. */
export function logGaps(reading: LogReading): readonly Gap[] {
  const files = reading.files.troubled.flatMap((file) => [
    ...file.problems.map((problem) => namedGap(file.name, problem)),
    ...(file.badCount > 0 ? [badRecords(file)] : []),
  ]);
  return [
    ...files,
    ...unusable(reading),
    ...otherContent(reading),
    ...untold(reading),
    ...beyondPlaces(reading),
    ...reading.leftOut.gaps(),
    ...aborted(reading),
  ];
}
