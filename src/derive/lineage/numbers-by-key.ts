/** FNV-1a over the UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash | 0;
}

/** One is then among the candidates of the other. */
export function haveSameHash(left: string, right: string): boolean {
  return left === right || hashOf(left) === hashOf(right);
}

/** The lower bits of the hash depend on the lower bits of the text alone. */
function groupOf(hash: number, groups: number): number {
  return (Math.imul(hash ^ (hash >>> 16), 0x45d9f3b) >>> 4) & (groups - 1);
}

const firstRoom = 1024;

/** How many numbers share a group at most on average. */
const perGroup = 4;

/**
 * Numbers by text, for very many texts of which few are ever asked for: a text is not kept, only 32 bits of its hash. So
 * an answer may hold a number that stands under another text: whoever asks must be able to tell from the number itself
 * whether it is meant. 8 to 12 bytes per number, where a Map of strings takes a hundred.
 */
export class NumbersByKey {
  /** Where each group begins; one more for the end of the last. */
  readonly #starts: Int32Array;
  readonly #hashes: Int32Array;
  readonly #numbers: Int32Array;

  constructor(hashes: Int32Array, numbers: Int32Array) {
    const groups = 2 ** Math.ceil(Math.log2(Math.max(1, hashes.length / perGroup)));
    const starts = new Int32Array(groups + 2);
    // Counted two further on, so that filling moves each start to where it belongs.
    for (const hash of hashes) {
      const group = groupOf(hash, groups) + 2;
      starts[group] = (starts[group] ?? 0) + 1;
    }
    for (let group = 2; group < starts.length; group += 1) {
      starts[group] = (starts[group] ?? 0) + (starts[group - 1] ?? 0);
    }
    this.#starts = starts;
    this.#hashes = new Int32Array(hashes.length);
    this.#numbers = new Int32Array(hashes.length);
    for (let index = 0; index < hashes.length; index += 1) {
      const hash = hashes[index] ?? 0;
      const group = groupOf(hash, groups) + 1;
      const at = starts[group] ?? 0;
      starts[group] = at + 1;
      this.#hashes[at] = hash;
      this.#numbers[at] = numbers[index] ?? 0;
    }
  }

  /** What was added under this key, in the order of adding, and now and then more. */
  candidates(key: string): readonly number[] {
    const found: number[] = [];
    this.findLast(key, (number) => {
      found.push(number);
      return false;
    });
    return found.reverse();
  }

  /** The last candidate that is meant; undefined where there is none. */
  findLast(key: string, isMeant: (number: number) => boolean): number | undefined {
    const hash = hashOf(key);
    const group = groupOf(hash, this.#starts.length - 2);
    const start = this.#starts[group] ?? 0;
    for (let at = (this.#starts[group + 1] ?? 0) - 1; at >= start; at -= 1) {
      const number = this.#numbers[at] ?? 0;
      if (this.#hashes[at] === hash && isMeant(number)) {
        return number;
      }
    }
    return undefined;
  }
}

/** Gathers what `NumbersByKey` is made of. */
export class KeyedNumbers {
  #length = 0;
  #hashes = new Int32Array(firstRoom);
  #numbers = new Int32Array(firstRoom);

  add(key: string, number: number): void {
    if (this.#length === this.#hashes.length) {
      this.#grow();
    }
    this.#hashes[this.#length] = hashOf(key);
    this.#numbers[this.#length] = number;
    this.#length += 1;
  }

  sealed(): NumbersByKey {
    return new NumbersByKey(this.#hashes.subarray(0, this.#length), this.#numbers.subarray(0, this.#length));
  }

  #grow(): void {
    const [hashes, numbers] = [this.#hashes, this.#numbers];
    this.#hashes = new Int32Array(hashes.length * 2);
    this.#numbers = new Int32Array(numbers.length * 2);
    this.#hashes.set(hashes);
    this.#numbers.set(numbers);
  }
}
