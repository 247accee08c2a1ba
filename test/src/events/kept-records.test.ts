import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KeptRecords } from '../../../src/events/kept-records.ts';
import { logLimits } from '../../../src/events/log-limits.ts';
import { boundCount } from '../../../src/events/whole-records.ts';

interface Batch {
  readonly bytes: Buffer;
  readonly bounds: Int32Array;
  readonly records: readonly string[];
}

function batchOf(records: readonly string[]): Batch {
  const bounds = new Int32Array(records.length * boundCount);
  let end = 0;
  for (const [number, record] of records.entries()) {
    const start = end;
    end += record.length;
    bounds.set([start, start, start, start, end], number * boundCount);
  }
  return { bytes: Buffer.from(records.join('')), bounds, records };
}

const records = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.stringMatching(/^[a-z]{0,400}$/) },
    { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 140_000 }).map((size) => 'x'.repeat(size)) },
  ),
  { minLength: 1, maxLength: 60 },
);

function expectAll(keeping: KeptRecords, batches: readonly Batch[], order: readonly number[]): void {
  const kept = batches.map(({ bytes, bounds }) => keeping.keep(Buffer.from(bytes), bounds));
  const places = batches.flatMap((batch, number) =>
    batch.records.map((record, position) => ({
      number,
      position,
      record,
      start: batch.bounds[position * boundCount] ?? 0,
    })),
  );
  for (const turn of order) {
    const place = places[turn % places.length];
    const found = place === undefined ? undefined : kept[place.number]?.at(place.position);
    const start = (place?.start ?? 0) - (found?.base ?? 0);
    expect(found?.bytes.toString('latin1', start, start + (place?.record.length ?? 0))).toBe(place?.record);
  }
}

describe('kept records', () => {
  test('are found wherever they are kept: in memory, on disk, or some here and some there', () => {
    fc.assert(
      fc.property(
        fc.array(records, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(0, 1000, 100_000, 1_000_000),
        fc.array(fc.nat(), { minLength: 1, maxLength: 80 }),
        (batches, residentBytes, order) => {
          expectAll(new KeptRecords({ ...logLimits(), residentBytes }), batches.map(batchOf), order);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('stay in memory where no file can be made', () => {
    const keeping = new KeptRecords(
      { ...logLimits(), residentBytes: 0 },
      join(tmpdir(), 'afterleak', 'missing'),
    );
    expectAll(keeping, [batchOf(['one', 'two']), batchOf(['three'])], [0, 1, 2]);
  });

  test('are admitted up to the limit', () => {
    const keeping = new KeptRecords({ ...logLimits(), events: 10 });
    expect([6, 5, 4, 1].map((events) => keeping.admit(events, 0))).toEqual([true, false, true, false]);
  });

  test('are admitted as long as their callers are not too many', () => {
    const keeping = new KeptRecords({ ...logLimits(), callers: 10 });
    expect([6, 5, 4, 1, 0].map((callers) => keeping.admit(1, callers))).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });
});
