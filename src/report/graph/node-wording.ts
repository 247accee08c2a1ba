import type { LineageEdge, LineageNode } from '../../model/lineage.ts';
import { formatTime, typeLabel } from '../text/phrases.ts';
import type { LineageLink, LineageTree } from './lineage-tree.ts';

export const relationWords = {
  issued: { done: 'issued', attempted: 'issuing attempted' },
  assumed: { done: 'assumed', attempted: 'assuming attempted' },
  used: { done: 'used', attempted: 'use attempted' },
  linked: { done: 'belongs together', attempted: 'belongs together' },
  created: { done: 'created', attempted: 'creation attempted' },
  changed: { done: 'changed', attempted: 'change attempted' },
  deleted: { done: 'deleted', attempted: 'deletion attempted' },
} as const satisfies Record<LineageEdge['relation'], Record<LineageEdge['outcome'], string>>;

export const standingWords = {
  tainted: 'incident',
  'shared-credential': 'shared credential',
  lead: 'lead, not proved',
  service: 'AWS service',
} as const satisfies Record<LineageNode['standing'], string>;

/** `created, changed` or `change attempted`. */
export function linkWords(link: LineageLink): string {
  return link.relations.map((relation) => relationWords[relation][link.outcome]).join(', ');
}

/** Every edge that leads here failed and nothing came from it: it was never there. */
export function attemptedOnly(tree: LineageTree, node: LineageNode): boolean {
  const incoming = tree.incoming.get(node.id) ?? [];
  const outgoing = tree.outgoing.get(node.id) ?? [];
  return (
    !node.seed &&
    !node.intruderMade &&
    incoming.length > 0 &&
    [...incoming, ...outgoing].every((link) => link.outcome === 'attempted')
  );
}

/** A session that had ended before the evidence's time. */
export function endedMarks(node: LineageNode): readonly string[] {
  const answer = node.survivesKeyRevocation;
  return answer?.answer === 'no' && answer.until !== undefined && !node.deleted
    ? [`ended at ${formatTime(answer.until)}`]
    : [];
}

/** A node in words: what its shape, line and colour say in the drawing. */
export function marksOf(tree: LineageTree, node: LineageNode): readonly string[] {
  return [
    ...(node.seed ? ['named by the incident'] : []),
    ...(node.standing === 'tainted' ? [] : [standingWords[node.standing]]),
    ...(attemptedOnly(tree, node) ? ['attempted, not done'] : []),
    ...(node.deleted ? [node.deletedAt === null ? 'deleted' : `deleted ${formatTime(node.deletedAt)}`] : []),
    ...(node.used === false ? ['never used'] : []),
    ...endedMarks(node),
  ];
}

export function labelOf(node: LineageNode): string {
  return node.label === '' ? node.id : node.label;
}

/** `3 × IAM user`, `IAM user`. */
export function typeWords(type: string, count = 1): string {
  const label = typeLabel(type)
    .replace(/^Identity center/, 'Identity Center')
    .replace(/^Http /, 'HTTP ');
  return count === 1 ? label : `${count} × ${label}`;
}

export type SurvivalKind = 'lives-on' | 'ends' | 'ended' | 'gone' | 'unknown';

/** Does it outlive the leaked key? What nobody answered is unknown, never fine. */
export function survivalOf(tree: LineageTree, node: LineageNode): SurvivalKind | null {
  if (node.standing === 'service' || node.standing === 'lead' || attemptedOnly(tree, node)) {
    return null;
  }
  if (node.deleted) {
    return node.intruderMade ? 'gone' : null;
  }
  const answer = node.survivesKeyRevocation;
  if (answer === null) {
    return node.intruderMade ? 'unknown' : null;
  }
  if (answer.answer !== 'no') {
    return 'lives-on';
  }
  return answer.until === undefined ? 'ends' : 'ended';
}

/** `lives on until 2026-11-04 21:40 UTC`, never a bare yes. */
export function survivalWords(node: LineageNode): string | null {
  const answer = node.survivesKeyRevocation;
  if (answer === null) {
    return node.intruderMade && !node.deleted ? 'Not known whether it outlives the key' : null;
  }
  const end = answer.until ?? node.expiresAt;
  const words = {
    yes: 'Survives revoking the key',
    no:
      answer.until === undefined ? 'Ends with the key' : `Ended at ${formatTime(answer.until)} at the latest`,
    until: end === null ? 'Lives on for a time that is not known' : `Lives on until ${formatTime(end)}`,
    'unbounded-until-condition': 'Lives on without end until a condition is met',
  } as const;
  return words[answer.answer];
}
