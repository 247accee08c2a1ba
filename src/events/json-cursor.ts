import { type HashLanes, hashBytes } from './hash-mix.ts';

/** Bytes that are no JSON. */
export class JsonProblem extends Error {
  override readonly name = 'JsonProblem';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const quote = 0x22;
const backslash = 0x5c;
const minus = 0x2d;
const zero = 0x30;
const nine = 0x39;
const seedA = 0x811c9dc5 | 0;
const seedB = 0x2545f491;
const simpleEscapes = new Set([...'"\\bfnrt'].map((letter) => letter.charCodeAt(0)));
const literals = new Map(
  ['true', 'false', 'null'].map((word) => [word.charCodeAt(0), Uint8Array.from(Buffer.from(word))] as const),
);

/** A mark in the highest bit of each of four bytes that is a quote, a backslash or a control character; 0 = none is. */
function endsOfRun(group: number): number {
  const quotes = group ^ 0x22222222;
  const backslashes = group ^ 0x5c5c5c5c;
  return (
    (((quotes - 0x01010101) & ~quotes) |
      ((backslashes - 0x01010101) & ~backslashes) |
      ((group - 0x20202020) & ~group)) &
    0x80808080
  );
}

function byteAt(bytes: Uint8Array, at: number): number {
  return at < bytes.length ? (bytes[at] ?? 0) : 0;
}

function groupAt(bytes: Uint8Array, at: number): number {
  return (
    byteAt(bytes, at) |
    (byteAt(bytes, at + 1) << 8) |
    (byteAt(bytes, at + 2) << 16) |
    (byteAt(bytes, at + 3) << 24)
  );
}

export function isDigit(byte: number): boolean {
  return byte >= zero && byte <= nine;
}

export function parsedText(raw: Buffer): string {
  const parsed: unknown = JSON.parse(raw.toString('utf8'));
  return typeof parsed === 'string' ? parsed : '';
}

/** Walks JSON's strings, numbers and literals byte by byte, as strictly as `JSON.parse`, and hashes them. */
export class JsonCursor {
  bytes: Uint8Array = new Uint8Array(0);
  /** Reads four bytes at once wherever they begin. */
  private view: DataView = new DataView(new ArrayBuffer(0));
  private size = 0;
  position = 0;
  /** A string was written in an unusual way since this was reset: its hash may be that of another text too. */
  unusual = false;
  /** Two lanes of the hash of the value scanned last. */
  hashA = 0;
  hashB = 0;

  load(bytes: Uint8Array, position: number): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.size = bytes.length;
    this.position = position;
  }

