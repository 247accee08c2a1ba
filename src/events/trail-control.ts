import type { TrailSelectors } from '../model/evidence/detection.ts';
import { trailCoverage } from '../model/trail-coverage.ts';
import { type JsonObject, type JsonValue, succeeded, type TrailEvent } from '../model/trail-event.ts';

const source = 'cloudtrail.amazonaws.com';
const names = [
  'CreateTrail',
  'DeleteTrail',
  'PutEventSelectors',
  'StartLogging',
  'StopLogging',
  'UpdateTrail',
] as const;
type ControlName = (typeof names)[number];

/** Events from which holes in the coverage are told, as `source:name`. */
export const trailControlEvents: readonly string[] = names.map((name) => `${source}:${name}`);

export function isTrailControl(event: Pick<TrailEvent, 'source' | 'name'>): boolean {
  return event.source === source && isControlName(event.name);
}

/** A time in which a trail did not record everything; `to` null = to the end of what is known. */
export interface TrailHole {
  readonly accountId: string;
  readonly from: string;
  readonly to: string | null;
  readonly why: string;
}

/** What one event does to one aspect of a trail's recording. */
interface Change {
  readonly aspect: 'logging' | 'existence' | 'selectors' | 'reach';
  readonly lost: boolean;
  readonly what: string;
}

function own(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function list(value: JsonValue | undefined): readonly JsonObject[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [];
  return values.filter(
    (entry): entry is JsonObject => typeof entry === 'object' && entry !== null && !Array.isArray(entry),
  );
}

function texts(value: JsonValue | undefined): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [];
  return values.filter((entry) => typeof entry === 'string');
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

const operators = ['equals', 'notEquals', 'startsWith', 'notStartsWith', 'endsWith', 'notEndsWith'];

function selectorsOf(request: JsonObject): TrailSelectors {
  return {
    basic: list(own(request, 'eventSelectors')).map((selector) => ({
      readWriteType: text(own(selector, 'readWriteType')) || 'All',
      includeManagementEvents: own(selector, 'includeManagementEvents') !== false,
      excludedSources: texts(own(selector, 'excludeManagementEventSources')),
    })),
    advanced: list(own(request, 'advancedEventSelectors')).map((selector) => ({
      name: text(own(selector, 'name')),
      fields: list(own(selector, 'fieldSelectors')).flatMap((field) =>
        operators
          .map((operator) => ({
            field: text(own(field, 'field')),
            operator: operator.charAt(0).toUpperCase() + operator.slice(1),
            values: texts(own(field, operator)),
          }))
          .filter(({ values }) => values.length > 0),
      ),
    })),
  };
}

function narrowed(request: JsonObject): boolean {
  const { reads, writes, excludedSources, filters } = trailCoverage(selectorsOf(request));
  return !(reads && writes) || excludedSources.length + filters.length > 0;
}

function isControlName(name: string): name is ControlName {
  return names.some((known) => known === name);
}

function updates(request: JsonObject): readonly Change[] {
  const flags = ['isMultiRegionTrail', 'isOrganizationTrail', 'includeGlobalServiceEvents'];
  const lost = flags.filter((flag) => own(request, flag) === false);
  const moved = text(own(request, 's3BucketName')) !== '';
  if (lost.length === 0 && !moved) {
    return flags.some((flag) => own(request, flag) === true)
      ? [{ aspect: 'reach', lost: false, what: 'was widened' }]
      : [];
  }
  const what = lost.length > 0 ? `was narrowed (${lost.join(', ')}: false)` : 'delivers to another bucket';
  return [{ aspect: 'reach', lost: true, what }];
}

function changesOf(event: TrailEvent): readonly Change[] {
  if (!isControlName(event.name)) {
    return [];
  }
  switch (event.name) {
    case 'StopLogging':
      return [{ aspect: 'logging', lost: true, what: 'was stopped' }];
    case 'StartLogging':
      return [
        { aspect: 'logging', lost: false, what: 'was started' },
        { aspect: 'existence', lost: false, what: 'was started' },
      ];
    case 'DeleteTrail':
      return [{ aspect: 'existence', lost: true, what: 'was deleted' }];
    case 'CreateTrail':
      // A trail made through the API records only after StartLogging.
      return [];
    case 'UpdateTrail':
      return updates(event.request);
    case 'PutEventSelectors':
      return [
        { aspect: 'selectors', lost: narrowed(event.request), what: 'was told to record fewer events' },
      ];
    default:
      return event.name satisfies never;
  }
}

function trailName(event: TrailEvent): string {
  const named = text(own(event.request, 'name')) || text(own(event.request, 'trailName'));
  return named.split(':trail/').at(-1) ?? named;
}

function trailAccount(event: TrailEvent): string {
  const named = text(own(event.request, 'name')) || text(own(event.request, 'trailName'));
  return /^arn:[^:]*:cloudtrail:[^:]*:(\d{12}):/.exec(named)?.[1] ?? event.accountId ?? '';
}

/** Times in which a trail was stopped, narrowed or gone, from the events that did it. What was only tried is none. */
export function trailHoles(control: readonly TrailEvent[]): readonly TrailHole[] {
  const open = new Map<string, TrailHole>();
  const closed: TrailHole[] = [];
  const inOrder = control
    .filter(succeeded)
    .map((event) => ({ event, order: `${event.time} ${event.id}` }))
    .sort((left, right) => (left.order < right.order ? -1 : 1));
  for (const { event } of inOrder) {
    const accountId = trailAccount(event);
    for (const { aspect, lost, what } of changesOf(event)) {
      const key = `${accountId} ${trailName(event)} ${aspect}`;
      const known = open.get(key);
      if (lost && known === undefined) {
        const why = `trail ${trailName(event)} ${what} (${event.name}, event ${event.id})`;
        open.set(key, { accountId, from: event.time, to: null, why });
      } else if (!lost && known !== undefined) {
        closed.push({ ...known, to: event.time });
        open.delete(key);
      }
    }
  }
  return [...closed, ...open.values()];
}
