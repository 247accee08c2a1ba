import { type EventList, eachEvent } from '../model/event-list.ts';
import type { EventActor, TrailEvent } from '../model/trail-event.ts';
import type { Column } from './growing.ts';
import type { LaneGeneration } from './lane-generation.ts';
import { isEvent } from './normalize-event.ts';
import { type BatchRecords, ScannedEvent } from './scanned-event.ts';

/** What the events of a batch are made of; one number per event in each column. */
export interface BatchColumns {
  /** Positions of the records; null = every record of the batch, in its order. */
  readonly positions: Column | null;
  /** Numbers of their buckets and identities within the generation of the lane, from 1; an identity of 0 = none. */
  readonly buckets: Column;
  readonly identities: Column;
}

/** Events of one batch. Each is made when it is asked for: a log has millions, and few are asked for more than once. */
export class BatchEvents implements EventList {
  readonly length: number;
  private readonly records: BatchRecords;
  private readonly generation: LaneGeneration;
  private readonly columns: BatchColumns;
  /** By place: of those whose record crossed as it is. */
  private readonly actors: ReadonlyMap<number, EventActor>;

  constructor(
    records: BatchRecords,
    generation: LaneGeneration,
    columns: BatchColumns,
    actors: ReadonlyMap<number, EventActor>,
  ) {
    this.length = columns.buckets.length;
    this.records = records;
    this.generation = generation;
    this.columns = columns;
    this.actors = actors;
  }

  at(place: number): TrailEvent | undefined {
    const { positions, buckets, identities } = this.columns;
    const bucket = buckets[place];
    if (bucket === undefined) {
      return undefined;
    }
    const position = positions === null ? place : (positions[place] ?? 0);
    return this.records.isWhole(position)
      ? this.crossed(place, position)
      : new ScannedEvent(
          this.generation.actor(identities[place] ?? 0),
          this.generation.whole(bucket).head,
          this.records,
          position,
        );
  }

  [Symbol.iterator](): Iterator<TrailEvent> {
    return eachEvent(this);
  }

  private crossed(place: number, position: number): TrailEvent | undefined {
    const event = this.records.normalized(position);
    return isEvent(event) ? { ...event, actor: this.actors.get(place) ?? event.actor } : undefined;
  }
}
