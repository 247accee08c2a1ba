const shape = '0000-00-00T00:00:00.000Z';
const zero = 0x30;
const day = 86_400_000;

/** The day asked for last, as its digits, and when it begins: times come by the hundred thousand and are of few days. */
const lastDay = { digits: -1, begins: Number.NaN };

/** Digits as a number; not a number where one is none. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - zero;
    value = digit >= 0 && digit <= 9 ? value * 10 + digit : Number.NaN;
  }
  return value;
}

/**
 * Milliseconds, as `Date.parse`: several times faster for the form in which times are told here
 * (`2023-07-10T11:54:39.000Z`), and the same for every other.
 */
export function isoTime(text: string): number {
  const usual =
    text.length === shape.length &&
    text[4] === '-' &&
    text[7] === '-' &&
    text[10] === 'T' &&
    text[13] === ':' &&
    text[16] === ':' &&
    text[19] === '.' &&
    text[23] === 'Z';
  const hour = usual ? digits(text, 11, 13) : Number.NaN;
  const minute = usual ? digits(text, 14, 16) : Number.NaN;
  const second = usual ? digits(text, 17, 19) : Number.NaN;
  const fraction = usual ? digits(text, 20, 23) : Number.NaN;
  const isClock = hour < 24 && minute < 60 && second < 60 && fraction >= 0;
  return isClock ? dayOf(text) + ((hour * 60 + minute) * 60 + second) * 1000 + fraction : Date.parse(text);
}

/** When the day begins that a time names; not a number for no day. */
function dayOf(text: string): number {
  const named = digits(text, 0, 4) * 10_000 + digits(text, 5, 7) * 100 + digits(text, 8, 10);
  if (named !== lastDay.digits) {
    lastDay.begins = Math.floor(Date.parse(text) / day) * day;
    lastDay.digits = named;
  }
  return lastDay.begins;
}
