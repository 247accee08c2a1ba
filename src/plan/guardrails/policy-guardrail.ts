import type { Guardrail } from '../../model/plan.ts';
import type { PlanInput } from '../planner.ts';
import { countedActs, helpedAgainst, type IncidentAct } from './incident-acts.ts';
import type { PolicyTemplate } from './policy-template.ts';
import { terraformName, terraformText } from './terraform-text.ts';

const policyTypes = {
  scp: '"SERVICE_CONTROL_POLICY"',
  rcp: '"RESOURCE_CONTROL_POLICY"',
} as const;

function terraformOf(template: PolicyTemplate, json: string): string {
  const name = terraformName(template.id);
  const document = ['content', { json }] as const;
  switch (template.kind) {
    case 'scp':
    case 'rcp':
      return terraformText([
        {
          type: 'aws_organizations_policy',
          name,
          arguments: [['name', `"afterleak-${template.id}"`], ['type', policyTypes[template.kind]], document],
        },
      ]);
    case 'organization-resource-policy':
      return terraformText([{ type: 'aws_organizations_resource_policy', name, arguments: [document] }]);
    case 'identity-policy':
      return terraformText([
        {
          type: 'aws_iam_policy',
          name,
          arguments: [
            ['name', `"afterleak-${template.id}"`],
            ['policy', { json }],
          ],
        },
      ]);
    default:
      return template.kind satisfies never;
  }
}

function split(template: PolicyTemplate, input: PlanInput, acts: readonly IncidentAct[]) {
  const calls = new Set(template.refuses);
  const meant = acts.filter((act) => calls.has(act.action));
  const { managementAccountId } = input.result;
  const bound = ({ accountId }: IncidentAct): boolean =>
    accountId !== null &&
    managementAccountId !== null &&
    (accountId === managementAccountId) === (template.binds === 'management-account');
  return { stopped: meant.filter(bound), missed: meant.filter((act) => !bound(act)) };
}

function whereElse(template: PolicyTemplate, input: PlanInput): string {
  if (input.result.managementAccountId === null) {
    return 'for all that is known: which account is the management account could not be seen';
  }
  return template.binds === 'members'
    ? `in the management account ${input.result.managementAccountId}, which no service or resource control policy binds`
    : 'in member accounts, where this policy is not attached';
}

function helped(
  template: PolicyTemplate,
  { stopped, missed }: ReturnType<typeof split>,
  { trace, result }: PlanInput,
): string {
  if (stopped.length > 0) {
    const first = stopped[0];
    return `It would have refused ${countedActs(stopped)}, first at ${first?.at ?? ''}; later acts that rest on them would have failed too.`;
  }
  if (template.refuses.length === 0) {
    return 'It refuses no call of the incident; it closes what was found.';
  }
  if (trace !== null && missed.length > 0 && result.managementAccountId === null) {
    return 'Whether it would have stopped this incident cannot be said: it refuses acts of the incident, and which accounts it binds could not be seen.';
  }
  return trace !== null
    ? 'It would not have stopped this incident: none of its acts is refused by it.'
    : 'No trail was read: whether it would have stopped anything cannot be said.';
}

export function policyGuardrail(
  template: PolicyTemplate,
  input: PlanInput,
  acts: readonly IncidentAct[],
  findings: readonly string[],
): Guardrail {
  const json = JSON.stringify({ Version: '2012-10-17', Statement: template.statements(input) }, null, 2);
  const parted = split(template, input, acts);
  const { stopped, missed } = parted;
  return {
    id: template.id,
    kind: template.kind,
    title: template.title,
    appliesTo: template.appliesTo,
    why: template.why,
    json,
    terraform: terraformOf(template, json),
    wouldBreak: [...template.wouldBreak(input)],
    notKnown: template.notKnown,
    wouldHaveHelped: helped(template, parted, input),
    helped: helpedAgainst(
      stopped,
      template.refuses.length === 0 ||
        (input.trace !== null && (missed.length === 0 || input.result.managementAccountId !== null)),
    ),
    wouldNotHaveHelped:
      missed.length > 0 ? `Not stopped: ${countedActs(missed)} ${whereElse(template, input)}.` : null,
    findings: [...findings],
  };
}
