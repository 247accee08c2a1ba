import { type AliasConfiguration, ListAliasesCommand } from '@aws-sdk/client-lambda';
import type { FunctionAlias } from '../../../model/evidence/lambda.ts';
import { gapsOf } from '../../../model/observation.ts';
import { defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

function functionAlias(
  reading: Reading,
  functionName: string,
  resource: string,
  alias: AliasConfiguration,
): readonly FunctionAlias[] {
  const fields = reading.required(
    { arn: alias.AliasArn, name: alias.Name, version: alias.FunctionVersion },
    resource,
  );
  if (fields === null) {
    return [];
  }
  const weights = Object.entries(alias.RoutingConfig?.AdditionalVersionWeights ?? {});
  return [
    {
      arn: fields.arn,
      functionName,
      name: fields.name,
      version: fields.version,
      routing: sortedBy(
        weights.map(([version, weight]) => ({ version, weight })),
        ({ version }) => version,
      ),
    },
  ];
}

export default defineCollector({
  key: 'lambda.aliases',
  vantage: 'account',
  dependsOn: ['lambda.functions'],
  operations: [{ service: 'lambda', command: 'ListAliases', permission: 'lambda:ListAliases' }],
  async collect(context) {
    const functions = context.dependency('lambda.functions');
    if (functions.state === 'missing') {
      return functions;
    }
    const reading = new Reading(context);
    reading.restsOn(functions.asOf, gapsOf(functions));
    const aliases = await forEachResource(functions.value, async ({ arn, name }) => {
      const { items } = await reading.all(
        ListAliasesCommand,
        { FunctionName: name },
        (output) => output.Aliases,
        { resource: arn, absentOn: ['ResourceNotFoundException'] },
      );
      return items.flatMap((alias) => functionAlias(reading, name, arn, alias));
    });
    return reading.finish(sortedBy(aliases.flat(), (alias) => alias.arn));
  },
});
