/** Controls, line ends, direction marks and everything else that a reader cannot see. */
const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff
    ? [...character.split('')]
        .map((half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join('')
    : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Names come from AWS and may be an intruder's: nothing in them moves a line, a cursor or the direction of text. */
export function plainLine(text: string): string {
  return text.replace(unseen, escaped);
}
