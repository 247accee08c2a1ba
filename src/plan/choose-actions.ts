import { type ActionEffect, actionEffects } from '../model/action-effects.ts';
import type { ActionId } from '../model/action-id.ts';
import { fitsSubject } from '../model/action-subjects.ts';
import type { ResultCheck, ResultFinding } from '../model/audit-result.ts';
import type { Decision } from '../model/finding.ts';
import type { PlanStage } from '../model/plan.ts';
import { alteredCredentials, containmentOf, freezes, removalOf } from './action-choices.ts';
import type { StepDraft } from './planner.ts';

/** Of an incident's own making, and an event proves it: nothing else may be deleted. */
export function isProvedMade(finding: ResultFinding): boolean {
  return (
    finding.attribution === 'attributed' && finding.signals.some(({ code }) => code === 'created-by-incident')
  );
}

/**
 * The finding's decision; a deletion that nothing proves becomes a question, and what the incident made has no earlier
 * state to be put back to.
 */
export function decisionOf(finding: ResultFinding): Decision {
  if (
    finding.decision === 'restore' &&
    isProvedMade(finding) &&
    removalOf[finding.subject.type] !== undefined
  ) {
    return 'eradicate';
  }
  return finding.decision === 'eradicate' && !isProvedMade(finding) ? 'explain' : finding.decision;
}

function distinct(actions: readonly ActionId[]): readonly ActionId[] {
  return [...new Set(actions)].sort();
}

function withEffect(actions: readonly ActionId[], effects: readonly ActionEffect[]): readonly ActionId[] {
  return actions.filter((action) => effects.includes(actionEffects[action]));
}

function puttingBack(finding: ResultFinding): readonly ActionEffect[] {
  const closing: readonly ActionEffect[] = finding.attribution === 'attributed' ? ['close'] : [];
  const ending: readonly ActionEffect[] = isProvedMade(finding) ? ['contain', 'remove'] : [];
  return ['restore', 'improve', ...closing, ...ending];
}

/**
 * What a finding may cause. The check names what may be needed for all its subjects; the decision says what of it is
 * allowed here. May be empty: then the finding becomes a question, a ticket, or is listed as unplanned.
 */
export function chooseActions(finding: ResultFinding, check: ResultCheck | null): readonly ActionId[] {
  const { type } = finding.subject;
  const offered = (check?.remediation.actions ?? []).filter((action) => fitsSubject(action, type));
  const decision = decisionOf(finding);
  switch (decision) {
    case 'eradicate':
      return distinct([...withEffect(offered, ['contain', 'remove', 'close']), ...(removalOf[type] ?? [])]);
    case 'restore':
      return distinct([
        ...withEffect(offered, puttingBack(finding)),
        ...(finding.attribution === 'attributed' ? (alteredCredentials[type] ?? []) : []),
      ]);
    case 'contain-and-rotate':
      return distinct([...withEffect(offered, ['contain', 'rotate']), ...(containmentOf[type] ?? [])]);
    case 'explain':
      return distinct(
        offered.map((action) => freezes[action]).filter((action) => action !== undefined),
      ).filter((action) => fitsSubject(action, type));
    case 'harden':
      return [];
    default: {
      const unknown: never = decision;
      throw new Error(`unknown decision ${String(unknown)}`);
    }
  }
}

const freezeStages: readonly PlanStage[] = ['preserve', 'contain', 'release'];

/**
 * Of an action's steps those that the decision allows: a question changes nothing that cannot be taken back, and what
 * was there before the incident is never deleted.
 */
export function allowedSteps(finding: ResultFinding, drafts: readonly StepDraft[]): readonly StepDraft[] {
  const decision = decisionOf(finding);
  if (decision === 'explain') {
    return drafts
      .filter(({ stage, reversible }) => stage === 'preserve' || (freezeStages.includes(stage) && reversible))
      .map((draft) => (draft.stage === 'contain' ? { ...draft, awaitsOwner: true } : draft));
  }
  return decision === 'contain-and-rotate' ? drafts.filter(({ stage }) => stage !== 'delete') : drafts;
}
