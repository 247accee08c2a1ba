/** Rows of numbers, and which numbers stand for what: per member of a row the ranks, by number. */
export interface RankedRows {
  readonly rows: Int32Array;
  readonly ranks: readonly Int32Array[];
}

/** The ranks of one member of the rows, row by row. */
function ranksOfMember({ rows, ranks }: RankedRows, member: number): Int32Array {
  const width = ranks.length;
  const ofNumber = ranks[member] ?? new Int32Array();
  const found = new Int32Array(rows.length / width);
  for (let row = 0; row < found.length; row += 1) {
    found[row] = ofNumber[rows[row * width + member] ?? 0] ?? 0;
  }
  return found;
}

/** Where rows of each rank begin. */
function beginnings(ranks: Int32Array, highest: number): Int32Array {
  const begins = new Int32Array(highest + 1);
  for (let row = 0; row < ranks.length; row += 1) {
    const after = (ranks[row] ?? 0) + 1;
    begins[after] = (begins[after] ?? 0) + 1;
  }
  for (let rank = 1; rank < begins.length; rank += 1) {
    begins[rank] = (begins[rank] ?? 0) + (begins[rank - 1] ?? 0);
  }
  return begins;
}

/**
 * The order of rows by what their numbers stand for: the first member first. Member by member and by rank alone: no row
 * is compared to another.
 */
export function orderOfRows(ranked: RankedRows): Int32Array {
  const width = ranked.ranks.length;
  const size = ranked.rows.length / width;
  let order = new Int32Array(size);
  for (let row = 0; row < size; row += 1) {
    order[row] = row;
  }
  for (let member = width - 1; member >= 0; member -= 1) {
    const ranks = ranksOfMember(ranked, member);
    const next = beginnings(ranks, ranked.ranks[member]?.length ?? 0);
    const sorted = new Int32Array(size);
    for (let place = 0; place < size; place += 1) {
      const row = order[place] ?? 0;
      const rank = ranks[row] ?? 0;
      const at = next[rank] ?? 0;
      sorted[at] = row;
      next[rank] = at + 1;
    }
    order = sorted;
  }
  return order;
}

/** The order of distinct texts by their code units. */
export function orderOfTexts(texts: readonly string[]): Int32Array {
  const order = texts.map((_, number) => number);
  return Int32Array.from(order.sort((left, right) => ((texts[left] ?? '') < (texts[right] ?? '') ? -1 : 1)));
}

/** The place of each number in an order. */
export function ranksIn(order: Int32Array): Int32Array {
  const ranks = new Int32Array(order.length);
  for (let rank = 0; rank < order.length; rank += 1) {
    ranks[order[rank] ?? 0] = rank;
  }
  return ranks;
}
