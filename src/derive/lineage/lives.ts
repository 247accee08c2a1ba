import { AccessKeyIds } from './access-key-ids.ts';
import { haveSameHash, KeyedNumbers, type NumbersByKey } from './numbers-by-key.ts';
import type { PreparedEvent } from './prepared-event.ts';
import type { PreparedLog } from './prepared-log.ts';
import type { Act, NodeSeed, Relation } from './rules/lineage-rule.ts';

/** One life of a thing: what is made again under the name of something deleted is another thing. */
export interface Life {
  readonly createdAt: number | null;
  readonly deletedAt: number | null;
  readonly uniqueId: string | null;
}

interface Moment {
  readonly at: number;
  readonly what: 'created' | 'deleted';
  readonly uniqueId: string | null;
}

const unborn: Life = { createdAt: null, deletedAt: null, uniqueId: null };

function different(left: string | null, right: string | null): boolean {
  return left !== null && right !== null && left !== right;
}

/** Within one second the record's order says nothing: what lives is deleted before it is made again. */
function inOrder(moments: readonly Moment[]): readonly Moment[] {
  const sorted = moments.toSorted((left, right) => left.at - right.at);
  const ordered: Moment[] = [];
  let alive = false;
  for (let start = 0; start < sorted.length; ) {
    const at = sorted[start]?.at;
    let end = start + 1;
    while (end < sorted.length && sorted[end]?.at === at) {
      end += 1;
    }
    const now = sorted.slice(start, end);
    const made = now.filter(({ what }) => what === 'created');
    const gone = now.filter(({ what }) => what === 'deleted');
    ordered.push(...(alive ? [...gone, ...made] : [...made, ...gone]));
    alive = ordered.at(-1)?.what === 'created';
    start = end;
  }
  return ordered;
}

function livesOf(moments: readonly Moment[]): readonly Life[] {
  const lives: Life[] = [];
  for (const moment of moments.length > 1 ? inOrder(moments) : moments) {
    const current = lives.at(-1);
    if (moment.what === 'created') {
      // Creating what is alive is a repeated call, unless the provider's id says that a deletion was not seen.
      if (
        current === undefined ||
        current.deletedAt !== null ||
        different(current.uniqueId, moment.uniqueId)
      ) {
        lives.push({ createdAt: moment.at, deletedAt: null, uniqueId: moment.uniqueId });
      }
    } else if (current === undefined) {
      lives.push({ ...unborn, deletedAt: moment.at });
    } else if (current.deletedAt === null) {
      lives[lives.length - 1] = { ...current, deletedAt: moment.at };
    }
  }
  return lives;
}

/** What the log tells of one thing. */
interface Told {
  readonly lives: readonly Life[];
  /** When its password, code or trust was set. */
  readonly settings: readonly number[];
  /** ARN of the role that a function last ran as. */
  readonly runsAs: string | undefined;
}

interface ToldDraft {
  readonly moments: Moment[];
  readonly settings: number[];
  runsAs: string | undefined;
}

const nothing: Told = { lives: [], settings: [], runsAs: undefined };

/** Whether a life of the thing begins or ends with the act. */
function isMoment(relation: Relation): boolean {
  return relation === 'created' || relation === 'deleted' || relation === 'issued';
}

function runsAsOf(seed: NodeSeed): string | undefined {
  return seed.type === 'lambda-function' ? seed.runsAs : undefined;
}

function draft(): ToldDraft {
  return { moments: [], settings: [], runsAs: undefined };
}

function learn(told: ToldDraft, { at, event }: PreparedEvent, { relation, seed }: Act): void {
  if (isMoment(relation)) {
    const what = relation === 'deleted' ? 'deleted' : 'created';
    told.moments.push({ at, what, uniqueId: seed.uniqueId });
  }
  if (isSetting(seed, event.name)) {
    told.settings.push(at);
  }
  told.runsAs = runsAsOf(seed) ?? told.runsAs;
}

/**
 * When things were made and deleted, by anybody; and when passwords, code and trust were set. Of the very many things of
 * a large log few are asked for: of the others only the places of their events are kept, and not even their keys.
 */
