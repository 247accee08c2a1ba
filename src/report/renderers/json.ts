/** Characters that are legal in JSON and still act on a terminal or hide from a reader. */
const unseen = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;
const plain = /^[\n -~]*$/;

function escaped(character: string): string {
  let text = '';
  for (let index = 0; index < character.length; index += 1) {
    text += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return text;
}

/** Line breaks stand between the parts of a value alone, never in its texts, so that each line can be moved. */
function written(value: unknown, indent: string): string {
  const text = JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
  return plain.test(text) ? text : text.replace(unseen, escaped);
}

/** One value as one line, with nothing in it that a reader cannot see. */
export function jsonLine(value: object): string {
  const text = JSON.stringify(value);
  return plain.test(text) ? text : text.replace(unseen, escaped);
}

/** A value as it is written, the values in it one by one down to so many levels. */
function* smallParts(value: unknown, indent: string, levels: number): Generator<string> {
  if (levels === 0 || typeof value !== 'object' || value === null) {
    yield written(value, indent);
    return;
  }
  const isList = Array.isArray(value);
  const entries = isList
    ? Array.from(value, (item: unknown) => ['', item ?? null] as const)
    : Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(([key, inner]) => [`${written(key, '')}: `, inner] as const);
  const [first, last] = isList ? (['[', ']'] as const) : (['{', '}'] as const);
  if (entries.length === 0) {
    yield `${first}${last}`;
    return;
  }
  const inside = `${indent}  `;
  yield first;
  for (const [place, [label, inner]] of entries.entries()) {
    yield `${place === 0 ? '' : ','}\n${inside}${label}`;
    yield* smallParts(inner, inside, levels - 1);
  }
  yield `\n${indent}${last}`;
}

/** Characters of a part: a file is not written line by line. */
const partLength = 1_000_000;

/**
 * The document in parts: one of any size is never one text, of which V8 allows half a billion characters. What lies
 * deeper than `levels` is written in one piece: a result's lists lie at the second, so that each item is one.
 */
export function* jsonParts(result: object, levels = 2): Generator<string> {
  let parts: string[] = [];
  let length = 0;
  for (const part of smallParts(result, '', levels)) {
    parts.push(part);
    length += part.length;
    if (length >= partLength) {
      yield parts.join('');
      parts = [];
      length = 0;
    }
  }
  yield `${parts.join('')}\n`;
}

/** The document itself: key order kept, and safe to show with `cat`. */
export function renderJson(result: object): string {
  return [...jsonParts(result)].join('');
}
