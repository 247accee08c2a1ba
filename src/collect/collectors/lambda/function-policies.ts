import { GetPolicyCommand } from '@aws-sdk/client-lambda';
import type { FunctionAlias, FunctionPolicy, LambdaFunction } from '../../../model/evidence/lambda.ts';
import { gapsOf } from '../../../model/observation.ts';
import { defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

interface PolicyHolder {
  readonly functionArn: string;
  readonly functionName: string;
  readonly qualifier: string | null;
}

/** Function, alias and version each have a policy of their own: none of them shows the others' statements. */
function policyHolders(
  functions: readonly LambdaFunction[],
  aliases: readonly FunctionAlias[],
): readonly PolicyHolder[] {
  return functions.flatMap(({ arn, name, publishedVersions }) => {
    const qualifiers = [
      ...aliases.filter((alias) => alias.functionName === name).map((alias) => alias.name),
      ...publishedVersions.map(({ version }) => version),
    ];
    return [
      { functionArn: arn, functionName: name, qualifier: null },
      ...qualifiers.map((qualifier) => ({
        functionArn: `${arn}:${qualifier}`,
        functionName: name,
        qualifier,
      })),
    ];
  });
}

export default defineCollector({
  key: 'lambda.function-policies',
  vantage: 'account',
  dependsOn: ['lambda.functions', 'lambda.aliases'],
  operations: [{ service: 'lambda', command: 'GetPolicy', permission: 'lambda:GetPolicy' }],
  async collect(context) {
    const functions = context.dependency('lambda.functions');
    if (functions.state === 'missing') {
      return functions;
    }
    const aliases = context.dependency('lambda.aliases');
    const reading = new Reading(context);
    reading.restsOn(functions.asOf, gapsOf(functions));
    reading.restsOn(aliases.state === 'missing' ? null : aliases.asOf, gapsOf(aliases));
    const holders = policyHolders(functions.value, aliases.state === 'missing' ? [] : aliases.value);
    const policies = await forEachResource(holders, async (holder): Promise<readonly FunctionPolicy[]> => {
      const { functionArn, functionName, qualifier } = holder;
      const answer = await reading.one(
        GetPolicyCommand,
        qualifier === null
          ? { FunctionName: functionName }
          : { FunctionName: functionName, Qualifier: qualifier },
        { resource: functionArn, absentOn: ['ResourceNotFoundException'] },
      );
      return answer.kind === 'value'
        ? [{ ...holder, document: reading.policy(answer.value.Policy, functionArn) }]
        : [];
    });
    return reading.finish(sortedBy(policies.flat(), (policy) => policy.functionArn));
  },
});
