/** One record by header name, or the reason why its fields cannot be told apart. `line` counts records from 1. */
export type CsvRecord =
  | { readonly ok: true; readonly line: number; readonly fields: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly line: number; readonly problem: string };

const fieldPattern = /,(?:"((?:[^"]|"")*)"(?=,|$)|([^,]*))/gu;

const fieldsOf = (line: string): readonly string[] =>
  // Each field is matched with the separator before it, so the first one needs its own.
  [...`,${line}`.matchAll(fieldPattern)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );

export interface Csv {
  readonly header: readonly string[];
  readonly records: readonly CsvRecord[];
}

/** Reads comma-separated values with a header line; fields hold no line breaks. Extra columns are kept by name. */
export function parseCsv(text: string): Csv {
  const lines = text
    .replace(/^\uFEFF/u, '')
    .split(/\r?\n/u)
    .filter((line) => line !== '');
  const header = fieldsOf(lines[0] ?? '').map((name) => name.trim());
  const records = lines.slice(1).map((line, index): CsvRecord => {
    const values = fieldsOf(line);
    return values.length === header.length
      ? {
          ok: true,
          line: index + 1,
          fields: new Map(header.map((name, column) => [name, values[column] ?? ''])),
        }
      : {
          ok: false,
          line: index + 1,
          problem: `${values.length} fields where the header has ${header.length}`,
        };
  });
  return { header, records };
}
