import { ListRulesCommand, ListTargetsByRuleCommand, type Rule } from '@aws-sdk/client-eventbridge';
import type { EventRule } from '../../../model/evidence/detection.ts';
import { defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

/** `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS` sees reads besides. */
const isEnabled = (state: string): boolean => state.startsWith('ENABLED');

async function readRule(reading: Reading, rule: Rule, region: string): Promise<readonly EventRule[]> {
  if (rule.EventPattern === undefined) {
    return [];
  }
  const fields = reading.required(
    { arn: rule.Arn, name: rule.Name, state: rule.State },
    rule.Arn ?? 'events:ListRules',
  );
  if (fields === null) {
    return [];
  }
  const { arn, name, state } = fields;
  const enabled = isEnabled(state);
  const managedBy = rule.ManagedBy ?? null;
  // Rules that tell nobody are not asked whom they tell.
  const asks = enabled && managedBy === null;
  const found = asks
    ? await reading.all(ListTargetsByRuleCommand, { Rule: name }, (output) => output.Targets, {
        region,
        resource: arn,
      })
    : { items: [] };
  const targets = sortedBy(
    found.items.flatMap((target) => target.Arn ?? []),
    (target) => target,
  );
  return [{ arn, name, region, pattern: rule.EventPattern, enabled, managedBy, targets }];
}

export default defineCollector({
  key: 'event-bridge.rules',
  vantage: 'management',
  operations: [
    { service: 'eventbridge', command: 'ListRules', permission: 'events:ListRules' },
    { service: 'eventbridge', command: 'ListTargetsByRule', permission: 'events:ListTargetsByRule' },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const regions = new Set([context.region, ...context.regions]);
    const found = await forEachResource(regions, async (region) => {
      const { items } = await reading.all(ListRulesCommand, {}, (output) => output.Rules, {
        region,
        resource: region,
      });
      return (await forEachResource(items, (rule) => readRule(reading, rule, region))).flat();
    });
    return reading.finish(sortedBy(found.flat(), ({ arn }) => arn));
  },
});
