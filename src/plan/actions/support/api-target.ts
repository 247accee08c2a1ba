import type { ApiDependents } from '../../../model/dependents.ts';
import type { PlanAssertion } from '../../../model/plan.ts';
import type { ActionRequest, PlanWorld } from '../../planner.ts';
import { reads } from './assertions.ts';
import type { Target } from './step.ts';

/** Null where the finding is about something else, or the evidence does not hold the API. */
export function apiOf({ finding }: Pick<ActionRequest, 'finding'>, world: PlanWorld): ApiDependents | null {
  const found = world.dependentsOf(finding.subject.arn);
  return found !== null && 'apiId' in found ? found : null;
}

/** The id of an API is never given twice. */
export function apiTarget({ arn, apiId, type, name, accountId }: ApiDependents): Target {
  return { arn, uniqueId: apiId, type, name, accountId };
}

/** Service of the CLI, and the option that names the API. */
export function apiCall({ type, apiId }: ApiDependents): {
  readonly service: 'apigateway' | 'apigatewayv2';
  readonly who: Readonly<Record<string, string>>;
} {
  return type === 'rest-api'
    ? { service: 'apigateway', who: { restApiId: apiId } }
    : { service: 'apigatewayv2', who: { apiId } };
}

export function isSameApi(api: ApiDependents): PlanAssertion {
  const { service, who } = apiCall(api);
  return service === 'apigateway'
    ? reads(`${api.apiId} has its name`, [service, 'get-rest-api', who], 'name', api.name.trim())
    : reads(`${api.apiId} has its name`, [service, 'get-api', who], 'Name', api.name.trim());
}
