import type { ResourceFact } from '../../model/evidence/derived.ts';
import { exampleAccountId, exampleCreatedAt } from './account.ts';
import { functionArn } from './lambda.ts';

/** A function of the example account and region, made and last changed long ago; its dates show every change. */
export function buildResourceFact(fields: Partial<ResourceFact> = {}): ResourceFact {
  const name = fields.name ?? 'orders';
  return {
    arn: functionArn(name),
    uniqueId: null,
    type: 'lambda-function',
    name,
    accountId: exampleAccountId,
    region: 'us-east-1',
    createdAt: exampleCreatedAt,
    modifiedAt: exampleCreatedAt,
    changeCoverage: 'complete',
    createdBy: null,
    owner: null,
    contentSha256: null,
    ...fields,
  };
}
