/** Texts, each kept once and known by its number; the empty one is 0. */
export class TextPool {
  readonly #numbers = new Map([['', 0]]);
  readonly #texts = [''];

  get texts(): readonly string[] {
    return this.#texts;
  }

  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) {
      return known;
    }
    const number = this.#texts.push(text) - 1;
    this.#numbers.set(text, number);
    return number;
  }
}
