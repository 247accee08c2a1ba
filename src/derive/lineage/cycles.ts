/** Roles from whose sessions the role itself can be reached again. */
export function rolesInCycles(
  assumptions: readonly { readonly from: string; readonly to: string }[],
): ReadonlySet<string> {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of assumptions) {
    next.set(from, (next.get(from) ?? new Set()).add(to));
  }
  const reaches = (start: string): boolean => {
    const seen = new Set<string>();
    const queue = [...(next.get(start) ?? [])];
    for (let role = queue.pop(); role !== undefined; role = queue.pop()) {
      if (role === start) {
        return true;
      }
      if (!seen.has(role)) {
        seen.add(role);
        queue.push(...(next.get(role) ?? []));
      }
    }
    return false;
  };
  return new Set([...next.keys()].filter(reaches));
}
