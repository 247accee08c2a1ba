import { expect, test } from '@jest/globals';
import rules from '../../../../../src/collect/collectors/event-bridge/rules.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { denied, fakeReader, output, pages, type Script } from '../../../../support/fake-reader.ts';
import { alarmAnswers, rule, unit } from './alarm-answers.ts';

const run = async (script: Script = {}, regions: readonly string[] = []) => {
  const reader = fakeReader({ ...alarmAnswers, ...script }, unit);
  const context = { ...fakeCollectContext(reader, {}, unit), regions };
  return { observation: await rules.collect(context), reader };
};

test('keeps pattern, state and targets', async () => {
  expect((await run()).observation).toMatchObject({
    state: 'complete',
    value: [
      {
        name: 'iam',
        pattern: '{"source":["aws.iam"]}',
        enabled: true,
        managedBy: null,
        targets: ['arn:aws:sns:us-east-1:111122223333:alarms'],
      },
    ],
  });
});

test('asks every enabled region, its own once', async () => {
  const { reader } = await run({}, ['us-east-1', 'eu-west-1']);
  const asked = reader.calls
    .filter(({ command }) => command === 'ListRules')
    .map(({ options }) => options.region);
  expect(asked.toSorted()).toEqual(['eu-west-1', 'us-east-1']);
});

test('reads all pages; schedules are no rules, and rules that tell nobody are not asked whom they tell', async () => {
  const { observation, reader } = await run({
    ListRules: pages(
      {
        Rules: [rule('off', { State: 'DISABLED' }), rule('schedule', { EventPattern: undefined })],
        NextToken: '2',
      },
      {
        Rules: [
          rule('managed', { ManagedBy: 'config.amazonaws.com' }),
          rule('all', { State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' }),
        ],
      },
    ),
  });
  expect(observation).toMatchObject({
    state: 'complete',
    value: [
      { name: 'all', enabled: true },
      { name: 'managed', managedBy: 'config.amazonaws.com', targets: [] },
      { name: 'off', enabled: false, targets: [] },
    ],
  });
  expect(reader.commands.filter((command) => command === 'ListTargetsByRule')).toHaveLength(1);
});

test('refused targets are a gap that names the rule; a rule without state is malformed', async () => {
  expect((await run({ ListTargetsByRule: denied() })).observation).toMatchObject({
    state: 'partial',
    gaps: [{ reason: 'access-denied', resource: 'arn:aws:events:us-east-1:111122223333:rule/iam' }],
  });
  expect(
    (await run({ ListRules: output({ Rules: [rule('x', { State: undefined })] }) })).observation,
  ).toMatchObject({
    state: 'partial',
    gaps: [{ reason: 'malformed' }],
  });
  expect((await run({ ListRules: denied() })).observation.state).toBe('missing');
});
