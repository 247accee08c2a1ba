import { type PlanStep, planStages } from '../../model/plan.ts';
import { stageNotes, stageTitles } from '../plan/plan-wording.ts';
import { formatTime } from '../text/phrases.ts';
import { accountName, mapListed, type ReportContext } from './report-context.ts';
import type { PlanStageView, PlanStepView } from './report-view.ts';

function place(context: ReportContext, { accountId, region }: PlanStep): string {
  const parts = [accountName(context, accountId) ?? accountId ?? 'any account', region];
  return parts.filter((part) => part !== null).join(' · ');
}

function notes(step: PlanStep): readonly string[] {
  return [
    ...(step.commands.length === 0 ? ['By hand'] : []),
    ...(step.reversible ? [] : ['Cannot be undone']),
    ...(step.awaitsOwner === true ? ['Awaits its owner’s answer'] : []),
    ...(step.notBefore === null ? [] : [`Not before ${formatTime(step.notBefore)}`]),
  ];
}

/** The plan's own order; stages without steps are left out. */
export function planStagesView(context: ReportContext): readonly PlanStageView[] {
  const steps = (context.result.plan?.steps ?? []).map((step, index) => ({ step, number: index + 1 }));
  return planStages
    .map((stage) => ({ stage, members: steps.filter(({ step }) => step.stage === stage) }))
    .filter(({ members }) => members.length > 0)
    .map(({ stage, members }) => ({
      id: stage,
      title: stageTitles[stage],
      note: stageNotes[stage],
      steps: mapListed(
        members,
        context.limits.rows,
        ({ step, number }): PlanStepView => ({
          id: step.id,
          number,
          title: step.title,
          place: place(context, step),
          notes: notes(step),
        }),
      ),
    }));
}
