/** Letters of scripts that are drawn about twice as wide as Latin ones. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]/u;

function columnsOf(character: string): number {
  return wide.test(character) ? 2 : 1;
}

/** Columns that a text takes in a terminal, or in a drawing with letters of one width. */
export function textColumns(text: string): number {
  let columns = 0;
  for (const character of text) {
    columns += columnsOf(character);
  }
  return columns;
}

function fitting(characters: readonly string[], room: number): readonly string[] {
  const kept: string[] = [];
  let left = room;
  for (const character of characters) {
    left -= columnsOf(character);
    if (left < 0) {
      break;
    }
    kept.push(character);
  }
  return kept;
}

/** Cuts a text to a number of columns. */
export function fitEnd(text: string, columns: number): string {
  if (textColumns(text) <= columns) {
    return text;
  }
  return `${fitting([...text], columns - 1).join('')}…`;
}

/** Cuts the middle out: beginnings tell the kind of a name, ends tell which one. */
export function fitMiddle(text: string, columns: number): string {
  if (textColumns(text) <= columns) {
    return text;
  }
  const characters = [...text];
  const tail = Math.floor((columns - 1) * 0.45);
  const end = [...fitting(characters.toReversed(), tail)].reverse().join('');
  return `${fitting(characters, columns - 1 - tail).join('')}…${end}`;
}
