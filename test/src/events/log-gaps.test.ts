import { describe, expect, test } from '@jest/globals';
import { FileTally } from '../../../src/events/file-tally.ts';
import { LeftOut } from '../../../src/events/left-out.ts';
import { logGaps } from '../../../src/events/log-gaps.ts';
import type { LogReading } from '../../../src/events/read-log.ts';
import { SeenPlaces } from '../../../src/events/seen-places.ts';

const fine: LogReading = {
  counts: { files: 1, bytes: 1, records: 9, outsideWindow: 0, duplicates: 0, unparsable: 0 },
  files: new FileTally(),
  control: [],
  places: new SeenPlaces(0),
  otherContent: [],
  unusable: [],
  unusableCount: 0,
  untold: 0,
  leftOut: new LeftOut('calls'),
  aborted: false,
};

const told = (reading: LogReading): readonly (readonly [string, string])[] =>
  logGaps(reading).map(({ reason, detail }) => [reason, detail]);

describe('gaps of a log', () => {
  test('are none where everything was used', () => {
    expect(logGaps(fine)).toEqual([]);
  });

  test('name the first records that could not be used, and count the others', () => {
    const unusable = [{ file: 'one.json', index: 7, problem: 'the record has no eventName' }];
    expect(told({ ...fine, unusable, unusableCount: 4 })).toEqual([
      ['malformed', 'record 7 could not be used: the record has no eventName'],
      ['malformed', '3 more records could not be used'],
    ]);
    expect(told({ ...fine, unusable, unusableCount: 1 })).toHaveLength(1);
  });

  test('tell of places that are too many', () => {
    const places = new SeenPlaces(0);
    places.add({ accountId: '111122223333', region: 'eu-west-1', calls: 5, firstTime: 0, lastTime: 1 });
    expect(told({ ...fine, places })).toEqual([
      ['truncated', expect.stringContaining('5 calls are of further ones, whose coverage is not told')],
    ]);
  });

  test('of a run that was stopped can be mended by another', () => {
    expect(logGaps({ ...fine, aborted: true })).toEqual([
      expect.objectContaining({ reason: 'aborted', retryable: true }),
    ]);
  });
});
