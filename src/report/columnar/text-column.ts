import { compareText } from '../text/phrases.ts';
import { type IntegerColumn, integerColumn, packIntegers } from './packed-integers.ts';

/**
 * The distinct texts of a column. `sorted`: in the order of their code units, each without what it shares with the one
 * before, so that the place of a text is its rank. `listed`: whole, in an order that means something. `hexadecimal`:
 * lower-case digits, two to a byte, in base64, `-` put back at `dashes`.
 */
export type TextDictionary =
  | { readonly coding: 'sorted'; readonly shared: string; readonly rest: readonly string[] }
  | { readonly coding: 'listed'; readonly texts: readonly string[] }
  | {
      readonly coding: 'hexadecimal';
      readonly bytes: string;
      readonly width: number;
      readonly dashes: readonly number[];
    };

/** One text or none for each finding: 0 is none, 1 the first text of the dictionary. */
export interface TextColumn {
  readonly dictionary: TextDictionary;
  readonly rows: IntegerColumn;
}

const hexadecimalForms = [
  { pattern: /^[0-9a-f]{16}$/, width: 16, dashes: [] },
  {
    pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    width: 32,
    dashes: [8, 13, 18, 23],
  },
] as const;

function sharedLength(left: string, right: string): number {
  const most = Math.min(left.length, right.length);
  let length = 0;
  while (length < most && left.charCodeAt(length) === right.charCodeAt(length)) {
    length += 1;
  }
  // A pair of surrogates is not cut: half of it is no text.
  const code = length === 0 ? 0 : right.charCodeAt(length - 1);
  return code >= 0xd800 && code <= 0xdbff ? length - 1 : length;
}

function sortedDictionary(texts: readonly string[]): TextDictionary {
  let last = '';
  const shared: number[] = [];
  const rest = texts.map((text) => {
    const length = sharedLength(last, text);
    shared.push(length);
    last = text;
    return text.slice(length);
  });
  return { coding: 'sorted', shared: packIntegers(shared), rest };
}

function rowsOf(values: readonly (string | null)[], texts: readonly string[]): IntegerColumn {
  const places = new Map(texts.map((text, index) => [text, index + 1]));
  return integerColumn(values.map((value) => (value === null ? 0 : (places.get(value) ?? 0))));
}

function distinctTexts(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values)].filter((value) => value !== null);
}

/** Texts of which many findings share one, or at least its beginning. */
export function textColumn(values: readonly (string | null)[]): TextColumn {
  const texts = distinctTexts(values).toSorted(compareText);
  return { dictionary: sortedDictionary(texts), rows: rowsOf(values, texts) };
}

/** Values of a fixed list, whose order is kept. */
export function listedColumn(values: readonly (string | null)[], texts: readonly string[]): TextColumn {
  return { dictionary: { coding: 'listed', texts }, rows: rowsOf(values, texts) };
}

/** Fingerprints and event ids; a single text of another form makes it a plain column. */
export function identifierColumn(values: readonly (string | null)[]): TextColumn {
  const texts = distinctTexts(values);
  const form = hexadecimalForms.find(({ pattern }) => texts.every((text) => pattern.test(text)));
  if (form === undefined || texts.length === 0) {
    return textColumn(values);
  }
  const bytes = Buffer.from(texts.join('').replaceAll('-', ''), 'hex').toString('base64');
  return {
    dictionary: { coding: 'hexadecimal', bytes, width: form.width, dashes: form.dashes },
    rows: rowsOf(values, texts),
  };
}
