import type { ActionId } from '../model/action-id.ts';
import type { ResultCheck, ResultFinding } from '../model/audit-result.ts';
import { type Plan, type PlanStep, phaseOfStage, planSchema } from '../model/plan.ts';
import { sha256 } from '../model/sha256.ts';
import { actionPlanners } from './actions/index.ts';
import { allowedSteps, chooseActions, decisionOf } from './choose-actions.ts';
import { chooseGuardrails } from './guardrails/choose-guardrails.ts';
import { hardeningStep } from './hardening-steps.ts';
import { incidentRequests, unseenCredentialSteps } from './incident-requests.ts';
import { mergeSteps, type RequestedStep } from './merge-steps.ts';
import { type OrderedStep, orderSteps } from './order-steps.ts';
import { ownerQuestions } from './owner-questions.ts';
import { compareText, createPlanWorld, orderedInput } from './plan-world.ts';
import type { ActionPlanners, ActionRequest, PlanInput, PlanWorld, StepDraft } from './planner.ts';
import { rotationSteps } from './rotation-steps.ts';

type Planners = Partial<ActionPlanners<ActionId>>;
type Unplanned = Plan['unplanned'][number];

interface Considered {
  readonly requested: readonly RequestedStep[];
  readonly unplanned: readonly Unplanned[];
}

function draftsFor(request: ActionRequest, world: PlanWorld, planners: Planners): readonly StepDraft[] {
  return allowedSteps(request.finding, planners[request.action]?.(request, world) ?? []);
}

function whyNothing(finding: ResultFinding, actions: readonly ActionId[]): string {
  if (finding.decision === 'eradicate' && decisionOf(finding) === 'explain') {
    return 'no event proves that the incident made it: its owner is asked';
  }
  if (decisionOf(finding) === 'explain') {
    return 'nothing of it can be frozen and given back: its owner is asked';
  }
  return actions.length === 0
    ? `no action is known for a finding of ${finding.check} on a ${finding.subject.type}`
    : `the evidence does not show what ${actions.join(', ')} would need, or there is nothing left to do`;
}

function consider(
  finding: ResultFinding,
  check: ResultCheck | null,
  world: PlanWorld,
  planners: Planners,
): Considered {
  const { fingerprint, exception } = finding;
  if (exception !== undefined) {
    const why = `accepted by ${exception.approvedBy} until ${exception.expires}: ${exception.reason}`;
    return { requested: [], unplanned: [{ fingerprint, why }] };
  }
  if (decisionOf(finding) === 'harden') {
    const why = 'the check behind it is not in the result';
    return { requested: [], unplanned: check === null ? [{ fingerprint, why }] : [] };
  }
  const actions = chooseActions(finding, check);
  const requested = actions
    .flatMap((action) => draftsFor({ action, finding }, world, planners))
    .map((draft) => ({ draft, fingerprint }));
  return {
    requested,
    unplanned: requested.length > 0 ? [] : [{ fingerprint, why: whyNothing(finding, actions) }],
  };
}

/** One ticket per check, for all its findings that are merely weak. */
function tickets(
  findings: readonly ResultFinding[],
  checks: ReadonlyMap<string, ResultCheck>,
): readonly RequestedStep[] {
  const weak = findings.filter(
    (finding) => decisionOf(finding) === 'harden' && finding.exception === undefined,
  );
  return [...new Set(weak.map(({ check }) => check))].sort(compareText).flatMap((id) => {
    const check = checks.get(id);
    const own = weak.filter((finding) => finding.check === id);
    const draft = check === undefined ? null : hardeningStep(check, own);
    return draft === null ? [] : own.map(({ fingerprint }) => ({ draft, fingerprint }));
  });
}

function idOf({ draft }: OrderedStep): string {
  return `${draft.stage}-${sha256(draft.key).slice(0, 8)}`;
}

/** Containment comes late enough by its stage and is held up by nothing: it can be taken back and loses no evidence. */
function conditionsOf({ draft, before }: OrderedStep): readonly string[] {
  return draft.stage === 'contain' ? [] : before;
}

