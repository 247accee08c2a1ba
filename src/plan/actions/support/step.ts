import type { ResultFinding } from '../../../model/audit-result.ts';
import type { PlanAssertion, PlanCommand } from '../../../model/plan.ts';
import type { StepDraft } from '../../planner.ts';
import { accountOfArn } from './arn-parts.ts';
import { permissionOf } from './command-line.ts';

/** What a step is about, whoever told of it: a finding's subject or the thing's dependents. */
export interface Target {
  readonly arn: string;
  readonly uniqueId: string | null;
  readonly type: string;
  readonly name: string;
  readonly accountId: string | null;
}

export function targetOf({ subject }: Pick<ResultFinding, 'subject'>): Target {
  return {
    arn: subject.arn,
    uniqueId: subject.uniqueId ?? null,
    type: subject.type,
    name: subject.name,
    accountId: subject.accountId ?? accountOfArn(subject.arn),
  };
}

type Told = Pick<StepDraft, 'key' | 'stage' | 'action' | 'title' | 'why'>;
type Optional = Partial<
  Pick<
    StepDraft,
    | 'accountId'
    | 'region'
    | 'preconditions'
    | 'commands'
    | 'manual'
    | 'confirm'
    | 'cautions'
    | 'undo'
    | 'notBefore'
    | 'after'
    | 'reversible'
  >
>;

function permissionsOf(calls: readonly (PlanCommand | PlanAssertion)[]): string[] {
  return [...new Set(calls.map(({ argv }) => permissionOf(argv)))].sort();
}

/**
 * A draft with what every step must say. Its permissions are those of its own calls; it is reversible where it says how
 * to undo it, and where it changes nothing.
 */
export function stepFor(
  { accountId, arn, uniqueId, type, name }: Target,
  told: Told,
  more: Optional = {},
): StepDraft {
  const { preconditions = [], commands = [], confirm = [], undo = [] } = more;
  return {
    key: told.key,
    stage: told.stage,
    action: told.action,
    title: told.title,
    why: told.why,
    target: { arn, uniqueId, type, name },
    accountId: more.accountId === undefined ? accountId : more.accountId,
    region: more.region ?? null,
    preconditions,
    commands,
    manual: more.manual ?? null,
    confirm,
    permissions: permissionsOf([...preconditions, ...commands, ...confirm, ...undo]),
    cautions: more.cautions ?? [],
    reversible: more.reversible ?? undo.length > 0,
    undo,
    notBefore: more.notBefore ?? null,
    after: more.after ?? [],
  };
}

/** Something that a person does: no call exists, or only the owner can decide. */
export function manualStep(
  target: Target,
  told: Told,
  manual: string,
  more: Omit<Optional, 'manual'> = {},
): StepDraft {
  return stepFor(target, told, { ...more, manual });
}
