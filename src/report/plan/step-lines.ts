import type { PlanStep } from '../../model/plan.ts';
import { linesOf } from '../text/phrases.ts';
import { placedCommand, placeText, shown, stageTitles } from './plan-wording.ts';

function undoLines(step: PlanStep): readonly string[] {
  if (step.undo.length > 0) {
    return step.undo.map((command) => `undo: ${placedCommand(command, step)}`);
  }
  return step.commands.length === 0 || step.reversible ? [] : ['cannot be undone'];
}

/** One step for a terminal, without hidden characters. */
export function stepLines(step: PlanStep, position: string): readonly string[] {
  return [
    `── ${position} · ${stageTitles[step.stage]} · ${shown(step.id)}`,
    ...[
      shown(step.title),
      placeText(step),
      `why: ${shown(step.why)}`,
      ...(step.awaitsOwner === true ? ['only until its owner has answered: nothing proves it hostile'] : []),
      ...(step.notBefore === null ? [] : [`not before ${shown(step.notBefore)}`]),
      ...(step.dependsOn.length === 0 ? [] : [`waits for ${shown(step.dependsOn.join(', '))}`]),
      ...step.preconditions.map(({ fact }) => `holds first: ${shown(fact)}`),
      ...step.commands.flatMap((command) => [
        `$ ${placedCommand(command, step)}`,
        ...(command.saveAs === undefined ? [] : [`  kept as preserved/${shown(command.saveAs)}`]),
      ]),
      ...(step.manual === null ? [] : linesOf(step.manual).map((line) => `by hand: ${shown(line)}`)),
      ...step.cautions.map((caution) => `caution: ${shown(caution)}`),
      ...undoLines(step),
      ...(step.permissions.length === 0 ? [] : [`needs ${shown(step.permissions.join(', '))}`]),
      ...(step.findings.length === 0 ? [] : [`for findings ${shown(step.findings.join(', '))}`]),
    ].map((line) => `   ${line}`),
  ];
}
