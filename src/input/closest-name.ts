/** Single-letter changes that lead from one word to the other. */
function distance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...left].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...right].entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? right.length;
}

/** What somebody probably meant to write; null when nothing is near. */
export function closestName(given: string, known: readonly string[]): string | null {
  const word = given
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-')
    .slice(0, 64);
  const [best] = known
    .map((name) => ({ name, steps: name.includes(word) || word.includes(name) ? 1 : distance(word, name) }))
    .sort((left, right) => left.steps - right.steps);
  return best !== undefined && best.steps <= Math.max(2, Math.floor(word.length / 3)) ? best.name : null;
}
