import { mixByteA, mixGroupA, mixGroupB, mixHash, rotateMix, seedA, seedB } from './hash';

const quote: u8 = 0x22;
const backslash: u8 = 0x5c;
export const openBrace: u8 = 0x7b;
export const closeBrace: u8 = 0x7d;
export const openBracket: u8 = 0x5b;
export const closeBracket: u8 = 0x5d;
export const comma: u8 = 0x2c;
const colon: u8 = 0x3a;
const point: u8 = 0x2e;
const minus: u8 = 0x2d;
const zero: u8 = 0x30;
const nine: u8 = 0x39;
/** As in `json-scanner.ts`: what nests deeper is left to it. */
const deepest: i32 = 200;
/** Digits of whole numbers that a double holds exactly. */
const exactDigits: usize = 15;

/** Lanes of the hash of the value scanned last. */
export let hashA: i32 = 0;
export let hashB: i32 = 0;

export function setHash(a: i32, b: i32): void {
  hashA = a;
  hashB = b;
}

@inline
export function afterSpace(from: usize): usize {
  let at = from;
  let byte = load<u8>(at);
  while (byte <= 0x20 && (byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09)) {
    at += 1;
    byte = load<u8>(at);
  }
  return at;
}

/** A bit for each of sixteen bytes that is a quote, a backslash or a control character. */
@inline
function endsOfRun(at: usize): i32 {
  const bytes = v128.load(at);
  return i8x16.bitmask(
    v128.or(
      v128.or(i8x16.eq(bytes, i8x16.splat(quote)), i8x16.eq(bytes, i8x16.splat(backslash))),
      i8x16.lt_u(bytes, i8x16.splat(0x20)),
    ),
  );
}

@inline
function isSimpleEscape(byte: u8): bool {
  return (
    byte == quote ||
    byte == backslash ||
    byte == 0x62 ||
    byte == 0x66 ||
    byte == 0x6e ||
    byte == 0x72 ||
    byte == 0x74
  );
}

/** Every function here returns the place behind what it scanned; 0 = not usual: `json-scanner.ts` is to judge. */
export function scanString(start: usize): usize {
  let a = seedA;
  let b = seedB;
  let at = start + 1;
  while (true) {
    const ends = endsOfRun(at);
    const runEnd = at + (ends == 0 ? 16 : <usize>ctz(ends));
    for (; at + 4 <= runEnd; at += 4) {
      const group = load<i32>(at);
      a = mixGroupA(a, group);
      b = mixGroupB(b, group);
    }
    if (ends == 0) {
      continue;
    }
    const rest = load<i32>(at) & ((1 << (<i32>(runEnd - at) << 3)) - 1);
    a = mixGroupA(a, rest);
    b = mixGroupB(b, rest);
    at = runEnd;
    const end = load<u8>(at);
    if (end == quote) {
      hashA = a;
      hashB = b;
      return at + 1;
    }
    const escaped = load<u8>(at + 1);
    if (end != backslash || !isSimpleEscape(escaped)) {
      return 0;
    }
    a = (a ^ <i32>escaped) * 0x01000195;
    b = (b ^ <i32>escaped) * 0x5bd1e997;
    at += 2;
  }
}

@inline
function isDigit(byte: u8): bool {
  return byte >= zero && byte <= nine;
}

/** `12` and `12.0` are one number; other fractions and exponents are rare. */
function scanNumber(start: usize): usize {
  let a = seedA;
  let b = seedB;
  let at = start;
  let byte = load<u8>(at);
  if (byte == minus) {
    a = mixByteA(a, byte);
    b = mixGroupB(b, byte);
    at += 1;
    byte = load<u8>(at);
  }
  const digits = at;
  while (isDigit(byte)) {
    a = mixByteA(a, byte);
    b = mixGroupB(b, byte);
    at += 1;
    byte = load<u8>(at);
  }
  const length = at - digits;
  if (length == 0 || (length > 1 && load<u8>(digits) == zero)) {
    return 0;
  }
  if (byte == point) {
    const fraction = at + 1;
    at = fraction;
    while (load<u8>(at) == zero) {
      at += 1;
    }
    if (at == fraction || isDigit(load<u8>(at)) || digits != start || length > exactDigits) {
      return 0;
    }
    byte = load<u8>(at);
  }
  if ((byte | 0x20) == 0x65) {
    return 0;
  }
  hashA = ~a;
  hashB = ~b;
  return at;
}

function scanLiteral(start: usize, byte: u8): usize {
  hashA = byte;
  hashB = byte;
  const word = load<u32>(start);
  if (word == 0x65757274 || word == 0x6c6c756e) {
    return start + 4;
  }
  return byte == 0x66 && load<u32>(start + 1) == 0x65736c61 ? start + 5 : 0;
}

export function scanValue(start: usize, depth: i32): usize {
  const byte = load<u8>(start);
  if (byte == quote) {
    return scanString(start);
  }
  if (byte == openBrace) {
    return depth > deepest ? 0 : scanObject(start, depth);
  }
  if (byte == openBracket) {
    return depth > deepest ? 0 : scanArray(start, depth);
  }
  return byte == minus || isDigit(byte) ? scanNumber(start) : scanLiteral(start, byte);
}

/** The place of the value behind a name and its colon. */
@inline
export function scanName(start: usize): usize {
  if (load<u8>(start) != quote) {
    return 0;
  }
  let at = scanString(start);
  if (at == 0) {
    return 0;
  }
  at = afterSpace(at);
  return load<u8>(at) == colon ? afterSpace(at + 1) : 0;
}

/** Behind an element: the place of the next one or of the mark that closes them. A comma before that mark is not usual. */
@inline
export function nextElement(from: usize, close: u8): usize {
  const at = afterSpace(from);
  const byte = load<u8>(at);
  if (byte == close) {
    return at;
  }
  const next = byte == comma ? afterSpace(at + 1) : 0;
  return next == 0 || load<u8>(next) == close ? 0 : next;
}

function scanObject(start: usize, depth: i32): usize {
  let sumA = 1;
  let sumB = 1;
  let at = afterSpace(start + 1);
  while (load<u8>(at) != closeBrace) {
    at = scanName(at);
    if (at == 0) {
      return 0;
    }
    const keyA = hashA;
    const keyB = hashB;
    at = scanValue(at, depth + 1);
    if (at == 0) {
      return 0;
    }
    sumA += mixHash(keyA, hashA);
    sumB += keyB * (hashB | 1);
    at = nextElement(at, closeBrace);
    if (at == 0) {
      return 0;
    }
  }
  hashA = sumA;
  hashB = sumB;
  return at + 1;
}

function scanArray(start: usize, depth: i32): usize {
  let a = 2;
  let b = 2;
  let at = afterSpace(start + 1);
  while (load<u8>(at) != closeBracket) {
    at = scanValue(at, depth + 1);
    if (at == 0) {
      return 0;
    }
    a = mixHash(a, hashA);
    b = rotateMix(b, hashB);
    at = nextElement(at, closeBracket);
    if (at == 0) {
      return 0;
    }
  }
  hashA = a;
  hashB = b;
  return at + 1;
}
