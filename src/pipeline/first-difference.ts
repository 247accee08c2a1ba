/** Depth first, in the order of the first document; null = the same. */
function differingPath(left: unknown, right: unknown, path: string): string | null {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return Object.is(left, right) ? null : path;
  }
  const one = new Map<string, unknown>(Object.entries(left));
  const other = new Map<string, unknown>(Object.entries(right));
  for (const name of new Set([...one.keys(), ...other.keys()])) {
    const below = differingPath(one.get(name), other.get(name), `${path}/${name}`);
    if (below !== null) {
      return below;
    }
  }
  return null;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** Where two files part: a JSON pointer where both are JSON, else the line. */
export function firstDifference(kept: Uint8Array, made: Uint8Array): string {
  const left = parsed(kept);
  const right = parsed(made);
  const pointer = left === undefined || right === undefined ? null : differingPath(left, right, '');
  if (pointer !== null) {
    return `at ${pointer === '' ? '/' : pointer}`;
  }
  const length = Math.min(kept.length, made.length);
  let line = 1;
  for (let index = 0; index < length && kept[index] === made[index]; index += 1) {
    line += kept[index] === 10 ? 1 : 0;
  }
  return `in line ${line}`;
}
