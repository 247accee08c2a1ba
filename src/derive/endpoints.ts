import { defineDerivation } from '../model/derivation.ts';
import type { Endpoint } from '../model/evidence/derived.ts';
import { apiEndpoints } from './endpoint/api-endpoints.ts';
import type { EndpointInputs } from './endpoint/endpoint-inputs.ts';
import { functionUrlEndpoints } from './endpoint/function-url-endpoints.ts';
import { byText } from './support/by-text.ts';

function sortKey(endpoint: Endpoint): string {
  const { entry } = endpoint;
  const way = entry.kind === 'function-url' ? entry.url : `${entry.stage}\n${entry.route}`;
  return [endpoint.arn, way, endpoint.functionArn, endpoint.codeSha256, endpoint.roleArn].join('\n');
}

/**
 * Every input is optional, because each half of the chain tells something by itself: an API whose function could not be
 * read is still open. What is missing makes the result partial.
 */
export default defineDerivation({
  key: 'endpoints',
  inputs: [],
  optional: [
    'lambda.functions',
    'lambda.function-urls',
    'lambda.function-policies',
    'lambda.aliases',
    'api-gateway.rest-apis',
    'api-gateway.http-apis',
    'api-gateway.domain-names',
    'principals',
  ],
  compute: (evidence, context) => {
    const inputs: EndpointInputs = {
      partition: context.partition,
      accountId: context.unit.accountId ?? '',
      region: context.unit.region ?? '',
      functions: evidence['lambda.functions'],
      functionUrls: evidence['lambda.function-urls'],
      functionPolicies: evidence['lambda.function-policies'],
      aliases: evidence['lambda.aliases'],
      restApis: evidence['api-gateway.rest-apis'],
      httpApis: evidence['api-gateway.http-apis'],
      domainNames: evidence['api-gateway.domain-names'],
      principals: evidence.principals,
    };
    return [...functionUrlEndpoints(inputs), ...apiEndpoints(inputs)].sort(byText(sortKey));
  },
});
