import { command } from './command-line.ts';

type Command = ReturnType<typeof command>;

/** The CLI writes members of a request with a capital letter, the log without. */
function asRequest(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(asRequest);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([name, one]) => [
          `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
          asRequest(one),
        ]),
      )
    : value;
}

function member(value: unknown, name: string): string | null {
  const found = typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : null;
  return Array.isArray(found) && found.length > 0 ? JSON.stringify(asRequest(found)) : null;
}

/** Writes back the selectors that an event told; null where the text holds none. A trail has one kind of them. */
export function putToldSelectors(trailName: string, told: string): Command | null {
  let value: unknown;
  try {
    value = JSON.parse(told);
  } catch {
    return null;
  }
  const advancedEventSelectors = member(value, 'advancedEventSelectors');
  const eventSelectors = advancedEventSelectors === null ? member(value, 'eventSelectors') : null;
  return advancedEventSelectors === null && eventSelectors === null
    ? null
    : command('cloudtrail', 'put-event-selectors', { trailName, advancedEventSelectors, eventSelectors });
}

/** Every management event, reading and writing. */
export function putManagementSelectors(trailName: string): Command {
  return command('cloudtrail', 'put-event-selectors', {
    trailName,
    eventSelectors: JSON.stringify([
      { ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [] },
    ]),
  });
}
