import { describe, expect, test } from '@jest/globals';
import functionUrls from '../../../../../src/collect/collectors/lambda/function-urls.ts';
import { observed } from '../../../../../src/model/observation.ts';
import { type Dependencies, fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { fakeAsOf, fakeReader, output, type Script } from '../../../../support/fake-reader.ts';
import { dependencies, functionArn, lambdaAnswers, unit } from './lambda-answers.ts';

const collect = (script: Script, given: Dependencies = dependencies) =>
  functionUrls.collect(fakeCollectContext(fakeReader(script, unit), given, unit));

describe('lambda.function-urls', () => {
  test('tells the URL of the function from that of its alias', async () => {
    expect(await collect(lambdaAnswers)).toMatchObject({
      state: 'complete',
      value: [
        { functionArn, functionName: 'orders', qualifier: null, authType: 'AWS_IAM', corsAllowOrigins: [] },
        {
          functionArn: `${functionArn}:live`,
          qualifier: 'live',
          url: 'https://live.lambda-url.eu-west-1.on.aws/',
          authType: 'NONE',
          createdAt: '2026-11-03T10:30:00.000Z',
          modifiedAt: '2026-11-03T10:31:00.000Z',
          corsAllowOrigins: ['*'],
        },
      ],
    });
  });

  test('without functions nothing is asked, and nothing is unknown', async () => {
    const none = { 'lambda.functions': observed([], [], '2026-11-03T11:00:00.000Z', []) };
    expect(await collect({}, none)).toMatchObject({
      state: 'complete',
      value: [],
      asOf: '2026-11-03T11:00:00.000Z',
    });
  });

  test('a function without URLs is a known absence', async () => {
    const observation = await collect({ ListFunctionUrlConfigs: output({ FunctionUrlConfigs: [] }) });
    expect(observation).toMatchObject({ state: 'complete', value: [], asOf: fakeAsOf });
  });

  test('a URL whose authorization is not told is a gap, not a private URL', async () => {
    const observation = await collect({
      ListFunctionUrlConfigs: output({
        FunctionUrlConfigs: [
          {
            FunctionArn: functionArn,
            FunctionUrl: 'https://x.lambda-url.eu-west-1.on.aws/',
            CreationTime: '2026-11-03T10:30:00Z',
            LastModifiedTime: '2026-11-03T10:30:00Z',
          },
        ],
      }),
    });
    expect(observation).toMatchObject({
      state: 'partial',
      gaps: [{ reason: 'malformed', resource: functionArn, detail: 'the answer lacks authType' }],
    });
  });
});
