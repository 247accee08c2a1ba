import type { Dependents } from '../model/dependents.ts';
import { defineDerivation } from '../model/derivation.ts';
import { apiDependents } from './dependents/api-dependents.ts';
import { functionDependents } from './dependents/function-dependents.ts';
import { byText } from './support/by-text.ts';

/** Functions and APIs tell by themselves; a kind that was not seen makes the list partial. */
export default defineDerivation({
  key: 'dependents.region',
  inputs: [],
  optional: [
    'lambda.functions',
    'lambda.aliases',
    'lambda.function-urls',
    'lambda.function-policies',
    'lambda.event-source-mappings',
    'api-gateway.rest-apis',
    'api-gateway.http-apis',
    'api-gateway.domain-names',
  ],
  compute: (evidence, context): readonly Dependents[] => {
    const { unit, partition } = context;
    const place = { partition, accountId: unit.accountId ?? '', region: unit.region ?? '' };
    const apis = [...(evidence['api-gateway.rest-apis'] ?? []), ...(evidence['api-gateway.http-apis'] ?? [])];
    return [
      ...functionDependents(evidence['lambda.functions'] ?? [], evidence, context, place),
      ...apiDependents(apis, evidence['api-gateway.domain-names'], context, place),
    ].sort(byText(({ arn }) => arn));
  },
});
