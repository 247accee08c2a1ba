/** A list in one line: the first few, then how many more. An empty list reads as `none`. */
export function listText(values: readonly string[], most = 12): string {
  const sorted = [...new Set(values)].sort();
  if (sorted.length === 0) {
    return 'none';
  }
  const rest = sorted.length - most;
  return rest > 0 ? `${sorted.slice(0, most).join(', ')} and ${rest} more` : sorted.join(', ');
}
