/** Ids of access keys are of this form: four letters that tell the kind, and sixteen more digits and letters. */
const idLength = 20;
const kindLength = 4;
const lanes = 3;
const firstCapacity = 1024;
const fullest = 0.8;
/** The number of its kind stands above the 26 bits of five digits. */
const kindShift = 26;
const mostKinds = 63;

/** Of digits and upper-case letters, to the base of 36; -1 for anything else. */
function digitOf(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) {
    return unit - 0x30;
  }
  return unit >= 0x41 && unit <= 0x5a ? unit - 0x41 + 10 : -1;
}

/** -1 where something else stands among the digits; up to six of them fit into 32 bits. */
function numberOf(id: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at += 1) {
    const digit = digitOf(id.charCodeAt(at));
    if (digit < 0) {
      return -1;
    }
    number = number * 36 + digit;
  }
  return number;
}

/**
 * Ids of access keys, of which a large log has hundreds of thousands: packed into 12 bytes each, where a Set of strings
 * takes six times that. Nothing of an id is left out, so none is taken for another; those of another form stay strings.
 */
export class AccessKeyIds {
  readonly #others = new Set<string>();
  /** Numbers of the kinds, from 1, by their letters. */
  readonly #kinds = new Map<number, number>();
  #capacity = firstCapacity;
  #slots = new Int32Array(firstCapacity * lanes);
  #size = 0;
  /** The id that was packed last. The third is never 0: the number of the kind is in it. */
  #first = 0;
  #second = 0;
  #third = 0;

  add(id: string): void {
    this.#learnKind(id);
    if (!this.#pack(id)) {
      this.#others.add(id);
      return;
    }
    const at = this.#find();
    if (this.#slots[at + 2] === 0) {
      this.#put(at);
      this.#size += 1;
      if (this.#size > this.#capacity * fullest) {
        this.#grow();
      }
    }
  }

  has(id: string): boolean {
    return this.#pack(id) ? this.#slots[this.#find() + 2] !== 0 : this.#others.has(id);
  }

  #learnKind(id: string): void {
    const kind = numberOf(id, 0, kindLength);
    if (kind >= 0 && !this.#kinds.has(kind) && this.#kinds.size < mostKinds) {
      this.#kinds.set(kind, this.#kinds.size + 1);
    }
  }

  /** False for an id of another form, or of a kind that was never added. */
  #pack(id: string): boolean {
    const kind = id.length === idLength ? this.#kinds.get(numberOf(id, 0, kindLength)) : undefined;
    const first = numberOf(id, 4, 10);
    const second = numberOf(id, 10, 15);
    const third = numberOf(id, 15, 20);
    if (kind === undefined || first < 0 || second < 0 || third < 0) {
      return false;
    }
    this.#first = first | 0;
    this.#second = second;
    this.#third = third | (kind << kindShift);
    return true;
  }

  /** Where the id that was packed last stands, or where it belongs. */
  #find(): number {
    const mixed = Math.imul(
      this.#first ^ Math.imul(this.#second ^ (this.#third << 6), 0x5bd1e995),
      0x27d4eb2f,
    );
    let slot = (mixed ^ (mixed >>> 15)) & (this.#capacity - 1);
    for (;;) {
      const at = slot * lanes;
      const isIt =
        this.#slots[at] === this.#first &&
        this.#slots[at + 1] === this.#second &&
        this.#slots[at + 2] === this.#third;
      if (isIt || this.#slots[at + 2] === 0) {
        return at;
      }
      slot = (slot + 1) & (this.#capacity - 1);
    }
  }

  #put(at: number): void {
    this.#slots[at] = this.#first;
    this.#slots[at + 1] = this.#second;
    this.#slots[at + 2] = this.#third;
  }

  #grow(): void {
    const old = this.#slots;
    this.#capacity *= 2;
    this.#slots = new Int32Array(this.#capacity * lanes);
    for (let at = 0; at < old.length; at += lanes) {
      this.#first = old[at] ?? 0;
      this.#second = old[at + 1] ?? 0;
      this.#third = old[at + 2] ?? 0;
      if (this.#third !== 0) {
        this.#put(this.#find());
      }
    }
  }
}
