import type { PlanAssertion, PlanCommand } from '../../../model/plan.ts';
import type { StepDraft } from '../../planner.ts';
import { permissionOf } from './command-line.ts';
import { stepFor } from './step.ts';

const verbs: Readonly<Record<string, string>> = {
  delete: 'DELETE',
  export: 'GET',
  get: 'GET',
  update: 'PATCH',
};

/** Prefixes that differ from the name of the CLI's service. */
const prefixes: Readonly<Record<string, string>> = { accessanalyzer: 'access-analyzer' };

/** API Gateway names its actions after HTTP verbs; the names of some organization-wide calls hold abbreviations. */
function actionOf(argv: readonly string[]): string {
  const [service = '', operation = ''] = argv;
  if (service === 'apigateway' || service === 'apigatewayv2') {
    return `apigateway:${verbs[operation.split('-')[0] ?? ''] ?? 'GET'}`;
  }
  const [prefix = '', name = ''] = permissionOf(argv).split(':');
  return `${prefixes[prefix] ?? prefix}:${name.replace('AwsService', 'AWSService')}`;
}

function permissionsOf(calls: readonly (PlanCommand | PlanAssertion)[]): string[] {
  return [...new Set(calls.map(({ argv }) => actionOf(argv)))].sort();
}

/** A draft of a step on anything but a principal. */
export function workloadStep(...[target, told, more]: Parameters<typeof stepFor>): StepDraft {
  const step = stepFor(target, told, more);
  const { preconditions, commands, confirm, undo } = step;
  return { ...step, permissions: permissionsOf([...preconditions, ...commands, ...confirm, ...undo]) };
}
