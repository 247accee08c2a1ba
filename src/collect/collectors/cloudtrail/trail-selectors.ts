import type { AdvancedFieldSelector, GetEventSelectorsResponse } from '@aws-sdk/client-cloudtrail';
import type { TrailSelectors } from '../../../model/evidence/detection.ts';

type FieldSelector = TrailSelectors['advanced'][number]['fields'][number];

const operators = [
  'Equals',
  'StartsWith',
  'EndsWith',
  'NotEquals',
  'NotStartsWith',
  'NotEndsWith',
] as const satisfies readonly (keyof AdvancedFieldSelector)[];

/** One entry for each operator of the field, since a selector may hold several. */
function fieldSelectors(selector: AdvancedFieldSelector): readonly FieldSelector[] {
  return operators.flatMap((operator) => {
    const values = selector[operator];
    return values === undefined
      ? []
      : [{ field: selector.Field ?? '', operator, values: [...values].sort() }];
  });
}

/** The defaults are CloudTrail's own: both kinds of management events, unless the selector says otherwise. */
export function trailSelectors(answer: GetEventSelectorsResponse): TrailSelectors {
  return {
    basic: (answer.EventSelectors ?? []).map((selector) => ({
      readWriteType: selector.ReadWriteType ?? 'All',
      includeManagementEvents: selector.IncludeManagementEvents ?? true,
      excludedSources: [...(selector.ExcludeManagementEventSources ?? [])].sort(),
    })),
    advanced: (answer.AdvancedEventSelectors ?? []).map((selector) => ({
      name: selector.Name ?? null,
      fields: (selector.FieldSelectors ?? []).flatMap(fieldSelectors),
    })),
  };
}
