import type { TrailEvent } from '../model/trail-event.ts';
import type { LaneBuckets } from './lane-buckets.ts';
import { isEvent, normalizeEvent } from './normalize-event.ts';
import { rowMembers, type ScannedBatch, type ScannedFile } from './scan-batch.ts';
import { RecordTexts, ScannedEvent } from './scanned-event.ts';

export interface RecordPlace {
  readonly file: string;
  readonly index: number;
}

/** A record that the scanner counted and the normalizer cannot read (a member that is written twice). */
export type UnusableRecord = RecordPlace & { readonly problem: string };

export interface WholeEvents {
  readonly events: readonly TrailEvent[];
  readonly unusable: readonly UnusableRecord[];
}

const openBrace = 0x7b;

/** Tells for ascending rows of a batch which file they are of. */
function fileFinder(files: readonly ScannedFile[]): (row: number) => string {
  let number = 0;
  let end = files[0]?.rows ?? 0;
  return (row) => {
    while (row >= end && number < files.length) {
      number += 1;
      end += files[number]?.rows ?? 0;
    }
    return files[number]?.name ?? '';
  };
}

/** The whole events among the kept rows; to be taken before the lane gets its next batch. */
export function wholeEvents(batch: ScannedBatch, kept: Uint8Array, lane: LaneBuckets): WholeEvents {
  const { files, rows, times, wholeRows, wholeActors, wholeBytes, wholeEnds } = batch;
  const texts = new RecordTexts(wholeBytes);
  const fileOf = fileFinder(files);
  const events: TrailEvent[] = [];
  const unusable: UnusableRecord[] = [];
  let start = 0;
  for (let position = 0; position < wholeRows.length; position += 1) {
    const row = wholeRows[position] ?? 0;
    const end = wholeEnds[position] ?? start;
    if (kept[row] === 1) {
      const file = fileOf(row);
      const index = rows[row * rowMembers.length + rowMembers.index] ?? 0;
      if (texts.byteAt(start) === openBrace) {
        const event = normalizeEvent(texts.json(start, end), { file, index });
        if (isEvent(event)) {
          events.push(event);
        } else {
          unusable.push({ file, index, ...event });
        }
      } else {
        const head = lane.head(rows[row * rowMembers.length + rowMembers.bucket] ?? 0);
        const actor = lane.actor(wholeActors[position] ?? 0);
        events.push(new ScannedEvent(times[row] ?? 0, actor, head, texts, start, end, file, index));
      }
    }
    start = end;
  }
  return { events, unusable };
}
