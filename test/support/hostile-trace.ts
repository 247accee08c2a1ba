import { type TraceResult, traceResultSchema } from '../../src/model/trace-result.ts';
import { type HostileName, hostileTexts } from './hostile-result.ts';
import { traceFixture } from './trace-fixture.ts';

/** Values of fixed lists, which no stranger can write, and ids, which keep the parts of a trace together. */
const ownWords = new Set([
  'kind',
  'standing',
  'relation',
  'outcome',
  'answer',
  'setting',
  'basis',
  'schemaVersion',
  'tool',
  'id',
  'from',
  'to',
  'node',
  'nodes',
  'eventId',
  'eventIds',
  'firstAt',
  'lastAt',
  'eventTime',
]);

function poison(value: unknown, key: string, parent: string, text: string): unknown {
  const rotationType = key === 'type' && parent === 'rotation';
  const impactKind = key === 'reason';
  if (ownWords.has(key) || rotationType || impactKind) {
    return value;
  }
  if (typeof value === 'string') {
    return text;
  }
  if (Array.isArray(value)) {
    return value.map((item) => poison(item, '', key, text));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        poison(item, name, key === '' ? parent : key, text),
      ]),
    );
  }
  return value;
}

/** Ids and times are texts of strangers too: this one spoils them alike, so that the parts still fit together. */
function spoilIds(value: unknown, key: string, text: string): unknown {
  if (typeof value === 'string') {
    const isId = ['id', 'from', 'to', 'node', 'nodes', 'eventId', 'eventIds'].includes(key);
    const isTime = ['firstAt', 'lastAt', 'eventTime'].includes(key);
    if (isId) {
      return `${text}${value}`;
    }
    return isTime ? text : value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => spoilIds(item, key, text));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, spoilIds(item, name, text)]),
    );
  }
  return value;
}

/** The fixture with one hostile text in every place that a stranger could have written. */
export function hostileTrace(name: HostileName): TraceResult {
  const text = hostileTexts[name];
  return traceResultSchema.parse(spoilIds(poison(traceFixture(), '', '', text), '', text));
}

/** The same, with ids and times as they were, so that graph and timeline are drawn in full. */
export function hostileLabels(name: HostileName): TraceResult {
  return traceResultSchema.parse(poison(traceFixture(), '', '', hostileTexts[name]));
}
