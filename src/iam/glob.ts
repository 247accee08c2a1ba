/**
 * Patterns of policies: literal characters, `*` (any run of characters) and `?` (one character). Kept as numbers, so
 * that a pattern can also be the *question* ("is everything that this pattern names covered by that one?").
 * No regular expressions: policy text is hostile, and every function here is bounded by the product of the lengths.
 */
export type Glob = readonly number[];

const anyRun = -1;
const anyOne = -2;

/** `?` before `*`, runs of `*` folded: two spellings of the same set become equal. */
const normalise = (tokens: readonly number[]): Glob => {
  const glob: number[] = [];
  let run = false;
  for (const token of tokens) {
    if (token === anyRun) {
      run = true;
      continue;
    }
    if (run && token !== anyOne) {
      glob.push(anyRun);
      run = false;
    }
    glob.push(token);
  }
  if (run) {
    glob.push(anyRun);
  }
  return glob;
};

const tokenOf = (text: string, index: number): number => {
  const character = text.charCodeAt(index);
  if (character === 42) {
    return anyRun;
  }
  return character === 63 ? anyOne : character;
};

// Plain loops: these two run for every pattern of every policy.
export const compileGlob = (text: string): Glob => {
  const tokens: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    tokens.push(tokenOf(text, index));
  }
  return normalise(tokens);
};

/** Every character for itself: `*` and `?` in a name mean themselves. */
export const literalGlob = (text: string): Glob => {
  const tokens: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    tokens.push(text.charCodeAt(index));
  }
  return tokens;
};

export const joinGlobs = (parts: readonly Glob[]): Glob => normalise(parts.flat());

export const matchAnything: Glob = [anyRun];

const texts = new WeakMap<Glob, string>();

export const globText = (glob: Glob): string => {
  const known = texts.get(glob);
  if (known !== undefined) {
    return known;
  }
  let text = '';
  for (const token of glob) {
    text += token === anyRun ? '*' : token === anyOne ? '?' : String.fromCharCode(token);
  }
  texts.set(glob, text);
  return text;
};

const coversToken = (outer: number | undefined, inner: number): boolean =>
  outer === inner ? inner !== anyRun : outer === anyOne && inner !== anyRun;

/** Does `outer` match every string that `inner` matches? For a literal `inner`: does it match? */
export const globContains = (outer: Glob, inner: Glob): boolean => {
  let innerIndex = 0;
  let outerIndex = 0;
  let starIndex = -1;
  let resumeAt = 0;
  while (innerIndex < inner.length) {
    const token = inner[innerIndex] ?? anyRun;
    if (outer[outerIndex] === anyRun) {
      starIndex = outerIndex;
      resumeAt = innerIndex;
      outerIndex += 1;
    } else if (coversToken(outer[outerIndex], token)) {
      innerIndex += 1;
      outerIndex += 1;
    } else if (starIndex >= 0) {
      outerIndex = starIndex + 1;
      resumeAt += 1;
      innerIndex = resumeAt;
    } else {
      return false;
    }
  }
  while (outer[outerIndex] === anyRun) {
    outerIndex += 1;
  }
  return outerIndex === outer.length;
};

const agree = (left: number, right: number): boolean => left === right || left === anyOne || right === anyOne;

/** Is there any string that both match? */
export const globsOverlap = (left: Glob, right: Glob): boolean => {
  let row: boolean[] = [true];
  for (let column = 0; column < right.length; column += 1) {
    row.push(row[column] === true && right[column] === anyRun);
  }
  for (const leftToken of left) {
    const next: boolean[] = [row[0] === true && leftToken === anyRun];
    let alive = next[0] === true;
    for (const [column, rightToken] of right.entries()) {
      const wild = leftToken === anyRun || rightToken === anyRun;
      const reached = wild
        ? row[column + 1] === true || next[column] === true
        : row[column] === true && agree(leftToken, rightToken);
      next.push(reached);
      alive = alive || reached;
    }
    if (!alive) {
      return false;
    }
    row = next;
  }
  return row[right.length] === true;
};
