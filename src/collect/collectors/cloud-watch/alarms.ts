import { type MetricAlarm as AlarmAnswer, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import type { MetricAlarm } from '../../../model/evidence/detection.ts';
import { defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

/** Metrics of filters lie in namespaces of one's own; alarms on the load of AWS's services say nothing here. */
function ownMetrics(alarm: AlarmAnswer): MetricAlarm['metrics'] {
  const stated = [
    { Namespace: alarm.Namespace, MetricName: alarm.MetricName },
    ...(alarm.Metrics ?? []).flatMap(({ MetricStat }) => MetricStat?.Metric ?? []),
  ];
  const named = stated.flatMap(({ Namespace: namespace, MetricName: name }) =>
    namespace === undefined || name === undefined || namespace.startsWith('AWS/')
      ? []
      : [{ namespace, name }],
  );
  return sortedBy(named, ({ namespace, name }) => `${namespace}\n${name}`);
}

export default defineCollector({
  key: 'cloud-watch.alarms',
  vantage: 'management',
  operations: [{ service: 'cloudwatch', command: 'DescribeAlarms', permission: 'cloudwatch:DescribeAlarms' }],
  async collect(context) {
    const reading = new Reading(context);
    const regions = new Set([context.region, ...context.regions]);
    const found = await forEachResource(regions, async (region) => {
      const { items } = await reading.all(
        DescribeAlarmsCommand,
        { AlarmTypes: ['MetricAlarm'] },
        (output) => output.MetricAlarms,
        { region, resource: region },
      );
      return items.flatMap((alarm): readonly MetricAlarm[] => {
        const fields = reading.required(
          { arn: alarm.AlarmArn, name: alarm.AlarmName },
          alarm.AlarmArn ?? 'cloudwatch:DescribeAlarms',
        );
        const metrics = ownMetrics(alarm);
        const acts = alarm.ActionsEnabled === true && (alarm.AlarmActions ?? []).length > 0;
        return fields === null || metrics.length === 0 ? [] : [{ ...fields, region, metrics, acts }];
      });
    });
    return reading.finish(sortedBy(found.flat(), ({ arn }) => arn));
  },
});
