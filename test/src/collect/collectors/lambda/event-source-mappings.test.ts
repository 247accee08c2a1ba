import { expect, test } from '@jest/globals';
import eventSourceMappings from '../../../../../src/collect/collectors/lambda/event-source-mappings.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { fakeReader, output, pages, type Script } from '../../../../support/fake-reader.ts';
import { lambdaAnswers, unit } from './lambda-answers.ts';

const collect = (script: Script) =>
  eventSourceMappings.collect(fakeCollectContext(fakeReader(script, unit), {}, unit));

test('keeps source, function and state', async () => {
  expect(await collect(lambdaAnswers)).toMatchObject({
    state: 'complete',
    value: [
      {
        eventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:orders',
        state: 'Enabled',
        lastModifiedAt: '2026-11-03T10:00:00.000Z',
      },
    ],
  });
});

test('reads two pages, sorts them, and knows a source without ARN', async () => {
  const mapping = (id: string) => ({ UUID: id, FunctionArn: 'f', State: 'Enabled' });
  const observation = await collect({
    ListEventSourceMappings: pages(
      { EventSourceMappings: [mapping('b')], NextMarker: 'second' },
      { EventSourceMappings: [mapping('a')] },
    ),
  });
  expect(observation).toMatchObject({
    state: 'complete',
    value: [{ id: 'a', eventSourceArn: null }, { id: 'b' }],
  });
});

test('none is a known absence, a mapping without function a gap', async () => {
  expect(await collect({ ListEventSourceMappings: output({}) })).toMatchObject({
    state: 'complete',
    value: [],
  });
  expect(
    await collect({
      ListEventSourceMappings: output({ EventSourceMappings: [{ UUID: 'a', State: 'Enabled' }] }),
    }),
  ).toMatchObject({ state: 'partial', gaps: [{ reason: 'malformed', resource: 'a' }] });
});
