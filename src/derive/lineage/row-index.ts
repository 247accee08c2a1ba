const firstRows = 1024;

function mixed(hash: number, value: number): number {
  const product = Math.imul(hash ^ value, 0x9e3779b1);
  return product ^ (product >>> 15);
}

/**
 * Rows of a few whole numbers, each kept once and known by its number, in flat arrays: so many of them as a large log
 * has calls would take ten times as much in a Map.
 */
export class RowIndex {
  readonly width: number;
  size = 0;
  #values: Int32Array;
  /** Numbers of rows, from 1; 0 = free. Twice as many as there is room for rows. */
  #slots = new Int32Array(firstRows * 2);

  /** @param width numbers in a row */
  constructor(width: number) {
    this.width = width;
    this.#values = new Int32Array(firstRows * width);
  }

  /** @param row as long as the index is wide */
  numberOf(row: Int32Array): number {
    if (this.size * 2 === this.#slots.length) {
      this.#grow();
    }
    const slot = this.#slotOf(row, 0);
    const known = this.#slots[slot] ?? 0;
    if (known !== 0) {
      return known - 1;
    }
    // So few numbers are copied faster by hand.
    for (let member = 0; member < this.width; member += 1) {
      this.#values[this.size * this.width + member] = row[member] ?? 0;
    }
    this.size += 1;
    this.#slots[slot] = this.size;
    return this.size - 1;
  }

  has(row: Int32Array): boolean {
    return this.#slots[this.#slotOf(row, 0)] !== 0;
  }

  /** All rows, one after the other. */
  taken(): Int32Array {
    return this.#values.slice(0, this.size * this.width);
  }

  #slotOf(row: Int32Array, from: number): number {
    const { width } = this;
    const values = this.#values;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let hash = 0;
    for (let member = 0; member < width; member += 1) {
      hash = mixed(hash, row[from + member] ?? 0);
    }
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = slots[slot] ?? 0;
      if (number === 0) {
        return slot;
      }
      const at = (number - 1) * width;
      let member = 0;
      while (member < width && values[at + member] === row[from + member]) {
        member += 1;
      }
      if (member === width) {
        return slot;
      }
    }
  }

  #grow(): void {
    const larger = new Int32Array(this.#values.length * 2);
    larger.set(this.#values);
    this.#values = larger;
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let number = 1; number <= this.size; number += 1) {
      this.#slots[this.#slotOf(larger, (number - 1) * this.width)] = number;
    }
  }
}