export class Lives {
  /** Ids of access keys whose making is in the log. */
  readonly minted = new AccessKeyIds();
  readonly #log: PreparedLog;
  /** Places of events by the keys of the things of which they tell. */
  readonly #places: NumbersByKey;
  /** Of the few things that were asked for. */
  readonly #told = new Map<string, Told>();

  constructor(log: PreparedLog) {
    this.#log = log;
    const places = new KeyedNumbers();
    log.eachTurn((prepared, place) => {
      for (const { relation, seed } of prepared.passingActs()) {
        if (seed.accessKeyId !== undefined) {
          this.minted.add(seed.accessKeyId);
        }
        if (isMoment(relation) || isSetting(seed, prepared.event.name) || runsAsOf(seed) !== undefined) {
          places.add(seed.key, place);
        }
      }
    });
    this.#places = places.sealed();
  }

  #of(key: string): Told {
    const known = this.#told.get(key);
    const places = known === undefined ? this.placesOf(key) : [];
    if (places.length === 0) {
      return known ?? nothing;
    }
    // Names with one hash can be made on purpose, and in any number: what their events tell is told of all at once.
    const drafts = new Map([[key, draft()]]);
    // An event may tell of a thing twice.
    for (const place of new Set(places)) {
      const prepared = this.#log.passing(place);
      for (const act of prepared?.passingActs() ?? []) {
        if (prepared !== undefined && haveSameHash(act.seed.key, key)) {
          const own = drafts.get(act.seed.key) ?? draft();
          drafts.set(act.seed.key, own);
          learn(own, prepared, act);
        }
      }
    }
    for (const [one, { moments, ...rest }] of drafts) {
      this.#told.set(one, { ...rest, lives: livesOf(moments) });
    }
    return this.#told.get(key) ?? nothing;
  }

  /** Places of the events with which something of the thing begins, ends or is set, in their order; now and then others. */
  placesOf(key: string): readonly number[] {
    return this.#places.candidates(key);
  }

  /** ARN of the role that a function last ran as, by the function's key. */
  roleOfFunction(key: string): string | undefined {
    return this.#of(key).runsAs;
  }

  /** Index of the life that an act at this time speaks of; -1: of one before the first that is known. */
  indexAt(key: string, at: number, relation: Relation | null, uniqueId: string | null): number {
    const { lives } = this.#of(key);
    const byId = uniqueId === null ? -1 : lives.findIndex((life) => life.uniqueId === uniqueId);
    const byEnd = relation === 'deleted' ? lives.findIndex((life) => life.deletedAt === at) : -1;
    if (byId >= 0 || byEnd >= 0) {
      return byId >= 0 ? byId : byEnd;
    }
    return lives.length === 0
      ? 0
      : lives.findLastIndex(({ createdAt }) => createdAt === null || createdAt <= at);
  }

  /** The life that begins next, or else the last one. */
  nextIndex(key: string, at: number): number {
    const { lives } = this.#of(key);
    const next = lives.findIndex(({ createdAt }) => createdAt !== null && createdAt >= at);
    return next < 0 ? lives.length - 1 : next;
  }

  life(key: string, index: number): Life {
    return this.#of(key).lives[index] ?? unborn;
  }

  /** Several lives: ids must then say which. */
  count(key: string): number {
    return this.#of(key).lives.length;
  }

  /** The next time that a password, code or trust was set after this one, by anybody. */
  nextSetting(key: string, at: number): number {
    return this.#of(key).settings.find((time) => time > at) ?? Number.POSITIVE_INFINITY;
  }

  nextCreation(key: string, at: number): number {
    const next = this.#of(key).lives.find(({ createdAt }) => createdAt !== null && createdAt > at);
    return next?.createdAt ?? Number.POSITIVE_INFINITY;
  }
}

const codeSettings = new Set(['CreateFunction', 'UpdateFunctionCode', 'UpdateFunctionConfiguration']);

/** After it, an earlier password, code or trust no longer holds. */
export function isSetting(seed: NodeSeed, name: string): boolean {
  return (
    seed.type === 'login-profile' ||
    (seed.type === 'lambda-function' && codeSettings.has(name)) ||
    (seed.type === 'iam-role' && seed.trustPolicy !== undefined)
  );
}
