import { append } from '../support/append.ts';
import type { PreparedEvent } from './prepared-event.ts';
import type { PreparedLog } from './prepared-log.ts';
import type { NodeSeed, Relation } from './rules/lineage-rule.ts';

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

const noLives: readonly Life[] = [];

/** When things were made and deleted, by anybody; and when passwords, code and trust were set. */
export class Lives {
  /** Ids of access keys whose making is in the log. */
  readonly minted = new Set<string>();
  /** ARN of the role that a function last ran as, by the function's key. */
  readonly rolesOfFunctions = new Map<string, string>();
  readonly #moments = new Map<string, Moment[]>();
  readonly #settings = new Map<string, number[]>();
  /** Of the few things that were asked for. */
  readonly #lives = new Map<string, readonly Life[]>();

  constructor(log: PreparedLog) {
    log.eachTurn((prepared) => this.#turn(prepared));
  }

  #turn(prepared: PreparedEvent): void {
    const { event, at } = prepared;
    for (const { relation, seed } of prepared.passingActs()) {
      if (relation === 'created' || relation === 'deleted' || relation === 'issued') {
        const what = relation === 'deleted' ? 'deleted' : 'created';
        append(this.#moments, seed.key, { at, what, uniqueId: seed.uniqueId });
      }
      this.#learn(seed);
      if (isSetting(seed, event.name)) {
        append(this.#settings, seed.key, at);
      }
    }
  }

  #of(key: string): readonly Life[] {
    const known = this.#lives.get(key);
    const moments = known === undefined ? this.#moments.get(key) : undefined;
    if (moments === undefined) {
      return known ?? noLives;
    }
    const lives = livesOf(moments);
    this.#lives.set(key, lives);
    return lives;
  }

  #learn(seed: NodeSeed): void {
    if (seed.accessKeyId !== undefined) {
      this.minted.add(seed.accessKeyId);
    }
    if (seed.type === 'lambda-function' && seed.runsAs !== undefined) {
      this.rolesOfFunctions.set(seed.key, seed.runsAs);
    }
  }

  /** Index of the life that an act at this time speaks of; -1: of one before the first that is known. */
  indexAt(key: string, at: number, relation: Relation | null, uniqueId: string | null): number {
    const lives = this.#of(key);
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
    const lives = this.#of(key);
    const next = lives.findIndex(({ createdAt }) => createdAt !== null && createdAt >= at);
    return next < 0 ? lives.length - 1 : next;
  }

  life(key: string, index: number): Life {
    return this.#of(key)[index] ?? unborn;
  }

  /** Several lives: ids must then say which. */
  count(key: string): number {
    return this.#of(key).length;
  }

  /** The next time that a password, code or trust was set after this one, by anybody. */
  nextSetting(key: string, at: number): number {
    return this.#settings.get(key)?.find((time) => time > at) ?? Number.POSITIVE_INFINITY;
  }

  nextCreation(key: string, at: number): number {
    const next = this.#of(key).find(({ createdAt }) => createdAt !== null && createdAt > at);
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
