import type { ResultFinding } from '../../model/audit-result.ts';
import type { Sighting, Signal } from '../../model/finding.ts';
import type { Lineage, LineageEdge, LineageEvent, LineageNode } from '../../model/lineage.ts';

/** What the events prove about the subject of a finding. */
export interface LineageProof {
  readonly signals: readonly Signal[];
  readonly provenance: ResultFinding['provenance'];
  readonly survivesKeyRevocation: ResultFinding['survivesKeyRevocation'];
}

/** Answers what the lineage knows of a thing; built once per audit. */
export interface LineageIndex {
  readonly lineage: Lineage;
  proofOf(sighting: Sighting, uniqueId: string | null): LineageProof | null;
  nodeFor(sighting: Pick<Sighting, 'subject' | 'discriminator'>, uniqueId: string | null): LineageNode | null;
  eventsOf(node: LineageNode): readonly LineageEvent[];
}

const mostEvents = 5;
/** Ids by which credentials are known in events; other names repeat. */
const credentialId = /^(?:AKIA|ASIA|ACCA|APKA|ABIA)[A-Z0-9]+$/;
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

/** Indexes a lineage by ARN, unique id and access key id. */
export function indexLineage(lineage: Lineage): LineageIndex {
  const byName = new Map<string, LineageNode>();
  for (const node of lineage.nodes.filter(({ deleted }) => !deleted)) {
    for (const name of [node.id, node.arn, node.uniqueId]) {
      if (name !== null) {
        byName.set(name, node);
      }
    }
  }
  const events = new Map(lineage.events.map((event) => [event.eventId, event]));
  const edgesTo = new Map<string, LineageEdge[]>();
  for (const edge of lineage.edges.filter(({ outcome }) => outcome === 'done')) {
    edgesTo.set(edge.to, [...(edgesTo.get(edge.to) ?? []), edge]);
  }
  const eventsBy = (
    node: LineageNode,
    relations: ReadonlySet<LineageEdge['relation']>,
  ): readonly LineageEvent[] =>
    (edgesTo.get(node.id) ?? [])
      .filter(({ relation }) => relations.has(relation))
      .flatMap(({ eventIds }) => eventIds.flatMap((id) => events.get(id) ?? []))
      .toSorted((left, right) => (left.eventTime < right.eventTime ? -1 : 1));

  const nodeFor: LineageIndex['nodeFor'] = ({ subject, discriminator }, uniqueId) => {
    const keys = [subject.name, discriminator ?? ''].filter((name) => credentialId.test(name));
    const found = [subject.arn, ...keys].map((name) => byName.get(name)).find((node) => node !== undefined);
    // A namesake with another unique id is another thing.
    const other = found?.uniqueId != null && uniqueId !== null && found.uniqueId !== uniqueId;
    return found === undefined || other ? null : found;
  };
  return {
    lineage,
    nodeFor,
    eventsOf: (node) => [...eventsBy(node, making), ...eventsBy(node, altering)],
    proofOf(sighting, uniqueId) {
      const node = nodeFor(sighting, uniqueId);
      if (node === null) {
        return null;
      }
      const made = eventsBy(node, making);
      const altered = eventsBy(node, altering);
      const signal = signalOf(node, made[0], altered.at(-1));
      if (signal === null) {
        return null;
      }
      return {
        signals: [signal],
        provenance: [...made, ...altered].slice(0, mostEvents).map(provenanceOf),
        survivesKeyRevocation: node.survivesKeyRevocation,
      };
    },
  };
}
