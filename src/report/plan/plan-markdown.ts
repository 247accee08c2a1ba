import {
  type Guardrail,
  type Plan,
  type PlanPhase,
  type PlanStep,
  phaseOfStage,
  planPhases,
  planStages,
} from '../../model/plan.ts';
import { markdownCode, markdownText } from '../text/markdown-text.ts';
import { countOf, formatTime, linesOf } from '../text/phrases.ts';
import { visible } from '../text/visible.ts';
import { placedCommand, placeText, shown, stageNotes, stageTitles } from './plan-wording.ts';

const phaseTitles = {
  prepare: 'Prepare',
  contain: 'Contain',
  eradicate: 'Eradicate',
  recover: 'Recover',
  harden: 'Harden',
} as const satisfies Record<PlanPhase, string>;

function prose(text: string): string {
  return markdownText(shown(text));
}

function code(text: string): string {
  return markdownCode(shown(text));
}

/** The fence is longer than any run of backticks inside, so that nothing inside can close it. */
function fenced(language: string, lines: readonly string[], indent: string): readonly string[] {
  const runs = [...lines.join('\n').matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)));
  return [`${fence}${language}`, ...lines, fence].map((line) => `${indent}${line}`);
}

function stepRows(step: PlanStep, number: number): readonly string[] {
  const commands = step.commands.map((command) => placedCommand(command, step));
  const undo = step.undo.map((command) => placedCommand(command, step));
  const bullets = [
    prose(step.why),
    ...(step.awaitsOwner === true ? ['Only until its owner has answered: nothing proves it hostile.'] : []),
    ...(step.notBefore === null ? [] : [`Not before ${prose(step.notBefore)}.`]),
    ...(step.dependsOn.length === 0 ? [] : [`Waits for ${step.dependsOn.map(code).join(', ')}.`]),
    ...step.preconditions.map(({ fact }) => `Holds first: ${prose(fact)}`),
    ...(step.manual === null ? [] : linesOf(step.manual).map((line) => `By hand: ${prose(line)}`)),
    ...step.cautions.map((caution) => `**Caution:** ${prose(caution)}`),
    ...(step.commands.length > 0 && undo.length === 0 && !step.reversible ? ['Cannot be undone.'] : []),
    ...(step.permissions.length === 0 ? [] : [`Needs ${step.permissions.map(code).join(', ')}.`]),
  ];
  return [
    `- [ ] **${number}.** ${prose(step.title)} — ${code(step.id)}, ${prose(placeText(step))}`,
    ...bullets.map((line) => `  - ${line}`),
    ...(commands.length === 0 ? [] : ['', ...fenced('sh', commands, '  '), '']),
    ...(undo.length === 0 ? [] : ['  Undo:', '', ...fenced('sh', undo, '  '), '']),
  ];
}

function phaseRows(plan: Plan, phase: PlanPhase): readonly string[] {
  const stages = planStages.filter((stage) => phaseOfStage[stage] === phase);
  const rows = stages.flatMap((stage) => {
    const steps = plan.steps.flatMap((step, index) => (step.stage === stage ? [{ step, index }] : []));
    return steps.length === 0
      ? []
      : [
          '',
          `### ${stageTitles[stage]}`,
          '',
          stageNotes[stage],
          '',
          ...steps.flatMap(({ step, index }) => stepRows(step, index + 1)),
        ];
  });
  return rows.length === 0 ? [] : ['', `## ${phaseTitles[phase]}`, ...rows];
}

function guardrailRows(guardrail: Guardrail): readonly string[] {
  const { title, appliesTo, why, wouldHaveHelped, wouldNotHaveHelped, wouldBreak, notKnown, json } =
    guardrail;
  return [
    '',
    `### ${prose(title)}`,
    '',
    `${prose(why)} Attach to: ${prose(appliesTo)}.`,
    '',
    `- Would have helped: ${prose(wouldHaveHelped)}`,
    ...(wouldNotHaveHelped === null ? [] : [`- Would not have helped: ${prose(wouldNotHaveHelped)}`]),
    ...wouldBreak.map((text) => `- Would break: ${prose(text)}`),
    notKnown === null
      ? '- It refuses nothing.'
      : `- ${wouldBreak.length === 0 ? 'Nothing that was seen would break. ' : ''}Not told by this evidence: ${prose(notKnown)}.`,
    '',
    ...fenced('json', json.split('\n').map(visible), ''),
  ];
}

function list(title: string, rows: readonly string[]): readonly string[] {
  return rows.length === 0 ? [] : ['', `## ${title}`, '', ...rows.map((row) => `- ${row}`)];
}

function overview(plan: Plan): string {
  return planStages
    .map((stage) => ({ stage, count: plan.steps.filter((step) => step.stage === stage).length }))
    .filter(({ count }) => count > 0)
    .map(({ stage, count }) => `${stageTitles[stage]} (${count})`)
    .join(' → ');
}

/** plan.md: the plan as a list to tick off, for a ticket or a pull request. */
export function renderPlanMarkdown(plan: Plan): string {
  const rows = [
    `# Plan${plan.incidentId === null ? '' : ` for ${prose(plan.incidentId)}`}`,
    '',
    `${countOf(plan.steps.length, 'step', 'steps')} from evidence of ${prose(formatTime(plan.asOf))} (digest ${code(plan.evidenceDigest)}). The same steps are in plan.sh, which asks before each and holds the evidence against what it finds.`,
    '',
    overview(plan),
    ...list('Not seen, and perhaps missing here', plan.notSeen.map(prose)),
    ...planPhases.flatMap((phase) => phaseRows(plan, phase)),
    ...list(
      'Ask the owners',
      plan.questions.map(({ arn, question }) => `[ ] ${code(arn)}: ${prose(question)}`),
    ),
    ...(plan.guardrails.length === 0
      ? []
      : [
          '',
          '## What would have helped',
          '',
          'Terraform for each stands in plan.json.',
          ...plan.guardrails.flatMap(guardrailRows),
        ]),
    ...list(
      'Findings without a step',
      plan.unplanned.map(({ fingerprint, why }) => `${code(fingerprint)}: ${prose(why)}`),
    ),
    '',
  ];
  return rows.join('\n').replaceAll(/\n{3,}/g, '\n\n');
}
