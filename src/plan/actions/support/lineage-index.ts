import type { LineageEdge, LineageEvent, LineageNode } from '../../../model/lineage.ts';
import type { PlanWorld } from '../../planner.ts';

export interface LineageIndex {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
  readonly byId: ReadonlyMap<string, LineageNode>;
  readonly byEvent: ReadonlyMap<string, LineageEvent>;
}

const known = new WeakMap<PlanWorld['input'], LineageIndex>();

/** The lineage by its ids, made once per plan; empty without a trail. */
export function lineageOf({ input }: PlanWorld): LineageIndex {
  const made = known.get(input);
  if (made !== undefined) {
    return made;
  }
  const lineage = input.trace?.lineage ?? input.result.lineage;
  const { nodes, edges, events } = lineage ?? { nodes: [], edges: [], events: [] };
  const index = {
    nodes,
    edges,
    byId: new Map(nodes.map((node) => [node.id, node])),
    byEvent: new Map(events.map((event) => [event.eventId, event])),
  };
  known.set(input, index);
  return index;
}
