import type { Lineage, LineageEvent } from '../../model/lineage.ts';
import { compareText } from '../text/phrases.ts';
import type { LineageTree } from './lineage-tree.ts';
import { labelOf, standingWords, typeWords } from './node-wording.ts';

/** What one credential or session did. */
export interface TimelineLane {
  readonly id: string;
  readonly label: string;
  readonly note: string;
  readonly standing: 'tainted' | 'shared-credential' | 'lead' | 'service' | 'unknown';
  readonly events: readonly LineageEvent[];
}

/** The node that acted: the start of an edge that the event proves, else the access key's, else the actor's name. */
function actorOf(
  event: LineageEvent,
  tree: LineageTree,
  actors: ReadonlyMap<string, string>,
  byName: ReadonlyMap<string, string>,
): string {
  return (
    actors.get(event.eventId) ??
    (event.accessKeyId === null ? undefined : byName.get(event.accessKeyId)) ??
    byName.get(event.actorArn) ??
    event.nodes.find((id) => tree.nodes.get(id)?.kind === 'session') ??
    event.actorArn
  );
}

export function timelineLanes(lineage: Lineage, tree: LineageTree): readonly TimelineLane[] {
  const actors = new Map<string, string>();
  for (const edge of lineage.edges.filter(({ relation }) => relation !== 'linked')) {
    for (const eventId of edge.eventIds) {
      if (!actors.has(eventId)) {
        actors.set(eventId, edge.from);
      }
    }
  }
  const byName = new Map<string, string>();
  for (const node of tree.nodes.values()) {
    for (const name of [node.id, node.arn, node.kind === 'credential' ? node.label : null]) {
      if (name !== null && !byName.has(name)) {
        byName.set(name, node.id);
      }
    }
  }
  const events = [...lineage.events].sort(
    (left, right) =>
      compareText(left.eventTime, right.eventTime) ||
      compareText(left.eventId, right.eventId) ||
      compareText(left.file, right.file),
  );
  const lanes = new Map<string, LineageEvent[]>();
  for (const event of events) {
    const actor = actorOf(event, tree, actors, byName);
    const lane = lanes.get(actor) ?? [];
    lanes.set(actor, lane);
    lane.push(event);
  }
  return [...lanes].map(([id, laneEvents]) => {
    const node = tree.nodes.get(id);
    return {
      id,
      label: node === undefined ? id : labelOf(node),
      note:
        node === undefined
          ? 'actor'
          : [
              typeWords(node.type),
              ...(node.standing === 'tainted' ? [] : [standingWords[node.standing]]),
            ].join(' · '),
      standing: node?.standing ?? 'unknown',
      events: laneEvents,
    };
  });
}
