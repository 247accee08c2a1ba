import type { Subject } from '../../model/finding.ts';
import type { Lineage, LineageNode } from '../../model/lineage.ts';

function sameLife(node: LineageNode, uniqueId: string | undefined): boolean {
  return node.uniqueId === null || uniqueId === undefined || node.uniqueId === uniqueId;
}

/** Names by which things are told without an ARN: users, groups and memberships of a directory belong to no account. */
export function placeless(type: string): boolean {
  return type.startsWith('directory-');
}

/** Looks subjects of findings up in the lineage; build it once for all findings of a result. */
export class LineageLookup {
  readonly #byName = new Map<string, LineageNode[]>();

  constructor(lineage: Lineage) {
    for (const node of lineage.nodes) {
      for (const name of namesOf(node)) {
        const list = this.#byName.get(name);
        if (list === undefined) {
          this.#byName.set(name, [node]);
        } else {
          list.push(node);
        }
      }
    }
  }

  /** Nodes that the subject can be, the ones still there first. */
  nodes(subject: Subject, accountId: string | null): readonly LineageNode[] {
    const found = subjectNames(subject, accountId).flatMap((name) => this.#byName.get(name) ?? []);
    const distinct = [...new Set(found)].filter((node) => sameLife(node, subject.uniqueId));
    return distinct.sort((left, right) => Number(left.deleted) - Number(right.deleted));
  }
}

function nameIn(type: string, accountId: string | null, name: string): string {
  return `name ${type} ${placeless(type) ? '' : (accountId ?? '')} ${name.toLowerCase()}`;
}

/** IAM paths are not in every event: name and account name a principal just as well. */
function namesOf(node: LineageNode): readonly string[] {
  return [
    ...(node.arn === null ? [] : [`arn ${node.arn.toLowerCase()}`]),
    ...(node.uniqueId === null ? [] : [`id ${node.type} ${node.uniqueId}`]),
    nameIn(node.type, node.accountId, node.label),
  ];
}

function subjectNames(subject: Subject, accountId: string | null): readonly string[] {
  return [
    `arn ${subject.arn.toLowerCase()}`,
    ...(subject.uniqueId === undefined ? [] : [`id ${subject.type} ${subject.uniqueId}`]),
    nameIn(subject.type, accountId ?? subject.arn.split(':')[4] ?? '', subject.name),
  ];
}
