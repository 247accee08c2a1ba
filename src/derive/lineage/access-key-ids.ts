import { RowIndex } from './row-index.ts';

/** Ids of access keys are of this form; more than these many digits and letters do not fit into a number of 32 bits. */
const idLength = 20;
const perNumber = 6;

/** Of digits and upper-case letters, to the base of 36; -1 for anything else. */
function digitOf(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) {
    return unit - 0x30;
  }
  return unit >= 0x41 && unit <= 0x5a ? unit - 0x41 + 10 : -1;
}

/**
 * Ids of access keys, of which a large log has hundreds of thousands: packed into numbers, where a Set of strings takes
 * several times that. Nothing of an id is left out, so none is taken for another; those of another form stay strings.
 */
export class AccessKeyIds {
  readonly #packed = new RowIndex(Math.ceil(idLength / perNumber));
  readonly #others = new Set<string>();
  /** The id that was packed last. */
  readonly #row = new Int32Array(this.#packed.width);

  add(id: string): void {
    if (this.#pack(id)) {
      this.#packed.numberOf(this.#row);
    } else {
      this.#others.add(id);
    }
  }

  has(id: string): boolean {
    return this.#pack(id) ? this.#packed.has(this.#row) : this.#others.has(id);
  }

  /** False for an id of another form. */
  #pack(id: string): boolean {
    let number = 0;
    for (let at = 0; at < idLength; at += 1) {
      const digit = digitOf(id.charCodeAt(at));
      if (digit < 0) {
        return false;
      }
      number = (at % perNumber === 0 ? 0 : number * 36) + digit;
      this.#row[Math.floor(at / perNumber)] = number;
    }
    return id.length === idLength;
  }
}
