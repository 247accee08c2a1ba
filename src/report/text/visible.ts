/**
 * Everything that a reader cannot see or that moves other text: controls, format characters (bidi overrides, zero
 * width, tags), lone surrogates, private use, unassigned, default-ignorable characters, and every space but U+0020.
 */
const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{M}]|(?! )\p{Zs}/gu;

/** A run of combining marks this long is a disguise, not an accent. */
const mostMarks = 2;

function pictureOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) {
    return String.fromCodePoint(0x2400 + code);
  }
  if (code === 0x7f) {
    return '\u2421';
  }
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}

/** Shows a text with nothing hidden in it: escape becomes ␛, a right-to-left override becomes [U+202E]. */
export function visible(text: string): string {
  let marks = 0;
  let expected = 0;
  return text.replace(unseen, (character: string, offset: number) => {
    if (!/\p{M}/u.test(character) || /\p{Default_Ignorable_Code_Point}/u.test(character)) {
      return pictureOf(character);
    }
    marks = offset === expected ? marks + 1 : 1;
    expected = offset + character.length;
    return marks > mostMarks ? pictureOf(character) : character;
  });
}

/** Cuts a text that is longer than anything AWS allows, and says so. */
export function clip(text: string, characters: number): string {
  if (text.length <= characters) {
    return text;
  }
  const kept = text.slice(0, characters).replace(/[\uD800-\uDBFF]$/u, '');
  return `${kept}… [cut: ${text.length} characters]`;
}
