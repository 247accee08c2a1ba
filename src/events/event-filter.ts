import type { EventQuery } from '../model/event-source.ts';
import { lineageEvents } from '../model/lineage-events.ts';
import type { TrailEvent } from '../model/trail-event.ts';
import type { ScanFilter } from './scan-batch.ts';
import { trailControlEvents } from './trail-control.ts';

/** Files and lookups are searched this much beyond the window: CloudTrail delivers late. */
export const deliveryPadding = 60 * 60_000;

/** `source:name` of the events that reach the sink whole. */
export function defaultWholeEvents(): readonly string[] {
  return Object.entries(lineageEvents).flatMap(([source, names]) => names.map((name) => `${source}:${name}`));
}

/** Whether an event is wanted: by source and name alone. */
export type EventTest = (event: Pick<TrailEvent, 'source' | 'name'>) => boolean;

/** Null = every event. */
export type WholeEvents = readonly string[] | null;

export function scanFilter(query: EventQuery, wholeEvents: WholeEvents): ScanFilter {
  return {
    from: query.window === null ? null : Date.parse(query.window.from),
    to: query.window === null ? null : Date.parse(query.window.to),
    accountIds: query.accountIds,
    wholeEvents: wholeEvents === null ? null : [...new Set([...wholeEvents, ...trailControlEvents])],
  };
}

export function wantsEvent(wholeEvents: WholeEvents): EventTest {
  if (wholeEvents === null) {
    return () => true;
  }
  const wanted = new Map<string, Set<string>>();
  for (const event of wholeEvents) {
    const [source = '', name = ''] = event.split(':');
    wanted.set(source, (wanted.get(source) ?? new Set<string>()).add(name));
  }
  return ({ source, name }) => wanted.get(source)?.has(name) ?? false;
}
