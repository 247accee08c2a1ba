import type { AuditResult, InventoryRow, ResultFinding } from '../model/audit-result.ts';
import type { Lineage } from '../model/lineage.ts';
import { subjectOf, type Thing, type Things } from './things.ts';
import { earliest, instant } from './times.ts';

/** A thing that the earlier result did not know, with everything that today's result says of it. */
export interface NewThing {
  readonly arn: string;
  readonly uniqueId: string | null;
  readonly type: string;
  readonly name: string;
  readonly accountId: string | null;
  readonly region: string | null;
  /** When it was made; null where nothing tells. */
  readonly at: number | null;
  readonly row: InventoryRow | null;
  readonly findings: readonly ResultFinding[];
  /** Ids, ARNs and access keys of those that made it. */
  readonly makers: ReadonlySet<string>;
}

/** The oldest evidence of a result: what was made after it may have been missed. */
export function oldestEvidence(result: AuditResult): number {
  return earliest(result.results.map((row) => instant(row.evidenceAsOf))) ?? instant(result.asOf) ?? 0;
}

/** Who did it, as ids that lineage nodes bear too. */
function actorsOf(findings: readonly ResultFinding[]): readonly string[] {
  return findings.flatMap(({ provenance }) =>
    provenance.flatMap(({ actorArn, accessKeyId }) => [
      actorArn,
      ...(accessKeyId === null ? [] : [accessKeyId]),
    ]),
  );
}

/** Everything that stands for the incident in the earlier result: its credentials, sessions and what they made. */
export function incidentIds(earlier: AuditResult): ReadonlySet<string> {
  const nodes = (earlier.lineage?.nodes ?? []).filter(({ standing }) => standing === 'tainted');
  const attributed = earlier.findings.filter(({ attribution }) => attribution === 'attributed');
  return new Set([
    ...nodes.flatMap(({ id, arn }) => [id, ...(arn === null ? [] : [arn])]),
    ...actorsOf(attributed),
  ]);
}

function makersIn(lineage: Lineage | null): (thing: Pick<Thing, 'arn' | 'uniqueId'>) => readonly string[] {
  const nodesBy = new Map<string, string[]>();
  const makers = new Map<string, string[]>();
  const add = (index: Map<string, string[]>, key: string, value: string): void => {
    const list = index.get(key) ?? [];
    list.push(value);
    index.set(key, list);
  };
  for (const { id, arn, uniqueId } of lineage?.nodes ?? []) {
    for (const name of new Set([id, arn, uniqueId])) {
      if (name !== null) {
        add(nodesBy, name, id);
      }
    }
  }
  for (const { from, to, relation, outcome } of lineage?.edges ?? []) {
    if (outcome === 'done' && (relation === 'created' || relation === 'issued')) {
      add(makers, to, from);
    }
  }
  return ({ arn, uniqueId }) =>
    [arn, uniqueId]
      .flatMap((name) => (name === null ? [] : (nodesBy.get(name) ?? [])))
      .flatMap((id) => makers.get(id) ?? []);
}

/** The earlier result speaks of it: the same life, as far as ids and the dates of both inventories tell. */
function isKnown(
  earlier: Things,
  named: Pick<Thing, 'arn' | 'uniqueId' | 'type'>,
  row: Thing | undefined,
): boolean {
  const before = earlier.row(named)?.createdAt ?? null;
  const after = row?.createdAt ?? null;
  const anew = before !== null && after !== null && before !== after;
  return earlier.same(named).length > 0 && !anew;
}

/** A thing without a date counts as new only where the earlier run would have listed it. */
function wasListed(earlier: AuditResult, { accountId, region }: Thing): boolean {
  const { accounts, regions, organizationInScope } = earlier.scope;
  return (
    (accountId === null ? organizationInScope : accounts.includes(accountId)) &&
    (region === null || regions.includes(region))
  );
}

function eventTimeOf(findings: readonly ResultFinding[]): number | null {
  return earliest(
    findings.flatMap(({ provenance }) => provenance.map(({ eventTime }) => instant(eventTime))),
  );
}

