import type { ResultFinding } from '../../model/audit-result.ts';
import type { Signal, Subject } from '../../model/finding.ts';
import type { Lineage, LineageEdge, LineageEvent, LineageNode } from '../../model/lineage.ts';
import { LineageLookup } from './lineage-lookup.ts';

/** What the events prove about the subject of a finding. */
export interface LineageProof {
  readonly signals: readonly Signal[];
  readonly provenance: ResultFinding['provenance'];
  readonly survivesKeyRevocation: ResultFinding['survivesKeyRevocation'];
}

/** Answers what the lineage knows of a thing; built once per audit. */
export interface LineageIndex {
  readonly lineage: Lineage;
  /**
   * What the events prove of a finding's subject; null where they prove nothing. `missing` = the finding is that it is
   * no longer there: then the event that removed it is the proof.
   */
  proofOf(subject: Subject, accountId: string | null, missing: boolean): LineageProof | null;
  /** Nodes that the subject can be, namesakes with another unique id left out; the ones still there first. */
  nodesFor(subject: Subject, accountId: string | null): readonly LineageNode[];
  eventsOf(node: LineageNode): readonly LineageEvent[];
}

const mostEvents = 5;
const making: ReadonlySet<LineageEdge['relation']> = new Set(['created', 'issued']);
const altering: ReadonlySet<LineageEdge['relation']> = new Set(['changed', 'deleted']);

function provenanceOf(event: LineageEvent): ResultFinding['provenance'][number] {
  const { eventId, eventTime, eventName, actorArn, accessKeyId, sourceIp } = event;
  return { eventId, eventTime, eventName, actorArn, accessKeyId, sourceIp };
}

function fact(verb: string, event: LineageEvent): string {
  const key = event.accessKeyId === null ? '' : ` with ${event.accessKeyId}`;
  const from = event.sourceIp === null ? '' : ` from ${event.sourceIp}`;
  return `${verb} by ${event.actorArn}${key}${from} at ${event.eventTime} (${event.eventName}, event ${event.eventId})`;
}

/** The signal that a node is proof of; null where it proves nothing (a lead, a service). */
function signalOf(
  node: LineageNode,
  made: LineageEvent | undefined,
  altered: LineageEvent | undefined,
): Signal | null {
  if (node.standing === 'shared-credential') {
    return {
      code: 'shared-credential',
      fact: "made by the leaked credential from its owner's usual source",
      source: 'lineage',
    };
  }
  if (node.standing !== 'tainted') {
    return null;
  }
  if (node.intruderMade && made !== undefined) {
    return { code: 'created-by-incident', fact: fact('made', made), source: 'lineage' };
  }
  return altered === undefined
    ? null
    : { code: 'changed-by-incident', fact: fact('changed', altered), source: 'lineage' };
}

/** Indexes a lineage for the findings of one audit. */
export function indexLineage(lineage: Lineage): LineageIndex {
  const lookup = new LineageLookup(lineage);
  const events = new Map(lineage.events.map((event) => [event.eventId, event]));
  const edgesTo = new Map<string, LineageEdge[]>();
  for (const edge of lineage.edges.filter(({ outcome }) => outcome === 'done')) {
    const list = edgesTo.get(edge.to) ?? [];
    list.push(edge);
    edgesTo.set(edge.to, list);
  }
  const eventsBy = (
    node: LineageNode,
    relations: ReadonlySet<LineageEdge['relation']>,
  ): readonly LineageEvent[] =>
    (edgesTo.get(node.id) ?? [])
      .filter(({ relation }) => relations.has(relation))
      .flatMap(({ eventIds }) => eventIds.flatMap((id) => events.get(id) ?? []))
      .toSorted((left, right) => (left.eventTime < right.eventTime ? -1 : 1));

  return {
    lineage,
    nodesFor: (subject, accountId) => lookup.nodes(subject, accountId),
    eventsOf: (node) => [...eventsBy(node, making), ...eventsBy(node, altering)],
    proofOf(subject, accountId, missing) {
      const nodes = lookup.nodes(subject, accountId);
      const node = nodes.find(({ deleted }) => !deleted) ?? (missing ? nodes[0] : undefined);
      if (node === undefined) {
        return null;
      }
      const made = eventsBy(node, making);
      const altered = eventsBy(node, altering);
      const signal = signalOf(node, made[0], altered.at(-1));
      return signal === null
        ? null
        : {
            signals: [signal],
            provenance: [...made, ...altered].slice(0, mostEvents).map(provenanceOf),
            survivesKeyRevocation: node.survivesKeyRevocation,
          };
    },
  };
}
