import { isoOf } from './event-time.ts';
import type { LaneBucket } from './lane-activity.ts';

/** When an account's records of a region lie, as far as they were read. */
export interface SeenPlace {
  readonly accountId: string;
  readonly region: string;
  readonly first: string;
  readonly last: string;
}

/** The same in milliseconds, while it is read. */
interface SeenTimes extends Pick<SeenPlace, 'accountId' | 'region'> {
  first: number;
  last: number;
}

/** More accounts and regions than an organization has, fewer than a forged log can name. */
const mostPlaces = 20_000;

/** Accounts and regions of the calls of a log. */
export class SeenPlaces {
  /** Calls of places beyond those that are told: what is not told is not covered. */
  beyond = 0;
  private readonly places = new Map<string, SeenTimes>();
  private readonly most: number;

  constructor(most = mostPlaces) {
    this.most = most;
  }

  add({
    accountId,
    region,
    calls,
    firstTime,
    lastTime,
  }: Pick<LaneBucket, 'accountId' | 'region' | 'calls' | 'firstTime' | 'lastTime'>): void {
    if (accountId === null || region === '') {
      return;
    }
    const key = `${accountId} ${region}`;
    const known = this.places.get(key);
    if (known !== undefined) {
      known.first = Math.min(known.first, firstTime);
      known.last = Math.max(known.last, lastTime);
    } else if (this.places.size < this.most) {
      this.places.set(key, { accountId, region, first: firstTime, last: lastTime });
    } else {
      this.beyond += calls;
    }
  }

  told(): readonly SeenPlace[] {
    return Array.from(this.places.values(), (place) => ({
      ...place,
      first: isoOf(place.first),
      last: isoOf(place.last),
    }));
  }
}
