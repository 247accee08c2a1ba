import type { JsonObject, JsonValue, TrailEvent } from '../../../model/trail-event.ts';

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

const parts = {
  request: (event: TrailEvent): JsonObject => event.request,
  response: (event: TrailEvent): JsonObject => event.response,
  additional: (event: TrailEvent): JsonObject => event.additional,
  service: (event: TrailEvent): JsonObject => event.serviceDetails,
} as const;

/** `request.userName`, `response.role.arn`: a path that starts with a part of the record. */
export type MemberPath = `${keyof typeof parts}.${string}`;

function isPart(name: string): name is keyof typeof parts {
  return Object.hasOwn(parts, name);
}

interface Place {
  readonly part: (event: TrailEvent) => JsonObject | undefined;
  readonly steps: readonly string[];
}

/** Paths are constants of ours and never text of a record: the map grows to their number and no further. */
const places = new Map<MemberPath, Place>();

function placeOf(path: MemberPath): Place {
  const known = places.get(path);
  if (known !== undefined) {
    return known;
  }
  const [part = '', ...steps] = path.split('.');
  const place = { part: isPart(part) ? parts[part] : () => undefined, steps };
  places.set(path, place);
  return place;
}

/** The member as it is; undefined where any step is missing. */
export function member(event: TrailEvent, path: MemberPath): JsonValue | undefined {
  const { part, steps } = placeOf(path);
  let value: JsonValue | undefined = part(event);
  for (const step of steps) {
    if (!isObject(value) || !Object.hasOwn(value, step)) {
      return undefined;
    }
    value = value[step];
  }
  return value;
}

function asText(value: JsonValue | undefined): string | null {
  if (typeof value === 'string' && value !== '') {
    return value;
  }
  return typeof value === 'number' ? String(value) : null;
}

/** The first path that holds a non-empty text; what later paths name is not read. */
export function firstText(event: TrailEvent, paths: readonly MemberPath[]): string | null {
  for (const path of paths) {
    const found = asText(member(event, path));
    if (found !== null) {
      return found;
    }
  }
  return null;
}

export function text(event: TrailEvent, ...paths: readonly MemberPath[]): string | null {
  return firstText(event, paths);
}

export function numberAt(event: TrailEvent, path: MemberPath): number | null {
  const value = member(event, path);
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** Texts of a list; of a list of objects, their member `name`. EC2 wraps lists as `{items: […]}` or `{item: …}`. */
export function texts(event: TrailEvent, path: MemberPath, name?: string): readonly string[] {
  const value = member(event, path);
  const wrapped = isObject(value) ? (value['items'] ?? value['item'] ?? value) : value;
  const list = isList(wrapped) ? wrapped : wrapped === undefined ? [] : [wrapped];
  return list.flatMap((item) => asText(isObject(item) && name !== undefined ? item[name] : item) ?? []);
}

function firstFound(values: readonly JsonValue[], lowerName: string): JsonValue | undefined {
  for (const value of values) {
    const found = findLower(value, lowerName);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function findLower(value: JsonValue | undefined, lowerName: string): JsonValue | undefined {
  if (isList(value)) {
    return firstFound(value, lowerName);
  }
  if (!isObject(value)) {
    return undefined;
  }
  const own = Object.keys(value).find((key) => key.toLowerCase() === lowerName);
  return own === undefined ? firstFound(Object.values(value), lowerName) : value[own];
}

/** The first member of that name, ignoring case, at any depth: for settings whose wrapping is not settled. */
export function findMember(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return findLower(value, name.toLowerCase());
}
