const shape = '0000-00-00T00:00:00.000Z';
/** Places of the marks between the digits, and the marks. */
const marks = [4, 7, 10, 13, 16, 19, 23].map((at) => ({ at, code: shape.charCodeAt(at) }));
const zero = '0'.charCodeAt(0);
const none = 1000;
const day = 86_400_000;

/** The day asked for last, as its digits, and when it begins: times come by the hundred thousand and are of few days. */
const lastDay = { digits: -1, begins: Number.NaN };

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

/**
 * Milliseconds, as `Date.parse`: several times faster for the form in which times are told here
 * (`2023-07-10T11:54:39.000Z`), and the same for every other.
 */
export function isoTime(text: string): number {
  if (!hasMarks(text)) {
    return Date.parse(text);
  }
  const century = two(text, 0);
  const year = two(text, 2);
  const month = two(text, 5);
  const dayOfMonth = two(text, 8);
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  const hundredths = two(text, 20);
  const thousandth = two(text, 21);
  const isUsual =
    century + year + month + dayOfMonth + hundredths + thousandth < none &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!isUsual) {
    return Date.parse(text);
  }
  const digits = ((century * 100 + year) * 100 + month) * 100 + dayOfMonth;
  if (digits !== lastDay.digits) {
    lastDay.begins = Math.floor(Date.parse(text) / day) * day;
    lastDay.digits = digits;
  }
  return lastDay.begins + ((hour * 60 + minute) * 60 + second) * 1000 + hundredths * 10 + (thousandth % 10);
}
