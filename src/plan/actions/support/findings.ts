import type { ResultFinding } from '../../../model/audit-result.ts';
import type { LineageNode } from '../../../model/lineage.ts';
import { decisionOf } from '../../choose-actions.ts';
import type { ActionRequest, PlanWorld } from '../../planner.ts';
import { accountOfArn, nameOfArn } from './arn-parts.ts';
import { lineageOf } from './lineage-index.ts';
import { deleteKey } from './step-keys.ts';

const eradicated = new WeakMap<PlanWorld['input'], ReadonlySet<string>>();

/** Made once per plan: every planner asks it of many things. */
function eradicatedArns({ input }: PlanWorld): ReadonlySet<string> {
  const known = eradicated.get(input);
  if (known !== undefined) {
    return known;
  }
  const arns = new Set(
    input.result.findings
      .filter((finding) => finding.exception === undefined && decisionOf(finding) === 'eradicate')
      .map(({ subject }) => subject.arn),
  );
  eradicated.set(input, arns);
  return arns;
}

/** Proved to be of the intruder's own making: the only things that are deleted. */
export function isEradicated(world: PlanWorld, arn: string): boolean {
  return eradicatedArns(world).has(arn);
}

/** The request itself proves it, or another finding about the same thing. */
export function isToBeDeleted({ finding }: ActionRequest, world: PlanWorld): boolean {
  return decisionOf(finding) === 'eradicate' || isEradicated(world, finding.subject.arn);
}

/** Events prove it; nothing altered is put back by a command otherwise. */
export function isProved({ attribution }: ResultFinding): boolean {
  return attribution === 'attributed';
}

/** Frozen until an owner answers, or for good. */
export function mayContain(finding: ResultFinding): boolean {
  return ['eradicate', 'contain-and-rotate', 'explain'].includes(decisionOf(finding));
}

interface Thing {
  readonly arn: string;
  readonly type: string;
  readonly uniqueId: string | null;
}

/** Names of IAM are unique in an account whatever their path; events often tell no path. */
function isNamedLike(node: LineageNode, { arn, type }: Thing): boolean {
  return (
    node.type === type &&
    node.accountId === accountOfArn(arn) &&
    nameOfArn(node.arn ?? node.id).toLowerCase() === nameOfArn(arn).toLowerCase()
  );
}

/** Nodes that a thing can be, namesakes with another unique id left out. */
export function nodesOf(world: PlanWorld, thing: Thing): readonly LineageNode[] {
  const arn = thing.arn.toLowerCase();
  const isIam = thing.arn.includes(':iam:');
  return lineageOf(world).nodes.filter(
    (node) =>
      !node.deleted &&
      (node.arn?.toLowerCase() === arn || (isIam && isNamedLike(node, thing))) &&
      (node.uniqueId === null || thing.uniqueId === null || node.uniqueId === thing.uniqueId),
  );
}

/** True where events show that the incident made it. */
export function isIntruderMade(world: PlanWorld, arn: string, type: string): boolean {
  return (
    isEradicated(world, arn) ||
    nodesOf(world, { arn, type, uniqueId: null }).some(
      ({ intruderMade, standing }) => intruderMade && standing === 'tainted',
    )
  );
}

/**
 * Keys of what can mint credentials and is itself deleted: it goes before what it minted, else it makes more while the
 * plan runs.
 */
export function minterDeletions(world: PlanWorld): readonly string[] {
  return [...world.ofType('lambda-function'), ...world.ofType('iam-role')]
    .filter(({ arn }) => isEradicated(world, arn))
    .map(({ arn }) => deleteKey(arn));
}
