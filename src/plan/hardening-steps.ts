import type { ResultCheck, ResultFinding } from '../model/audit-result.ts';
import { compareText } from './plan-world.ts';
import type { StepDraft } from './planner.ts';

const namesShown = 25;

function subjectsText(findings: readonly ResultFinding[]): string {
  const arns = [...new Set(findings.map(({ subject }) => subject.arn))].sort(compareText);
  const more = arns.length - namesShown;
  return `${arns.slice(0, namesShown).join(', ')}${more > 0 ? ` and ${more} more, see the report` : ''}`;
}

/** One ticket per check: weak things are fixed at their cause, not one by one in the middle of an incident. */
export function hardeningStep(check: ResultCheck, findings: readonly ResultFinding[]): StepDraft {
  const actions = check.remediation.actions.join(', ');
  return {
    key: `harden:${check.id}`,
    after: [],
    stage: 'harden',
    action: 'ticket',
    title: `Ticket: ${check.title}`,
    why: check.remediation.why,
    target: { arn: check.id, uniqueId: null, type: 'check', name: check.id },
    accountId: null,
    region: null,
    preconditions: [],
    commands: [],
    manual: `File a ticket for its owner: ${check.failureTitle} (${check.id}). It is about ${subjectsText(findings)}.${actions === '' ? '' : ` What helps: ${actions}.`}`,
    confirm: [],
    permissions: [],
    cautions: [...check.remediation.cautions],
    reversible: true,
    undo: [],
    notBefore: null,
  };
}
