const twins: readonly (readonly [RegExp, string])[] = [
  [/[^a-z0-9]/g, ''],
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/0/g, 'o'],
  [/[1i]/g, 'l'],
  [/5/g, 's'],
];

/** A name as the eye takes it in: without case and separators, with characters that look alike made one. */
export function foldName(name: string): string {
  return twins.reduce((folded, [pattern, twin]) => folded.replace(pattern, twin), name.toLowerCase());
}

const shortestComparable = 6;

/** The parts in which two names differ, after their common beginning and end are taken off. */
function difference(left: string, right: string): readonly [string, string, string] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) {
    start += 1;
  }
  let end = 0;
  const shorter = Math.min(left.length, right.length) - start;
  while (end < shorter && left.at(-1 - end) === right.at(-1 - end)) {
    end += 1;
  }
  const around = `${left[start - 1] ?? '-'}${left.at(left.length - end) ?? '-'}`;
  return [left.slice(start, left.length - end), right.slice(start, right.length - end), around];
}

/**
 * One letter was added, dropped, exchanged or swapped with its neighbour. Digits and single-letter parts (`app-a`,
 * `app-b`) are how people number things, so they do not count.
 */
export function isOneEditApart(left: string, right: string): boolean {
  const isShort = Math.min(left.length, right.length) < shortestComparable;
  if (isShort || Math.abs(left.length - right.length) > 1 || left === right) {
    return false;
  }
  const [one, other, around] = difference(left.toLowerCase(), right.toLowerCase());
  if (!/^[a-z]*$/.test(one + other)) {
    return false;
  }
  const isSwap = one.length === 2 && one === [...other].reverse().join('');
  const isWholePart = /^[^a-z]{2}$/.test(around);
  return isSwap || (one.length <= 1 && other.length <= 1 && one !== other && !isWholePart);
}
