import type { ResourceFact } from '../../model/evidence/derived.ts';
import type { Subject } from '../../model/finding.ts';
import type { Lineage, LineageEdge, LineageEvent, LineageNode } from '../../model/lineage.ts';

/** The event that made (or else last changed) what a finding is about. */
export interface AttributedEvent {
  readonly event: LineageEvent;
  readonly relation: 'created' | 'issued' | 'changed';
  readonly standing: LineageNode['standing'];
  readonly node: LineageNode;
}

const makers = ['created', 'issued', 'changed'] as const;

function sameLife(node: LineageNode, uniqueId: string | undefined): boolean {
  return node.uniqueId === null || uniqueId === undefined || node.uniqueId === uniqueId;
}

/** Looks findings up in the lineage; build it once for all findings of a result. */
export class LineageLookup {
  readonly #byName = new Map<string, LineageNode[]>();
  readonly #incoming = new Map<string, LineageEdge[]>();
  readonly #events: ReadonlyMap<string, LineageEvent>;

  constructor(lineage: Lineage) {
    for (const node of lineage.nodes) {
      for (const name of namesOf(node)) {
        this.#byName.set(name, [...(this.#byName.get(name) ?? []), node]);
      }
    }
    for (const edge of lineage.edges) {
      const list = this.#incoming.get(edge.to);
      if (list === undefined) {
        this.#incoming.set(edge.to, [edge]);
      } else {
        list.push(edge);
      }
    }
    this.#events = new Map(lineage.events.map((event) => [event.eventId, event]));
  }

  /** Nodes that the subject can be, the ones still there first. */
  nodes(subject: Subject, accountId?: string): readonly LineageNode[] {
    const found = subjectNames(subject, accountId).flatMap((name) => this.#byName.get(name) ?? []);
    const distinct = [...new Set(found)].filter((node) => sameLife(node, subject.uniqueId));
    return distinct.sort((left, right) => Number(left.deleted) - Number(right.deleted));
  }

  attribute(subject: Subject, accountId?: string): AttributedEvent | null {
    const candidates = this.nodes(subject, accountId).filter((node) => !node.deleted);
    for (const relation of makers) {
      for (const node of candidates) {
        const edges = (this.#incoming.get(node.id) ?? []).filter(
          (edge) => edge.relation === relation && edge.outcome === 'done',
        );
        const ids = edges.flatMap(({ eventIds }) => eventIds);
        const events = ids.flatMap((id) => this.#events.get(id) ?? []).sort(byTime);
        const event = relation === 'changed' ? events.at(-1) : events[0];
        if (event !== undefined) {
          return { event, relation, standing: node.standing, node };
        }
      }
    }
    return null;
  }
}

function byTime(left: LineageEvent, right: LineageEvent): number {
  return Date.parse(left.eventTime) - Date.parse(right.eventTime) || (left.eventId < right.eventId ? -1 : 1);
}

/** IAM paths are not in every event: name and account name a principal just as well. */
function namesOf(node: LineageNode): readonly string[] {
  return [
    ...(node.arn === null ? [] : [`arn ${node.arn.toLowerCase()}`]),
    ...(node.uniqueId === null ? [] : [`id ${node.type} ${node.uniqueId}`]),
    `name ${node.type} ${node.accountId ?? ''} ${node.label.toLowerCase()}`,
  ];
}

function subjectNames(subject: Subject, accountId: string | undefined): readonly string[] {
  const account = accountId ?? subject.arn.split(':')[4] ?? '';
  return [
    `arn ${subject.arn.toLowerCase()}`,
    ...(subject.uniqueId === undefined ? [] : [`id ${subject.type} ${subject.uniqueId}`]),
    `name ${subject.type} ${account} ${subject.name.toLowerCase()}`,
  ];
}

/** The event behind a finding's subject, or null where the lineage knows nothing of it. */
export function attributeFinding(
  lineage: Lineage,
  subject: Subject,
  accountId?: string,
): LineageEvent | null {
  return new LineageLookup(lineage).attribute(subject, accountId)?.event ?? null;
}

/** Types that are no things of their own to be removed: sessions end, settings and memberships have other findings. */
function isThing(node: LineageNode): boolean {
  return node.kind !== 'session' && node.intruderMade && node.standing === 'tainted' && !node.seed;
}

function known(fact: ResourceFact): readonly string[] {
  return subjectNames(
    {
      arn: fact.arn,
      type: fact.type,
      name: fact.name,
      ...(fact.uniqueId === null ? {} : { uniqueId: fact.uniqueId }),
    },
    fact.accountId ?? undefined,
  );
}

/** Made by the incident, not deleted by any event, still in the evidence or of a kind it cannot show, and reported by no check. */
export function unreportedResources(
  lineage: Lineage,
  reported: readonly { readonly arn: string; readonly uniqueId?: string }[],
  existing: readonly ResourceFact[],
): readonly LineageNode[] {
  const reportedNames = new Set(
    reported.flatMap(({ arn, uniqueId }) => [
      arn.toLowerCase(),
      ...(uniqueId === undefined ? [] : [uniqueId]),
    ]),
  );
  const gone = new Set(alreadyGone(lineage, existing).map(({ id }) => id));
  return lineage.nodes.filter(
    (node) =>
      isThing(node) &&
      !node.deleted &&
      !gone.has(node.id) &&
      !reportedNames.has((node.arn ?? node.id).toLowerCase()) &&
      !(node.uniqueId !== null && reportedNames.has(node.uniqueId)),
  );
}

/**
 * Made by the incident and no longer there. Only kinds of which the evidence shows others in the same account (and
 * region) can be missed: where nothing of a kind was collected, absence proves nothing.
 */
export function alreadyGone(lineage: Lineage, existing: readonly ResourceFact[]): readonly LineageNode[] {
  const names = new Map<string, ResourceFact>();
  const collected = new Set<string>();
  for (const fact of existing) {
    collected.add(`${fact.type} ${fact.accountId ?? ''}`);
    for (const name of known(fact)) {
      names.set(name, fact);
    }
  }
  return lineage.nodes.filter((node) => {
    if (!isThing(node)) {
      return false;
    }
    if (node.deleted) {
      return true;
    }
    const present = namesOf(node).flatMap((name) => names.get(name) ?? []);
    const same = present.some((fact) => sameLife(node, fact.uniqueId ?? undefined));
    const replaced = present.length > 0 && !same;
    return replaced || (!same && collected.has(`${node.type} ${node.accountId ?? ''}`));
  });
}
