import { fitEnd, textColumns } from './text-width.ts';

/** Best first. */
export const coverageStates = ['complete', 'partial', 'missing', 'not-asked'] as const;

export type CoverageState = (typeof coverageStates)[number];

export const coverageLabels = {
  complete: 'complete',
  partial: 'partial',
  missing: 'missing',
  'not-asked': 'not asked',
} as const satisfies Record<CoverageState, string>;

export interface CoverageDrawing {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly { readonly label: string; readonly x: number; readonly y: number }[];
  readonly rows: readonly {
    readonly label: string;
    readonly name: string;
    readonly flagged: boolean;
    readonly x: number;
    readonly y: number;
  }[];
  /** One path per row and state: an element for each cell would be most of the page's weight. */
  readonly tiles: readonly { readonly state: CoverageState; readonly path: string }[];
  readonly marks: readonly { readonly state: CoverageState; readonly path: string }[];
  readonly legend: readonly {
    readonly state: CoverageState;
    readonly label: string;
    readonly x: number;
    readonly y: number;
    readonly tile: string;
    readonly mark: string;
  }[];
  /** Rows that are in the table alone. */
  readonly left: number;
}

interface Row {
  readonly accountId: string;
  readonly name: string | null;
  readonly swept: boolean;
  readonly states: readonly CoverageState[];
}

const cell = 20;
const gap = 3;
const labelWidth = 210;
const slope = Math.SQRT1_2;
const fontSize = 11;
/** Of the monospaced letters in which labels are set. */
const letterWidth = 6.7;
const mostRows = 40;

const side = cell - gap;

function tileAt(x: number, y: number): string {
  return `M${x} ${y}h${side}v${side}h-${side}z`;
}

/** What tells the states apart without colour: nothing, a diagonal, a cross, a short dash. */
function markAt(state: CoverageState, x: number, y: number): string {
  const inset = 4;
  const end = side - inset;
  switch (state) {
    case 'complete':
      return '';
    case 'partial':
      return `M${x + inset} ${y + end}L${x + end} ${y + inset}`;
    case 'missing':
      return `M${x + inset} ${y + inset}L${x + end} ${y + end}M${x + end} ${y + inset}L${x + inset} ${y + end}`;
    case 'not-asked':
      return `M${x + side / 2 - 2} ${y + side / 2}h4`;
  }
}

/** The map of what was seen: accounts down, services across. The table beside it says the same in words. */
export function coverageDrawing(services: readonly string[], accounts: readonly Row[]): CoverageDrawing {
  const shown = accounts.slice(0, mostRows);
  const longest = Math.max(0, ...services.map((service) => textColumns(service) * letterWidth));
  const top = Math.ceil(longest * slope) + fontSize;
  const place = (column: number, row: number): readonly [number, number] => [
    labelWidth + column * cell,
    top + row * cell,
  ];
  const cells = shown.map(({ states: own }, row) =>
    own.map((state, column) => ({ state, at: place(column, row) })),
  );
  const present = coverageStates.filter((state) =>
    cells.some((row) => row.some((one) => one.state === state)),
  );
  const pathsOf = (draw: (state: CoverageState, x: number, y: number) => string): CoverageDrawing['tiles'] =>
    cells.flatMap((row) =>
      present
        .map((state) => ({
          state,
          path: row
            .filter((one) => one.state === state)
            .map(({ at: [x, y] }) => draw(state, x, y))
            .join(''),
        }))
        .filter(({ path }) => path !== ''),
    );
  const legendTop = top + shown.length * cell + 14;
  return {
    width: labelWidth + services.length * cell + Math.ceil(longest * slope) + fontSize,
    height: legendTop + cell,
    columns: services.map((label, column) => ({
      label,
      x: labelWidth + column * cell + side / 2,
      y: top - 6,
    })),
    rows: shown.map(({ accountId, name, swept }, row) => ({
      label: fitEnd(accountId, 14),
      name: fitEnd(swept ? (name ?? '') : 'not swept', 15),
      flagged: !swept,
      x: 0,
      y: top + row * cell + side - 4,
    })),
    tiles: pathsOf((_state, x, y) => tileAt(x, y)),
    marks: pathsOf(markAt),
    legend: present.map((state, index) => {
      const x = labelWidth + index * 92;
      return {
        state,
        label: coverageLabels[state],
        x: x + cell + 2,
        y: legendTop + side - 4,
        tile: tileAt(x, legendTop),
        mark: markAt(state, x, legendTop),
      };
    }),
    left: accounts.length - shown.length,
  };
}
