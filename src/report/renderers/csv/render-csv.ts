import type { AuditResult } from '../../../model/audit-result.ts';
import { csvCell } from './csv-cell.ts';
import { csvColumns } from './csv-columns.ts';
import { csvRows } from './csv-rows.ts';

/** Spreadsheets take a file without it for their country's old encoding. */
const byteOrderMark = '\uFEFF';

/**
 * RFC 4180 with a header: one line per finding, and before them one per thing that could not be seen, whose decision is
 * `not-seen`. A filter on `decision` tells them apart.
 */
export function renderCsv(result: AuditResult): string {
  const lines = [csvColumns.map(csvCell).join(',')];
  for (const row of csvRows(result)) {
    lines.push(csvColumns.map((column) => csvCell(row[column] ?? '')).join(','));
  }
  return `${byteOrderMark}${lines.join('\r\n')}\r\n`;
}
