import type { Baseline, BaselineEntry } from '../model/baseline.ts';
import type { BaselineView } from '../model/check.ts';

/** The reviewed part of a baseline, indexed. An entry that nobody reviewed proves nothing and is left out. */
export function viewBaseline(baseline: Baseline): BaselineView {
  const byType = new Map<string, Map<string, BaselineEntry>>();
  for (const entry of baseline.expected) {
    if (entry.reviewedBy !== null) {
      const entries = byType.get(entry.type) ?? new Map<string, BaselineEntry>();
      entries.set(entry.id, entry);
      byType.set(entry.type, entries);
    }
  }
  return {
    capturedAt: baseline.capturedAt,
    find: (type, id) => byType.get(type)?.get(id) ?? null,
    ofType: (type) =>
      [...(byType.get(type)?.values() ?? [])].sort((left, right) => (left.id < right.id ? -1 : 1)),
  };
}
