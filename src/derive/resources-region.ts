import { defineDerivation } from '../model/derivation.ts';
import { apiFacts } from './resource/api-facts.ts';
import { analyzerFacts } from './resource/detection-facts.ts';
import { instanceFacts } from './resource/identity-center-facts.ts';
import { lambdaFacts } from './resource/lambda-facts.ts';
import { byText } from './support/by-text.ts';

/** Every kind tells by itself; a kind that was not seen makes the list partial. */
export default defineDerivation({
  key: 'resources.region',
  inputs: [],
  optional: [
    'lambda.functions',
    'lambda.function-urls',
    'lambda.function-policies',
    'lambda.aliases',
    'lambda.event-source-mappings',
    'lambda.layers',
    'api-gateway.rest-apis',
    'api-gateway.http-apis',
    'api-gateway.domain-names',
    'api-gateway.api-keys',
    'access-analyzer.analyzers',
    'identity-center.instances',
  ],
  compute: (evidence, { unit, partition }) => {
    const place = { partition, accountId: unit.accountId ?? '', region: unit.region ?? '' };
    return [
      ...lambdaFacts(evidence, place),
      ...apiFacts(evidence, place),
      ...analyzerFacts(evidence['access-analyzer.analyzers'], unit.accountId, unit.region),
      ...instanceFacts(evidence['identity-center.instances']),
    ].sort(byText(({ arn }) => arn));
  },
});
