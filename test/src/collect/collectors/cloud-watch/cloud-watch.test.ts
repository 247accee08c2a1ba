import { describe, expect, test } from '@jest/globals';
import alarms from '../../../../../src/collect/collectors/cloud-watch/alarms.ts';
import metricFilters from '../../../../../src/collect/collectors/cloud-watch/metric-filters.ts';
import type { AnyCollector } from '../../../../../src/collect/define-collector.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { denied, fakeReader, output, pages, type Script } from '../../../../support/fake-reader.ts';
import { alarm, alarmAnswers, filter, unit } from '../event-bridge/alarm-answers.ts';

const run = async (collector: AnyCollector, script: Script = {}, regions: readonly string[] = []) => {
  const reader = fakeReader({ ...alarmAnswers, ...script }, unit);
  return {
    observation: await collector.collect({ ...fakeCollectContext(reader, {}, unit), regions }),
    reader,
  };
};

describe('metric filters', () => {
  test('keep pattern, log group and metrics, of every page and region', async () => {
    const { observation, reader } = await run(
      metricFilters,
      {
        DescribeMetricFilters: pages(
          { metricFilters: [filter('b')], nextToken: '2' },
          { metricFilters: [filter('a')] },
        ),
      },
      ['us-east-1', 'eu-west-1'],
    );
    expect(observation).toMatchObject({
      state: 'complete',
      value: [
        { name: 'a', region: 'eu-west-1', logGroupName: 'trail', metrics: [{ namespace: 'CIS', name: 'a' }] },
        { name: 'b', region: 'eu-west-1' },
        { name: 'a', region: 'us-east-1' },
        { name: 'b', region: 'us-east-1' },
      ],
    });
    expect(new Set(reader.calls.map(({ options }) => options.region))).toEqual(
      new Set(['us-east-1', 'eu-west-1']),
    );
  });

  test('a refusal is a gap, half an answer is malformed', async () => {
    expect((await run(metricFilters, { DescribeMetricFilters: denied() })).observation.state).toBe('missing');
    const half = {
      DescribeMetricFilters: output({ metricFilters: [filter('a', { logGroupName: undefined })] }),
    };
    expect((await run(metricFilters, half)).observation).toMatchObject({
      state: 'partial',
      gaps: [{ reason: 'malformed' }],
    });
  });
});

describe('alarms', () => {
  const read = async (...given: readonly object[]) =>
    (await run(alarms, { DescribeAlarms: output({ MetricAlarms: given }) })).observation;

  test('act when actions are on and there is one', async () => {
    expect(
      await read(alarm('a'), alarm('b', { ActionsEnabled: false }), alarm('c', { AlarmActions: [] })),
    ).toMatchObject({
      state: 'complete',
      value: [{ acts: true }, { acts: false }, { acts: false }],
    });
  });

  test('on computed metrics tell what they are computed from; those on the load of services are left out', async () => {
    const computed = {
      Namespace: undefined,
      MetricName: undefined,
      Metrics: [
        { Id: 'm', MetricStat: { Metric: { Namespace: 'CIS', MetricName: 'x' } } },
        { Id: 'e', Expression: 'm * 2' },
      ],
    };
    expect(await read(alarm('cpu', { Namespace: 'AWS/EC2' }), alarm('sum', computed))).toMatchObject({
      value: [{ name: 'sum', metrics: [{ namespace: 'CIS', name: 'x' }] }],
    });
  });

  test('a refusal is a gap, half an answer is malformed', async () => {
    expect((await run(alarms, { DescribeAlarms: denied() })).observation.state).toBe('missing');
    expect(await read(alarm('a', { AlarmArn: undefined }))).toMatchObject({
      state: 'partial',
      gaps: [{ reason: 'malformed' }],
    });
  });
});
