import type { AuditResult } from '../../model/audit-result.ts';

export interface LineRange {
  readonly start: number;
  readonly end: number;
}

function linesOf(value: unknown): number {
  const text = JSON.stringify(value, null, 2);
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    lines += 1;
  }
  return lines;
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
