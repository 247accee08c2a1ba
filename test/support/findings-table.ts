import vm from 'node:vm';
import { readTemplate } from '../../src/report/templates.ts';

/** What the page's own script reads out of the columns. */
interface FindingsReader {
  readonly count: number;
  readonly text: (name: string, row: number) => string | null;
  readonly number: (name: string, row: number) => number;
  readonly message: (row: number) => string;
}

interface FindingsFilter {
  readonly select: (filter: object, order: Uint32Array) => Iterable<number>;
  readonly ordered: (name: string | null, descending: boolean) => Uint32Array;
}

interface FindingsTable {
  readonly columns: (data: unknown) => FindingsReader;
  readonly filter: (findings: FindingsReader) => FindingsFilter;
  readonly csv: (findings: FindingsReader, rows: Iterable<number>) => { readonly text: string };
}

/** The very scripts of the page, without a page. */
export function findingsTable(): FindingsTable {
  const parts = ['findings-columns', 'findings-filter', 'findings-csv'].map((name) =>
    readTemplate(`script/${name}.js`),
  );
  const text = class {
    readonly text: string;

    constructor(pieces: readonly string[]) {
      this.text = pieces.join('');
    }
  };
  return vm.runInNewContext(`${parts.join('\n')}\nfindingsTable`, { atob, Blob: text });
}
