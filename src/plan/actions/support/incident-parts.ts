import type { LineageNode } from '../../../model/lineage.ts';
import type { PlanWorld } from '../../planner.ts';
import { lineageOf } from './lineage-index.ts';

interface Thing {
  readonly arn: string;
  readonly type: string;
  /** The id that the service gave, where events tell no ARN. */
  readonly id: string | null;
}

/** Events of Organizations name things by their id; the node then has no ARN, and the id ends its own. */
function isNode(node: LineageNode, { arn, type, id }: Thing): boolean {
  if (node.type !== type) {
    return false;
  }
  const ids = [node.uniqueId, node.label, node.id.split('#')[0]?.split(':').at(-1)];
  return node.arn === null
    ? id !== null && ids.some((one) => one?.toLowerCase() === id.toLowerCase())
    : node.arn.toLowerCase() === arn.toLowerCase();
}

/**
 * What of a thing proved calls of one name touched (targets, statements, policy types), sorted. Empty where no event
 * tells: then nothing of it is known, rather than nothing done.
 */
export function incidentParts(world: PlanWorld, thing: Thing, action: string): readonly string[] {
  const { nodes, edges, byId, byEvent } = lineageOf(world);
  const own = new Set(nodes.filter((node) => isNode(node, thing)).map(({ id }) => id));
  const parts = edges
    .filter(
      (edge) =>
        own.has(edge.to) &&
        edge.action === action &&
        edge.outcome === 'done' &&
        byId.get(edge.from)?.standing === 'tainted',
    )
    .flatMap(({ eventIds }) => eventIds.flatMap((id) => byEvent.get(id)?.part ?? []));
  return [...new Set(parts)].sort();
}

/** True where a check compared it with a reviewed state, or events show the change. */
export function isKnownChange(finding: {
  readonly attribution: string;
  readonly signals: readonly { readonly code: string }[];
}): boolean {
  return (
    finding.attribution === 'attributed' ||
    finding.signals.some(({ code }) => code === 'changed-since-baseline' || code === 'changed-by-incident')
  );
}
