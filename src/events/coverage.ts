import type { EventCoverage } from '../model/event-source.ts';
import type { TimeWindow } from '../model/incident.ts';
import type { TrailEvent } from '../model/trail-event.ts';
import type { DeliveredFile } from './delivery-name.ts';
import { earlier, isoOf } from './event-time.ts';
import type { SeenPlace } from './seen-places.ts';
import { type TrailHole, trailHoles } from './trail-control.ts';

/** A chain of digests: proves over its time that no file is missing. */
export interface DigestCoverage {
  readonly accountId: string;
  readonly region: string;
  readonly from: string;
  readonly to: string;
  readonly holes: EventCoverage['holes'];
}

export interface CoverageFacts {
  /** Delivered files that were read whole. */
  readonly delivered: readonly DeliveredFile[];
  /** Delivered files that could not be read whole, and why. */
  readonly broken: readonly (DeliveredFile & { readonly why: string })[];
  readonly places: readonly SeenPlace[];
  readonly control: readonly TrailEvent[];
  readonly digests: readonly DigestCoverage[];
  /** Files come from trails of a whole organization: what stops one, stops it for all accounts. */
  readonly organization: boolean;
  /** Milliseconds. */
  readonly now: number;
  /** From when on every delivered file was listed (S3), in milliseconds; null = whatever files we were given. */
  readonly listedFrom: number | null;
}

const minute = 60_000;
/** A file holds what was delivered in the five minutes before the time in its name. */
const deliveryInterval = 5 * minute;
/** "CloudTrail typically delivers logs within an average of about 5 minutes": what is younger may still come. */
export const deliveryDelay = 15 * minute;

type Basis = EventCoverage['basis'];
type Place = TimeWindow & {
  readonly accountId: string;
  readonly region: string;
  readonly basis: Basis;
  readonly holes: EventCoverage['holes'];
};

function keyOf({ accountId, region }: { readonly accountId: string; readonly region: string }): string {
  return `${accountId} ${region}`;
}

function byName(facts: CoverageFacts): readonly Place[] {
  const places = new Map<string, DeliveredFile[]>();
  for (const file of [...facts.delivered, ...facts.broken].filter(({ digest }) => !digest)) {
    const files = places.get(keyOf(file)) ?? [];
    files.push(file);
    places.set(keyOf(file), files);
  }
  return [...places.values()].map((files) => {
    const [{ accountId, region } = { accountId: '', region: '' }] = files;
    const times = files.map(({ deliveredAt }) => deliveredAt);
    const first = times.reduce((least, time) => Math.min(least, time)) - deliveryInterval;
    const last = times.reduce((most, time) => Math.max(most, time));
    const from = isoOf(facts.listedFrom === null ? first : Math.min(first, facts.listedFrom));
    return { accountId, region, from, to: isoOf(last), basis: 'delivery', holes: [] };
  });
}

function brokenHoles(facts: CoverageFacts, place: Place): EventCoverage['holes'] {
  return facts.broken
    .filter((file) => keyOf(file) === keyOf(place))
    .map(({ deliveredAt, why }) => ({
      // An event may lie in a file that is delivered a quarter of an hour after it.
      from: isoOf(deliveredAt - deliveryInterval - deliveryDelay),
      to: isoOf(deliveredAt),
      why,
    }));
}

function trailHolesOf(
  holes: readonly TrailHole[],
  place: Place,
  organization: boolean,
): EventCoverage['holes'] {
  return holes
    .filter(({ accountId }) => organization || accountId === place.accountId)
    .map(({ from, to, why }) => ({ from, to: to ?? place.to, why }));
}

function clipped(holes: EventCoverage['holes'], { from, to }: TimeWindow): EventCoverage['holes'] {
  return holes
    .map((hole) => ({
      from: hole.from < from ? from : hole.from,
      to: hole.to > to ? to : hole.to,
      why: hole.why,
    }))
    .filter((hole) => hole.from < hole.to)
    .sort((left, right) =>
      `${left.from} ${left.to} ${left.why}` < `${right.from} ${right.to} ${right.why}` ? -1 : 1,
    );
}

/**
 * Over which times an event would be here if it had happened, per account and region. Ends at what was proved to be
 * delivered and never later than 15 minutes before now.
 */
export function eventCoverage(facts: CoverageFacts): readonly EventCoverage[] {
  const named = byName(facts);
  const known = new Set([...named, ...facts.digests].map(keyOf));
  const others = facts.places
    .filter((place) => !known.has(keyOf(place)))
    .map(
      ({ accountId, region, first, last }): Place => ({
        accountId,
        region,
        from: first,
        to: last,
        basis: 'delivery',
        holes: [],
      }),
    );
  const digested = facts.digests.map((digest): Place => ({ ...digest, basis: 'digest' }));
  const underDigest = new Set(digested.map(keyOf));
  const latest = isoOf(facts.now - deliveryDelay);
  const holes = trailHoles(facts.control);
  return [...digested, ...named.filter((place) => !underDigest.has(keyOf(place))), ...others]
    .map((place) => ({ ...place, to: earlier(place.to, latest) }))
    .filter(({ from, to }) => from < to)
    .map((place) => ({
      ...place,
      holes: clipped(
        [...place.holes, ...brokenHoles(facts, place), ...trailHolesOf(holes, place, facts.organization)],
        place,
      ),
    }))
    .sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}
