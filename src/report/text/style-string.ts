/** A CSS string of any text: what is no plain letter or digit is written as its code point, so nothing can end it. */
export function styleString(text: string): string {
  const escaped = Array.from(text, (character) =>
    /^[A-Za-z0-9 .,:-]$/.test(character)
      ? character
      : `\\${(character.codePointAt(0) ?? 0xfffd).toString(16)} `,
  );
  return `"${escaped.join('')}"`;
}
