/** Whole numbers of a column that grows. */
export class Numbers {
  length = 0;
  private values = new Int32Array(4096);

  push(value: number): void {
    this.reserve(1);
    this.values[this.length] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.values[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.values[index] = value;
  }

  append(values: Int32Array): void {
    this.reserve(values.length);
    this.values.set(values, this.length);
    this.length += values.length;
  }

  clear(): void {
    this.length = 0;
  }

  taken(): Int32Array {
    return this.values.slice(0, this.length);
  }

  private reserve(more: number): void {
    const end = this.length + more;
    if (end > this.values.length) {
      const larger = new Int32Array(Math.max(end, this.values.length * 2));
      larger.set(this.values);
      this.values = larger;
    }
  }
}

/** Numbers of a column that grows, of any size. A class of its own: one for arrays of both kinds would be slower. */
export class Doubles {
  length = 0;
  private values = new Float64Array(4096);

  push(value: number): void {
    this.reserve(1);
    this.values[this.length] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.values[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.values[index] = value;
  }

  append(values: Float64Array): void {
    this.reserve(values.length);
    this.values.set(values, this.length);
    this.length += values.length;
  }

  clear(): void {
    this.length = 0;
  }

  taken(): Float64Array {
    return this.values.slice(0, this.length);
  }

  private reserve(more: number): void {
    const end = this.length + more;
    if (end > this.values.length) {
      const larger = new Float64Array(Math.max(end, this.values.length * 2));
      larger.set(this.values);
      this.values = larger;
    }
  }
}

/** A column that stays: whole numbers from 0 on, in half the room where they are small. */
export type Column = Int32Array | Uint16Array;

export function narrow(values: Int32Array): Column {
  return values.every((value) => value >= 0 && value <= 0xffff) ? Uint16Array.from(values) : values;
}

/** Longer parts are worth the call of a native copy. */
const longestByHand = 160;

/** Bytes that are copied together. */
export class Bytes {
  length = 0;
  private bytes = new Uint8Array(65_536);

  pushByte(byte: number): void {
    this.reserve(1);
    this.bytes[this.length] = byte;
    this.length += 1;
  }

  /** The bytes of `from` between `start` and `end`. */
  push(from: Uint8Array, start: number, end: number): void {
    const size = end - start;
    this.reserve(size);
    const { bytes, length } = this;
    if (size > longestByHand) {
      bytes.set(from.subarray(start, end), length);
    } else {
      for (let index = 0; index < size; index += 1) {
        bytes[length + index] = from[start + index] ?? 0;
      }
    }
    this.length = length + size;
  }

  clear(): void {
    this.length = 0;
  }

  taken(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private reserve(more: number): void {
    const end = this.length + more;
    if (end > this.bytes.length) {
      const larger = new Uint8Array(Math.max(end, this.bytes.length * 2));
      larger.set(this.bytes);
      this.bytes = larger;
    }
  }
}
