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

function* smallParts(result: object): Generator<string> {
  if (Array.isArray(result)) {
    yield `${written(result, '')}\n`;
    return;
  }
  const entries = Object.entries(result).filter(([, value]) => value !== undefined);
  if (entries.length === 0) {
    yield '{}\n';
    return;
  }
  yield '{';
  for (const [place, [key, value]] of entries.entries()) {
    yield `${place === 0 ? '' : ','}\n  ${written(key, '')}: `;
    if (Array.isArray(value) && value.length > 0) {
      yield '[';
      for (const [index, item] of value.entries()) {
        yield `${index === 0 ? '' : ','}\n    ${written(item ?? null, '    ')}`;
      }
      yield '\n  ]';
    } else {
      yield written(value, '  ');
    }
  }
  yield '\n}\n';
}

/** Characters of a part: a file is not written line by line. */
const partLength = 1_000_000;

/** The document in parts: a result of any size is never one text, of which V8 allows half a billion characters. */
export function* jsonParts(result: object): Generator<string> {
  let parts: string[] = [];
  let length = 0;
  for (const part of smallParts(result)) {
    parts.push(part);
    length += part.length;
    if (length >= partLength) {
      yield parts.join('');
      parts = [];
      length = 0;
    }
  }
  yield parts.join('');
}

/** The document itself: key order kept, and safe to show with `cat`. */
export function renderJson(result: object): string {
  return [...jsonParts(result)].join('');
}
