/** Compares by code units, as digests and committed files need it; never by locale. */
export function byText<T>(textOf: (value: T) => string): (left: T, right: T) => number {
  return (left, right) => {
    const leftText = textOf(left);
    const rightText = textOf(right);
    return leftText < rightText ? -1 : leftText > rightText ? 1 : 0;
  };
}
