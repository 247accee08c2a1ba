const shape = '0000-00-00T00:00:00.000Z';
/** Places of the marks between the digits, and the marks. */
const marks = [4, 7, 10, 13, 16, 19, 23].map((at) => ({ at, code: shape.charCodeAt(at) }));
const zero = '0'.charCodeAt(0);
const none = 1000;
const day = 86_400_000;

/** Two digits as a number; `none` when one is no digit. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - zero;
  const ones = text.charCodeAt(at + 1) - zero;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? none : tens * 10 + ones;
}

function hasMarks(text: string): boolean {
  for (const { at, code } of marks) {
    if (text.charCodeAt(at) !== code) {
      return false;
    }
  }
  return text.length === shape.length;
}

/** Days from the first of March of the year 0 to 1970. */
const marchOfYearZero = 719_468;

/** Days since 1970 (proleptic Gregorian calendar); the year begins in March, so that the odd day is its last. */
function dayNumber(year: number, month: number, dayOfMonth: number): number {
  const fromMarch = month <= 2 ? year - 1 : year;
  const leapDays = Math.floor(fromMarch / 4) - Math.floor(fromMarch / 100) + Math.floor(fromMarch / 400);
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  return fromMarch * 365 + leapDays + dayOfYear - marchOfYearZero;
}

/**
 * Milliseconds of a time told to the millisecond, as `toISOString` makes it for years of four digits: they tell the
 * text. Null for every other text, also where it is a time.
 */
export function exactIsoTime(text: string): number | null {
  if (!hasMarks(text)) {
    return null;
  }
  const century = two(text, 0);
  const yearOfCentury = two(text, 2);
  const month = two(text, 5);
  const dayOfMonth = two(text, 8);
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  const hundredths = two(text, 20);
  const thousandth = two(text, 21);
  const clock = ((hour * 60 + minute) * 60 + second) * 1000 + hundredths * 10 + (thousandth % 10);
  // The last days of months are few, and slower to tell.
  const isUsual = month > 0 && month <= 12 && dayOfMonth > 0 && dayOfMonth <= (month === 2 ? 28 : 30);
  if (
    isUsual &&
    century + yearOfCentury + hundredths + thousandth < none &&
    clock < day &&
    minute < 60 &&
    second < 60
  ) {
    return dayNumber(century * 100 + yearOfCentury, month, dayOfMonth) * day + clock;
  }
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString() === text ? at : null;
}

/**
 * Milliseconds, as `Date.parse`: several times faster for the form in which times are told here
 * (`2023-07-10T11:54:39.000Z`), and the same for every other.
 */
export function isoTime(text: string): number {
  return exactIsoTime(text) ?? Date.parse(text);
}
