import type { Guardrail } from '../../model/plan.ts';
import type { PlanInput } from '../planner.ts';
import { alarmGuardrail } from './alarm-guardrail.ts';
import { alarmTemplates } from './alarms.ts';
import { incidentActs } from './incident-acts.ts';
import { managementAccountPolicies } from './management-account-policies.ts';
import { memberPolicies } from './member-policies.ts';
import { policyGuardrail } from './policy-guardrail.ts';
import type { PolicyTemplate } from './policy-template.ts';

export const policyTemplates: readonly PolicyTemplate[] = [...memberPolicies, ...managementAccountPolicies];

function calledFor(checks: readonly string[], input: PlanInput): readonly string[] {
  return input.result.findings
    .filter(({ check }) =>
      checks.some((wanted) => (wanted.endsWith('/') ? check.startsWith(wanted) : check === wanted)),
    )
    .map(({ fingerprint }) => fingerprint);
}

/** Policies of an organization have nothing to hold on to where there is none. */
function possible({ kind, id }: PolicyTemplate, { result }: PlanInput): boolean {
  const ofOrganization = kind !== 'identity-policy' || id.startsWith('management-');
  return result.organizationId !== null || !ofOrganization;
}

/**
 * What would have helped, from what was found and done: policies and alarms as code, each with what it would break on
 * this evidence and where it would not have stopped the incident.
 */
export function chooseGuardrails(input: PlanInput): readonly Guardrail[] {
  const acts = incidentActs(input);
  const done = new Set(acts.map(({ action }) => action));
  const policies = policyTemplates
    .filter((template) => possible(template, input))
    .flatMap((template) => {
      const findings = calledFor(template.checks, input);
      const wanted = findings.length > 0 || template.refuses.some((call) => done.has(call));
      return wanted ? [policyGuardrail(template, input, acts, findings)] : [];
    });
  const alarms = alarmTemplates.flatMap((template) => {
    const findings = calledFor(template.checks, input);
    const wanted =
      findings.length > 0 || template.events.some((name) => done.has(`${template.source}:${name}`));
    return wanted ? [alarmGuardrail(template, input, acts, findings)] : [];
  });
  return [...policies, ...alarms];
}
