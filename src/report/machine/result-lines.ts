import type { AuditResult } from '../../model/audit-result.ts';

export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** Without writing it: one line, or one for each end and those of what it holds. */
function linesOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) {
    return 1;
  }
  let inside = 0;
  for (const inner of Object.values(value)) {
    inside += inner === undefined && !Array.isArray(value) ? 0 : linesOf(inner);
  }
  return inside === 0 ? 1 : inside + 2;
}

/** Where each element of one of the lists stands in result.json, as the JSON renderer writes it. */
export function resultLines(result: AuditResult, list: 'findings' | 'results'): readonly LineRange[] {
  let line = 2;
  for (const [key, value] of Object.entries(result)) {
    if (key === list) {
      break;
    }
    line += linesOf(value);
  }
  return result[list].map((element) => {
    const start = line + 1;
    line += linesOf(element);
    return { start, end: line };
  });
}