  /** The next byte that is no white space; 0 at the end. */
  peek(): number {
    const { bytes } = this;
    let at = this.position;
    let byte = byteAt(bytes, at);
    if (byte > 0x20) {
      return byte;
    }
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      at += 1;
      byte = byteAt(bytes, at);
    }
    this.position = at;
    return byte;
  }

  /**
   * Whether the text at `at` is that at `earlier`, where valid JSON of at least eight bytes lies. Eight bytes are
   * compared as one number: none is zero, because JSON has no zero bytes, and not-a-number only makes equal texts
   * count as different.
   */
  repeats(earlier: number, at: number, length: number): boolean {
    const { view } = this;
    const last = length - 8;
    if (last < 0 || at + length > this.size) {
      return false;
    }
    for (let done = 0; done < last; done += 8) {
      if (view.getFloat64((earlier + done) | 0, true) !== view.getFloat64((at + done) | 0, true)) {
        return false;
      }
    }
    return view.getFloat64(earlier + last, true) === view.getFloat64(at + last, true);
  }

  protected fail(what: string, offset: number): never {
    const ended = offset >= this.bytes.length;
    throw new JsonProblem(ended ? 'the text ends in the middle of a value' : what, offset);
  }

  /** One string. @throws JsonProblem */
  skipString(): void {
    this.scanString();
  }

  protected scanString(): void {
    const { bytes } = this;
    const start = this.position;
    this.hashA = seedA;
    this.hashB = seedB;
    let unusual = false;
    let at = this.afterRun(start + 1);
    while (byteAt(bytes, at) !== quote) {
      if (byteAt(bytes, at) !== backslash) {
        this.fail('a control character in a string', at);
      }
      const escaped = byteAt(bytes, at + 1);
      this.hashA = Math.imul(this.hashA ^ escaped, 0x01000195);
      this.hashB = Math.imul(this.hashB ^ escaped, 0x5bd1e997);
      at += 2;
      if (!simpleEscapes.has(escaped)) {
        at = this.afterEscape(at - 1, escaped);
        unusual = true;
      }
      at = this.afterRun(at);
    }
    this.position = at + 1;
    if (unusual) {
      this.hashUnusual(start);
    }
  }

  /**
   * Hashes plain bytes and tells where the quote, backslash or control character behind them lies. Goes four bytes at a
   * time; groups start anew with each run, so equal texts have equal groups.
   */
  private afterRun(from: number): number {
    const { view } = this;
    const lastGroup = this.size - 4;
    let at = from;
    let a = this.hashA;
    let b = this.hashB;
    for (;;) {
      const group = at <= lastGroup ? view.getInt32(at, true) : groupAt(this.bytes, at);
      const ends = endsOfRun(group);
      if (ends !== 0) {
        // The lowest mark is exact; those above it may be carried over from it.
        const plain = (31 - Math.clz32(ends & -ends)) >> 3;
        const part = group & ((1 << (plain << 3)) - 1);
        this.hashA = Math.imul(a ^ part, 0x01000193) ^ (a >>> 15);
        this.hashB = Math.imul(((b << 5) | (b >>> 27)) ^ part, 0x5bd1e995);
        return at + plain;
      }
      a = Math.imul(a ^ group, 0x01000193) ^ (a >>> 15);
      b = Math.imul(((b << 5) | (b >>> 27)) ^ group, 0x5bd1e995);
      at += 4;
    }
  }

  /** `\/` and `\u0041` are other ways to write the same text; most control characters have no other way. */
  private hashUnusual(start: number): void {
    this.unusual = true;
    const raw = Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, this.position - start);
    const text = Buffer.from(parsedText(raw)).toString();
    const always = /(?:^|[^\\])(?:\\\\)*\\u/.test(JSON.stringify(text));
    [this.hashA, this.hashB] = always ? hashBytes(Buffer.from(text)) : textHash(text);
  }

  private afterEscape(at: number, escaped: number): number {
    if (escaped === 0x2f) {
      return at + 1;
    }
    const digits = Buffer.from(this.bytes.subarray(at + 1, at + 5)).toString('latin1');
    if (escaped !== 0x75 || !/^[0-9a-fA-F]{4}$/.test(digits)) {
      this.fail('an unknown escape in a string', at);
    }
    return at + 5;
  }

  protected scanNumber(): void {
    const { bytes } = this;
    const start = this.position;
    let at = bytes[start] === minus ? start + 1 : start;
    const digits = (what: string): void => {
      if (!isDigit(bytes[at] ?? 0)) {
        this.fail(what, at);
      }
      while (isDigit(bytes[at] ?? 0)) {
        at += 1;
      }
    };
    if (bytes[at] === zero) {
      at += 1;
    } else {
      digits('a number without digits');
    }
    const whole = at;
    if (bytes[at] === 0x2e) {
      at += 1;
      digits('a number that ends with its point');
    }
    if (((bytes[at] ?? 0) | 0x20) === 0x65) {
      at += 1;
      if (bytes[at] === 0x2b || bytes[at] === minus) {
        at += 1;
      }
      digits('a number without its exponent');
    }
    this.position = at;
    const raw = bytes.subarray(start, at);
    const [a, b] = hashBytes(
      whole === at ? raw : Buffer.from(String(Number(Buffer.from(raw).toString('latin1')))),
    );
    this.hashA = ~a;
    this.hashB = ~b;
  }

  protected scanLiteral(byte: number): void {
    const literal = literals.get(byte);
    if (literal === undefined) {
      this.fail('something that is no JSON value', this.position);
    }
    for (let index = 1; index < literal.length; index += 1) {
      if (this.bytes[this.position + index] !== literal[index]) {
        this.fail('a misspelt literal', this.position + index);
      }
    }
    this.position += literal.length;
    this.hashA = byte;
    this.hashB = byte;
  }
}

/** The hash that the scanner gives a string of this text; a lone surrogate counts as U+FFFD. */
export function textHash(text: string): HashLanes {
  const scanner = new JsonCursor();
  scanner.load(Buffer.from(JSON.stringify(Buffer.from(text).toString())), 0);
  scanner.skipString();
  return [scanner.hashA, scanner.hashB];
}
