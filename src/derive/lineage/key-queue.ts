/** Keys that are to be followed: each stands in it once, however often it was found meanwhile. */
export class KeyQueue {
  readonly #keys: string[] = [];
  readonly #waiting = new Set<string>();

  push(...keys: readonly string[]): void {
    for (const key of keys) {
      if (!this.#waiting.has(key)) {
        this.#waiting.add(key);
        this.#keys.push(key);
      }
    }
  }

  pop(): string | undefined {
    const key = this.#keys.pop();
    if (key !== undefined) {
      this.#waiting.delete(key);
    }
    return key;
  }

  get length(): number {
    return this.#keys.length;
  }
}
