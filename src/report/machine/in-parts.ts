const partLines = 500;

/** Joins lines, with their ends, into parts of some hundred: neither one text of all nor a write for each. */
export function* inParts(lines: Iterable<string>): Generator<string> {
  let part: string[] = [];
  for (const line of lines) {
    part.push(line);
    if (part.length === partLines) {
      yield part.join('');
      part = [];
    }
  }
  if (part.length > 0) {
    yield part.join('');
  }
}
