/** Characters that are legal in JSON and still act on a terminal or hide from a reader. */
const unseen = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

function escaped(character: string): string {
  let text = '';
  for (let index = 0; index < character.length; index += 1) {
    text += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return text;
}

/** The document itself: key order kept, and safe to show with `cat`. */
export function renderJson(result: object): string {
  return `${JSON.stringify(result, null, 2).replace(unseen, escaped)}\n`;
}
