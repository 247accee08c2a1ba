import type { AuditResult, InventoryRow, ResultFinding } from '../model/audit-result.ts';
import { instant } from './times.ts';

/** Something that a result shows to exist: as an inventory row, or as the subject of a finding. */
export interface Thing {
  readonly arn: string;
  readonly uniqueId: string | null;
  readonly type: string;
  readonly name: string;
  readonly accountId: string | null;
  readonly region: string | null;
  readonly createdAt: number | null;
  readonly modifiedAt: number | null;
  readonly row: InventoryRow | null;
  readonly finding: ResultFinding | null;
}

type Named = Pick<Thing, 'arn' | 'uniqueId' | 'type'>;

export function subjectOf({ subject }: ResultFinding): Named {
  return { arn: subject.arn, uniqueId: subject.uniqueId ?? null, type: subject.type };
}

/** Two lives of one name: both ids are known and differ. */
export function otherLife(left: Pick<Named, 'uniqueId'>, right: Pick<Named, 'uniqueId'>): boolean {
  return left.uniqueId !== null && right.uniqueId !== null && left.uniqueId !== right.uniqueId;
}

/** Event-based findings tell what was made, not what is there. */
export function isEventBased(check: string): boolean {
  return check.startsWith('lineage/');
}

function fromRow(row: InventoryRow): Thing {
  return {
    arn: row.arn,
    uniqueId: row.uniqueId,
    type: row.type,
    name: row.name,
    accountId: row.accountId,
    region: row.region,
    createdAt: instant(row.createdAt),
    modifiedAt: instant(row.modifiedAt),
    row,
    finding: null,
  };
}

function fromFinding(finding: ResultFinding): Thing {
  const { arn, type, name, accountId, region, uniqueId = null } = finding.subject;
  return {
    arn,
    uniqueId,
    type,
    name,
    accountId,
    region,
    createdAt: null,
    modifiedAt: null,
    row: null,
    finding,
  };
}

function orderOf({ arn, uniqueId, row, finding }: Thing): string {
  return [arn, uniqueId ?? '', row === null ? 'finding' : 'a row', finding?.fingerprint ?? ''].join('\n');
}

/** The same result, however its lists are ordered, gives the same answers. */
function sorted(things: readonly Thing[]): readonly Thing[] {
  return things
    .map((thing) => ({ thing, order: orderOf(thing) }))
    .sort((left, right) => (left.order < right.order ? -1 : left.order > right.order ? 1 : 0))
    .map(({ thing }) => thing);
}

/** What exists in a result, by ARN, by the provider's unique id and by name. */
export class Things {
  readonly all: readonly Thing[];
  readonly #byArn = new Map<string, Thing[]>();
  readonly #byId = new Map<string, Thing[]>();
  readonly #byName = new Map<string, Thing[]>();

  constructor(result: AuditResult) {
    this.all = sorted([
      ...result.inventory.map(fromRow),
      ...result.findings.filter(({ check }) => !isEventBased(check)).map(fromFinding),
    ]);
    const add = (index: Map<string, Thing[]>, key: string, thing: Thing): void => {
      const list = index.get(key) ?? [];
      list.push(thing);
      index.set(key, list);
    };
    for (const thing of this.all) {
      add(this.#byArn, thing.arn, thing);
      add(this.#byName, nameKey(thing), thing);
      if (thing.uniqueId !== null) {
        add(this.#byId, `${thing.type}\n${thing.uniqueId}`, thing);
      }
    }
  }

  /** The thing itself, under this or another name. */
  same(named: Named): readonly Thing[] {
    const byArn = (this.#byArn.get(named.arn) ?? []).filter((thing) => !otherLife(thing, named));
    const byId = named.uniqueId === null ? [] : (this.#byId.get(`${named.type}\n${named.uniqueId}`) ?? []);
    return [...new Set([...byArn, ...byId])];
  }

  /** Another thing that bears its ARN. */
  namesakes(named: Named): readonly Thing[] {
    return (this.#byArn.get(named.arn) ?? []).filter((thing) => otherLife(thing, named));
  }

  /** Things of its kind and name in its place, under another ARN (an API made again has a new id). */
  sameName(thing: Pick<Thing, 'type' | 'name' | 'accountId' | 'region' | 'arn'>): readonly Thing[] {
    return (this.#byName.get(nameKey(thing)) ?? []).filter(({ arn }) => arn !== thing.arn);
  }

  /** The inventory's row of a thing: it knows the times. */
  row(named: Named): Thing | null {
    return this.same(named).find(({ row }) => row !== null) ?? null;
  }
}

function nameKey({
  type,
  name,
  accountId,
  region,
}: Pick<Thing, 'type' | 'name' | 'accountId' | 'region'>): string {
  return JSON.stringify([type, name, accountId, region]);
}
