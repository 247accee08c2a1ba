import { shown } from '../../machine/shown-text.ts';

/** Excel cuts cells at 32,767 characters; nothing that a person filters by is near this. */
const mostCharacters = 2_000;

/** What makes a spreadsheet take a text for a formula, also behind spaces and quotes; with the full-width forms. */
const formula = /^(?=[\s"'`]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/u;

/** The same behind a semicolon, which some countries' spreadsheets take for the separator. */
const formulaBehindSeparator = /(;[\s"'`]*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/gu;

/**
 * The text as it stands in the cell: nothing hidden in it, on one line, and no formula: an apostrophe stands before what
 * a spreadsheet would calculate. The text itself is not changed otherwise.
 */
export function csvText(text: string): string {
  return shown(text, mostCharacters).replace(formula, "'").replaceAll(formulaBehindSeparator, "$1'");
}

/** Quoted as RFC 4180 says, always: a separator of another country inside of it does no harm either. */
export function csvCell(text: string): string {
  return `"${csvText(text).replaceAll('"', '""')}"`;
}
