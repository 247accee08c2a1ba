import { type SampleEvent, type SampleValue, wildcardMatches } from './event-pattern.ts';

const tokenPattern = /\s+|&&|\|\||!=|>=|<=|[(){}=<>]|\$\.[\w.[\]-]+|"(?:[^"\\]|\\.)*"|[^\s(){}=!<>&|"$]+/gy;

/** Null when the text is not of JSON filter patterns. */
function tokensOf(text: string): readonly string[] | null {
  const found = [...text.matchAll(tokenPattern)].map(([token]) => token);
  return found.join('').length === text.length ? found.filter((token) => token.trim() !== '') : null;
}

function valueAt(event: SampleEvent, selector: string): SampleValue | undefined {
  let value: SampleValue | undefined = event;
  for (const part of selector.slice(2).split('.')) {
    value = typeof value === 'object' ? value[part] : undefined;
  }
  return value;
}

class UnreadablePattern extends Error {}

/** Reads `{ ($.eventName = "X") && ($.userIdentity.type != "AWSService" || …) }` and holds it against an event. */
class FilterReader {
  readonly #tokens: readonly string[];
  readonly #event: SampleEvent;
  #at = 0;

  constructor(tokens: readonly string[], event: SampleEvent) {
    this.#tokens = tokens;
    this.#event = event;
  }

  whole(): boolean {
    this.#expect('{');
    const holds = this.#either();
    this.#expect('}');
    if (this.#at !== this.#tokens.length) {
      throw new UnreadablePattern();
    }
    return holds;
  }

  #next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) {
      throw new UnreadablePattern();
    }
    this.#at += 1;
    return token;
  }

  #expect(token: string): void {
    if (this.#next() !== token) {
      throw new UnreadablePattern();
    }
  }

  #take(token: string): boolean {
    const taken = this.#tokens[this.#at]?.toUpperCase() === token;
    this.#at += taken ? 1 : 0;
    return taken;
  }

  #either(): boolean {
    let holds = this.#both();
    while (this.#take('||')) {
      const other = this.#both();
      holds = holds || other;
    }
    return holds;
  }

  #both(): boolean {
    let holds = this.#term();
    while (this.#take('&&')) {
      const other = this.#term();
      holds = holds && other;
    }
    return holds;
  }

  #term(): boolean {
    if (this.#take('(')) {
      const holds = this.#either();
      this.#expect(')');
      return holds;
    }
    const selector = this.#next();
    if (!selector.startsWith('$.')) {
      throw new UnreadablePattern();
    }
    return this.#comparison(valueAt(this.#event, selector));
  }

  #comparison(value: SampleValue | undefined): boolean {
    if (this.#take('NOT')) {
      this.#expect('EXISTS');
      return value === undefined;
    }
    if (this.#take('EXISTS')) {
      return value !== undefined;
    }
    if (this.#take('IS')) {
      const what = this.#next().toUpperCase();
      return (what === 'TRUE' && value === true) || (what === 'FALSE' && value === false);
    }
    const operator = this.#next();
    const wanted = this.#next().replace(/^"(.*)"$/s, '$1');
    const equal = value !== undefined && typeof value !== 'object' && wildcardMatches(wanted, String(value));
    // What a sample does not hold is not told apart: only texts are compared.
    return operator === '=' ? equal : operator === '!=' && !equal;
  }
}

/** True when a metric filter counts every event like the sample; false also where it cannot be read. */
export function filterPatternTakes(pattern: string, event: SampleEvent): boolean {
  const tokens = tokensOf(pattern.trim());
  if (tokens === null) {
    return false;
  }
  try {
    return new FilterReader(tokens, event).whole();
  } catch (error) {
    if (error instanceof UnreadablePattern) {
      return false;
    }
    throw error;
  }
}
