import { DescribeMetricFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { MetricFilter } from '../../../model/evidence/detection.ts';
import { defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

export default defineCollector({
  key: 'cloud-watch.metric-filters',
  vantage: 'management',
  operations: [
    {
      service: 'cloudwatch-logs',
      command: 'DescribeMetricFilters',
      permission: 'logs:DescribeMetricFilters',
    },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const regions = new Set([context.region, ...context.regions]);
    const found = await forEachResource(regions, async (region) => {
      const { items } = await reading.all(
        DescribeMetricFiltersCommand,
        {},
        (output) => output.metricFilters,
        {
          region,
          resource: region,
        },
      );
      return items.flatMap((filter): readonly MetricFilter[] => {
        const { filterName: name, logGroupName } = filter;
        const fields = reading.required({ name, logGroupName }, name ?? region);
        const metrics = (filter.metricTransformations ?? []).flatMap(({ metricNamespace, metricName }) =>
          metricNamespace === undefined || metricName === undefined
            ? []
            : [{ namespace: metricNamespace, name: metricName }],
        );
        return fields === null ? [] : [{ ...fields, region, pattern: filter.filterPattern ?? '', metrics }];
      });
    });
    return reading.finish(
      sortedBy(found.flat(), ({ region, logGroupName, name }) => `${region}\n${logGroupName}\n${name}`),
    );
  },
});
