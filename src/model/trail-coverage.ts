import type { Trail, TrailSelectors } from './evidence/detection.ts';

/** Which management events a trail records. */
export interface TrailCoverage {
  readonly reads: boolean;
  readonly writes: boolean;
  /** Event sources that are left out, sorted. */
  readonly excludedSources: readonly string[];
  /** Other fields by which events are dropped, sorted. */
  readonly filters: readonly string[];
}

type BasicSelector = TrailSelectors['basic'][number];
type AdvancedSelector = TrailSelectors['advanced'][number];

function basicCoverage({ readWriteType, excludedSources }: BasicSelector): TrailCoverage {
  return {
    reads: readWriteType !== 'WriteOnly',
    writes: readWriteType !== 'ReadOnly',
    excludedSources,
    filters: [],
  };
}

function advancedCoverage({ fields }: AdvancedSelector): TrailCoverage {
  const readOnly = fields.find(({ field, operator }) => field === 'readOnly' && operator === 'Equals');
  const isSourceExclusion = ({ field, operator }: AdvancedSelector['fields'][number]) =>
    field === 'eventSource' && operator === 'NotEquals';
  const excluded = fields.filter(isSourceExclusion).flatMap(({ values }) => values);
  const others = fields.filter(
    (one) => one !== readOnly && one.field !== 'eventCategory' && !isSourceExclusion(one),
  );
  return {
    reads: readOnly === undefined || readOnly.values.includes('true'),
    writes: readOnly === undefined || readOnly.values.includes('false'),
    excludedSources: excluded,
    filters: others.map(({ field, operator }) => `${field} ${operator}`),
  };
}

function isManagement({ fields }: AdvancedSelector): boolean {
  return fields.some(
    ({ field, operator, values }) =>
      field === 'eventCategory' && operator === 'Equals' && values.includes('Management'),
  );
}

function commonTo(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = lists;
  return [...new Set(first)].filter((value) => others.every((list) => list.includes(value))).sort();
}

/**
 * What the selectors let through together. An event is dropped only when every selector drops it; a trail without any
 * selector records all management events, which is CloudTrail's default.
 */
export function trailCoverage({ basic, advanced }: TrailSelectors): TrailCoverage {
  if (basic.length + advanced.length === 0) {
    return { reads: true, writes: true, excludedSources: [], filters: [] };
  }
  const parts = [
    ...basic.filter(({ includeManagementEvents }) => includeManagementEvents).map(basicCoverage),
    ...advanced.filter(isManagement).map(advancedCoverage),
  ];
  return {
    reads: parts.some(({ reads }) => reads),
    writes: parts.some(({ writes }) => writes),
    excludedSources: commonTo(parts.map(({ excludedSources }) => excludedSources)),
    filters: commonTo(parts.map(({ filters }) => filters)),
  };
}

/** Records every management event of every region, now. */
export function coversAllManagementEvents(trail: Trail): boolean {
  const { reads, writes, excludedSources, filters } = trailCoverage(trail.selectors);
  return (
    trail.logging && trail.multiRegion && reads && writes && excludedSources.length + filters.length === 0
  );
}
