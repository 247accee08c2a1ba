/** Numbers of a column that grows. */
export class Numbers {
  length = 0;
  private values = new Int32Array(4096);

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Int32Array(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length] = value;
    this.length += 1;
  }

  clear(): void {
    this.length = 0;
  }

  taken(): Int32Array {
    return this.values.slice(0, this.length);
  }
}

/** Bytes that are copied together. */
export class Bytes {
  length = 0;
  private bytes = new Uint8Array(65_536);

  push(part: Uint8Array): void {
    const end = this.length + part.length;
    if (end > this.bytes.length) {
      const larger = new Uint8Array(Math.max(end, this.bytes.length * 2));
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes.set(part, this.length);
    this.length = end;
  }

  clear(): void {
    this.length = 0;
  }

  taken(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}
