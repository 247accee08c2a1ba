import { type FunctionUrlConfig, ListFunctionUrlConfigsCommand } from '@aws-sdk/client-lambda';
import type { FunctionUrl } from '../../../model/evidence/lambda.ts';
import { gapsOf } from '../../../model/observation.ts';
import { defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';
import { arnQualifier } from './function-arn.ts';

function functionUrl(
  reading: Reading,
  functionName: string,
  resource: string,
  url: FunctionUrlConfig,
): readonly FunctionUrl[] {
  const fields = reading.required(
    {
      functionArn: url.FunctionArn,
      url: url.FunctionUrl,
      authType: url.AuthType,
      createdAt: isoTime(url.CreationTime),
      modifiedAt: isoTime(url.LastModifiedTime),
    },
    resource,
  );
  if (fields === null) {
    return [];
  }
  const { functionArn, authType, createdAt, modifiedAt } = fields;
  return [
    {
      functionArn,
      functionName,
      qualifier: arnQualifier(functionArn),
      url: fields.url,
      authType,
      invokeMode: url.InvokeMode ?? null,
      createdAt,
      modifiedAt,
      corsAllowOrigins: [...(url.Cors?.AllowOrigins ?? [])].sort(),
    },
  ];
}

export default defineCollector({
  key: 'lambda.function-urls',
  vantage: 'account',
  dependsOn: ['lambda.functions'],
  operations: [
    { service: 'lambda', command: 'ListFunctionUrlConfigs', permission: 'lambda:ListFunctionUrlConfigs' },
  ],
  async collect(context) {
    const functions = context.dependency('lambda.functions');
    if (functions.state === 'missing') {
      return functions;
    }
    const reading = new Reading(context);
    reading.restsOn(functions.asOf, gapsOf(functions));
    // One list per function also holds the URLs of its aliases.
    const urls = await forEachResource(functions.value, async ({ arn, name }) => {
      const { items } = await reading.all(
        ListFunctionUrlConfigsCommand,
        { FunctionName: name },
        (output) => output.FunctionUrlConfigs,
        { resource: arn, absentOn: ['ResourceNotFoundException'] },
      );
      return items.flatMap((url) => functionUrl(reading, name, arn, url));
    });
    return reading.finish(sortedBy(urls.flat(), (url) => url.functionArn));
  },
});
