import endpoints from '../../../src/derive/endpoints.ts';
import type { Endpoint } from '../../../src/model/evidence/derived.ts';
import { regionUnit } from '../../../src/model/scope.ts';

type Inputs = Parameters<typeof endpoints.compute>[0];

export const regionContext = {
  unit: regionUnit('aws', '111122223333', 'us-east-1'),
  partition: 'aws',
  managementAccountId: '111122223333',
  organizationAccountIds: new Set(['111122223333']),
  incident: null,
  baseline: null,
};

/** Computes the endpoints of a region in which nothing exists but what is given. */
export function endpointsOf(given: Partial<Inputs>): readonly Endpoint[] {
  return endpoints.compute(
    {
      'lambda.functions': [],
      'lambda.function-urls': [],
      'lambda.function-policies': [],
      'lambda.aliases': [],
      'api-gateway.rest-apis': [],
      'api-gateway.http-apis': [],
      'api-gateway.domain-names': [],
      principals: [],
      ...given,
    },
    regionContext,
  );
}

/** The exposures in order, for tests that ask nothing else. */
export function exposuresOf(given: Partial<Inputs>): readonly string[] {
  return endpointsOf(given).map(({ exposure }) => exposure);
}
