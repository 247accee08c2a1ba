/** A power of two, several times as many as there are services, actions, agents and accounts in most logs. */
const recentTexts = 2048;

/** Texts, each kept once and known by its number; the empty one is 0. */
export class TextPool {
  readonly #numbers = new Map([['', 0]]);
  readonly #texts = [''];
  /** Numbers of texts that came lately, where their length and three of their letters lead. */
  readonly #recent = new Int32Array(recentTexts);

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

  /** The same, several times as fast for texts that are few and come again and again. */
  numberOfCommon(text: string): number {
    const { length } = text;
    if (length === 0) {
      return 0;
    }
    const letters =
      text.charCodeAt(length - 1) ^ (text.charCodeAt(length >>> 1) << 4) ^ (text.charCodeAt(0) << 2);
    const at = (letters ^ (length << 6)) & (recentTexts - 1);
    const recent = this.#recent[at] ?? 0;
    if (this.#texts[recent] === text) {
      return recent;
    }
    const number = this.numberOf(text);
    this.#recent[at] = number;
    return number;
  }
}
