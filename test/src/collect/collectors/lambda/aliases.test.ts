import { expect, test } from '@jest/globals';
import aliases from '../../../../../src/collect/collectors/lambda/aliases.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { fakeReader, output, type Script } from '../../../../support/fake-reader.ts';
import { dependencies, functionArn, lambdaAnswers, unit } from './lambda-answers.ts';

const collect = (script: Script) =>
  aliases.collect(fakeCollectContext(fakeReader(script, unit), dependencies, unit));

test('keeps the version of an alias and where else it sends calls', async () => {
  expect(await collect(lambdaAnswers)).toMatchObject({
    state: 'complete',
    value: [
      {
        arn: `${functionArn}:live`,
        functionName: 'orders',
        name: 'live',
        version: '3',
        routing: [{ version: '4', weight: 0.1 }],
      },
    ],
  });
});

test('an alias without version is a gap', async () => {
  const observation = await collect({ ListAliases: output({ Aliases: [{ AliasArn: 'a', Name: 'live' }] }) });
  expect(observation).toMatchObject({
    state: 'partial',
    value: [],
    gaps: [{ reason: 'malformed', resource: functionArn }],
  });
});