/** Without an inventory row, only events tell that a thing was made and not merely noticed. */
function isMade(findings: readonly ResultFinding[], makers: readonly string[]): boolean {
  return (
    makers.length > 0 ||
    findings.some(({ signals }) => signals.some(({ code }) => code === 'created-by-incident'))
  );
}

/** What today's result shows and the earlier one did not, sorted by ARN. Without lineage or date nothing is invented. */
export function findNewThings(
  earlier: AuditResult,
  now: AuditResult,
  known: Things,
  today: Things,
): readonly NewThing[] {
  const since = oldestEvidence(earlier);
  const made = makersIn(now.lineage);
  const restored = new Set(
    earlier.findings.filter(({ decision }) => decision === 'restore').map(({ subject }) => subject.arn),
  );
  const groups = new Map<string, Thing[]>();
  for (const thing of today.all) {
    const group = groups.get(thing.arn) ?? [];
    group.push(thing);
    groups.set(thing.arn, group);
  }
  return [...groups.values()]
    .flatMap((group): readonly NewThing[] => {
      const row = group.find((thing) => thing.row !== null);
      const [first] = group;
      if (first === undefined) {
        return [];
      }
      const uniqueId = group.find((thing) => thing.uniqueId !== null)?.uniqueId ?? null;
      const named = { arn: first.arn, type: first.type, uniqueId };
      if (isKnown(known, named, row)) {
        return [];
      }
      const findings = group.flatMap(({ finding }) => finding ?? []);
      const makers = made(named);
      const at = row === undefined ? eventTimeOf(findings) : (row.createdAt ?? row.modifiedAt);
      const listed = row !== undefined && (at === null ? wasListed(earlier, row) : at > since);
      const proved = row === undefined && at !== null && at > since && isMade(findings, makers);
      // What was to be restored is not new when it is put back.
      const putBack = restored.has(first.arn) && findings.length === 0;
      if (putBack || !(listed || proved)) {
        return [];
      }
      return [
        {
          arn: first.arn,
          uniqueId,
          type: first.type,
          name: first.name,
          accountId: row?.accountId ?? first.accountId,
          region: row?.region ?? first.region,
          at,
          row: row?.row ?? null,
          findings,
          makers: new Set([...makers, ...actorsOf(findings)]),
        },
      ];
    })
    .sort((left, right) => (left.arn < right.arn ? -1 : 1));
}

/** A thing made anew in place of a removed one. */
export interface Reappearance {
  readonly thing: NewThing;
  readonly how: 'name' | 'lineage';
}

/**
 * Pairs what is gone with what was made since: first by kind, name and place; then, one to one, by kind and maker (the
 * function that minted the removed user has minted another). Keyed by the ARN of what is gone.
 */
export function findReappearances(
  earlier: AuditResult,
  gone: readonly ResultFinding[],
  things: readonly NewThing[],
): ReadonlyMap<string, Reappearance> {
  const ids = incidentIds(earlier);
  const since = oldestEvidence(earlier);
  const pairs = new Map<string, Reappearance>();
  const taken = new Set<string>();
  const candidates = things.filter(({ at }) => at === null || at > since);
  const pair = (
    finding: ResultFinding,
    how: Reappearance['how'],
    fits: (thing: NewThing) => boolean,
  ): void => {
    const { arn } = finding.subject;
    const thing = candidates.find((one) => !taken.has(one.arn) && one.arn !== arn && fits(one));
    if (!pairs.has(arn) && thing !== undefined) {
      taken.add(thing.arn);
      pairs.set(arn, { thing, how });
    }
  };
  for (const finding of gone) {
    const { type, name, accountId, region } = finding.subject;
    pair(
      finding,
      'name',
      (thing) =>
        thing.type === type &&
        thing.name === name &&
        thing.accountId === accountId &&
        thing.region === region,
    );
  }
  for (const finding of gone) {
    pair(
      finding,
      'lineage',
      (thing) =>
        thing.type === subjectOf(finding).type &&
        thing.at !== null &&
        [...thing.makers].some((maker) => ids.has(maker)) &&
        !otherAccount(thing, finding),
    );
  }
  return pairs;
}

function otherAccount(thing: NewThing, { subject }: ResultFinding): boolean {
  return thing.accountId !== null && subject.accountId !== null && thing.accountId !== subject.accountId;
}
