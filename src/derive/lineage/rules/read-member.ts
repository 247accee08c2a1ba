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

/** The member as it is; undefined where any step is missing. */
export function member(event: TrailEvent, path: MemberPath): JsonValue | undefined {
  const [part = '', ...steps] = path.split('.');
  let value: JsonValue | undefined = isPart(part) ? parts[part](event) : undefined;
  for (const step of steps) {
    value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

function asText(value: JsonValue | undefined): string | null {
  if (typeof value === 'string' && value !== '') {
    return value;
  }
  return typeof value === 'number' ? String(value) : null;
}

/** The first path that holds a non-empty text. */
export function text(event: TrailEvent, ...paths: readonly MemberPath[]): string | null {
  for (const path of paths) {
    const found = asText(member(event, path));
    if (found !== null) {
      return found;
    }
  }
  return null;
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

/** The first member called one of `names`, ignoring case, at any depth: for settings whose wrapping is not settled. */
export function findMember(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (isList(value)) {
    return value.map((item) => findMember(item, name)).find((found) => found !== undefined);
  }
  if (!isObject(value)) {
    return undefined;
  }
  const own = Object.keys(value).find((key) => key.toLowerCase() === name.toLowerCase());
  if (own !== undefined) {
    return value[own];
  }
  return Object.values(value)
    .map((item) => findMember(item, name))
    .find((found) => found !== undefined);
}