function stepOf(
  step: OrderedStep,
  ids: ReadonlyMap<string, string>,
  findings: ReadonlyMap<string, ResultFinding>,
): PlanStep {
  const { key: _key, after: _after, ...draft } = step.draft;
  const byCheck = new Map<string, string[]>();
  for (const fingerprint of step.fingerprints) {
    const check = findings.get(fingerprint)?.check ?? '';
    const own = byCheck.get(check) ?? [];
    byCheck.set(check, own);
    own.push(fingerprint);
  }
  return {
    ...draft,
    id: idOf(step),
    phase: phaseOfStage[draft.stage],
    dependsOn: conditionsOf(step)
      .map((key) => ids.get(key) ?? '')
      .sort(compareText),
    findings: [...step.fingerprints],
    verifiedBy: [...byCheck]
      .sort(([left], [right]) => compareText(left, right))
      .map(([check, fingerprints]) => ({ check, fingerprints })),
  };
}

function idsByKey(steps: readonly OrderedStep[]): ReadonlyMap<string, string> {
  const ids = new Map(steps.map((step) => [step.draft.key, idOf(step)]));
  if (new Set(ids.values()).size !== steps.length) {
    throw new Error('two steps of the plan have the same id');
  }
  return ids;
}

function notSeen({ result, notSeen: unseen }: PlanInput): string[] {
  const accounts = result.coverage.notSwept.map(
    ({ accountId, reason }) => `account ${accountId} was not swept: ${reason}`,
  );
  return [...new Set([...unseen, ...accounts])].sort(compareText);
}

/**
 * The ordered plan of a judged result. Pure: the same findings, evidence and incident give the same bytes, in whatever
 * order they arrive. `planners` are the registered actions unless a test gives its own.
 * @throws Error where planners contradict each other: a bug, not an input.
 */
export function buildPlan(input: PlanInput, planners: Planners = actionPlanners): Plan {
  const ordered = orderedInput(input);
  const { result, incident, trace } = ordered;
  const world = createPlanWorld(ordered);
  const checks = new Map(result.checks.map((check) => [check.id, check]));
  const considered = result.findings.map((finding) =>
    consider(finding, checks.get(finding.check) ?? null, world, planners),
  );
  const drafts = [
    ...incidentRequests(world).flatMap((request) => draftsFor(request, world, planners)),
    ...unseenCredentialSteps(world),
    ...rotationSteps(trace?.rotation ?? []),
  ];
  const steps = orderSteps(
    mergeSteps([
      ...considered.flatMap(({ requested }) => requested),
      ...tickets(result.findings, checks),
      ...drafts.map((draft) => ({ draft, fingerprint: null })),
    ]),
  );
  const ids = idsByKey(steps);
  const findings = new Map(result.findings.map((finding) => [finding.fingerprint, finding]));
  const open = result.findings.filter(
    (finding) => decisionOf(finding) === 'explain' && finding.exception === undefined,
  );
  return planSchema.parse({
    schemaVersion: 1,
    tool: result.tool,
    incidentId: incident?.id ?? null,
    evidenceDigest: result.evidenceDigest,
    asOf: result.asOf,
    partition: result.partition,
    organizationId: result.organizationId,
    managementAccountId: result.managementAccountId,
    steps: steps.map((step) => stepOf(step, ids, findings)),
    guardrails: [...chooseGuardrails(ordered)],
    questions: [...ownerQuestions(open)],
    unplanned: considered.flatMap(({ unplanned }) => unplanned),
    notSeen: notSeen(ordered),
  });
}

/** The result with its plan, and with the steps that each finding is dealt with by. */
export function withPlan(input: PlanInput, planners: Planners = actionPlanners): PlanInput['result'] {
  const plan = buildPlan(input, planners);
  const stepsOf = new Map<string, string[]>();
  for (const { id, findings } of plan.steps) {
    for (const fingerprint of findings) {
      stepsOf.set(fingerprint, [...(stepsOf.get(fingerprint) ?? []), id]);
    }
  }
  return {
    ...input.result,
    findings: input.result.findings.map((finding) => ({
      ...finding,
      planSteps: stepsOf.get(finding.fingerprint) ?? [],
    })),
    plan,
  };
}
