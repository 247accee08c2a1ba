const quote = '"';
const backslash = '\\';

/** Index just behind the string that starts at `start`. The text is known to be valid JSON. */
const endOfString = (text: string, start: number): number => {
  let index = start + 1;
  while (index < text.length && text[index] !== quote) {
    index += text[index] === backslash ? 2 : 1;
  }
  return index + 1;
};

const isBlank = (character: string | undefined): boolean =>
  character === ' ' || character === '\n' || character === '\r' || character === '\t';

const isKey = (text: string, from: number): boolean => {
  let index = from;
  while (isBlank(text[index])) {
    index += 1;
  }
  return text[index] === ':';
};

/**
 * Names that occur twice in one object of a valid JSON text. `JSON.parse` keeps the last one silently, so a document
 * could say one thing to us and another to AWS.
 */
export const duplicateKeys = (text: string): readonly string[] => {
  const duplicates = new Set<string>();
  const open: Set<string>[] = [];
  let index = 0;
  while (index < text.length) {
    const character = text[index];
    if (character === quote) {
      const end = endOfString(text, index);
      const keys = open.at(-1);
      if (keys && isKey(text, end)) {
        const name: unknown = JSON.parse(text.slice(index, end));
        if (typeof name === 'string') {
          if (keys.has(name)) {
            duplicates.add(name);
          }
          keys.add(name);
        }
      }
      index = end;
      continue;
    }
    if (character === '{' || character === '[') {
      open.push(new Set());
    } else if (character === '}' || character === ']') {
      open.pop();
    }
    index += 1;
  }
  return [...duplicates].sort();
};
