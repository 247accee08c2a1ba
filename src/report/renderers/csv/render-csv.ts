import type { AuditResult } from '../../../model/audit-result.ts';
import { inParts } from '../../machine/in-parts.ts';
import { csvCell } from './csv-cell.ts';
import { csvColumns } from './csv-columns.ts';
import { csvRows } from './csv-rows.ts';

/** Spreadsheets take a file without it for their country's old encoding. */
const byteOrderMark = '\uFEFF';

function* csvLines(result: AuditResult): Generator<string> {
  yield `${byteOrderMark}${csvColumns.map(csvCell).join(',')}\r\n`;
  for (const row of csvRows(result)) {
    yield `${csvColumns.map((column) => csvCell(row[column] ?? '')).join(',')}\r\n`;
  }
}

/**
 * RFC 4180 with a header: one line per finding, and before them one per thing that could not be seen, whose decision is
 * `not-seen`. A filter on `decision` tells them apart.
 */
export function csvParts(result: AuditResult): Iterable<string> {
  return inParts(csvLines(result));
}

export function renderCsv(result: AuditResult): string {
  return [...csvParts(result)].join('');
}
