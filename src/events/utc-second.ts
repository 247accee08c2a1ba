const shape = '"dddd-dd-ddTdd:dd:ddZ"';
const zero = '0'.charCodeAt(0);
const dash = '-'.charCodeAt(0);
const colon = ':'.charCodeAt(0);
const letterT = 'T'.charCodeAt(0);
const letterZ = 'Z'.charCodeAt(0);
const day = 86_400_000;
/** No day that a month of some year does not have. */
const daysOfMonth = Uint8Array.of(0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

/** Two digits as a number; more than any part of a time when one is no digit. */
function two(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) - zero;
  const ones = (bytes[at + 1] ?? 0) - zero;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? 1000 : tens * 10 + ones;
}

/** Days since 1970 (proleptic Gregorian calendar). */
function daysOf(year: number, month: number, dayOfMonth: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Milliseconds of `"2023-07-10T11:54:39Z"`, quotes included, as CloudTrail writes it; null for every other form. */
export function utcSecondAt(bytes: Uint8Array, start: number, end: number): number | null {
  if (
    end - start !== shape.length ||
    bytes[start + 5] !== dash ||
    bytes[start + 8] !== dash ||
    bytes[start + 11] !== letterT ||
    bytes[start + 14] !== colon ||
    bytes[start + 17] !== colon ||
    bytes[start + 20] !== letterZ
  ) {
    return null;
  }
  const century = two(bytes, start + 1);
  const year = two(bytes, start + 3);
  const month = two(bytes, start + 6);
  const dayOfMonth = two(bytes, start + 9);
  const hour = two(bytes, start + 12);
  const minute = two(bytes, start + 15);
  const second = two(bytes, start + 18);
  if (
    century > 99 ||
    year > 99 ||
    dayOfMonth < 1 ||
    dayOfMonth > (daysOfMonth[month] ?? 0) ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  ) {
    return null;
  }
  return daysOf(century * 100 + year, month, dayOfMonth) * day + ((hour * 60 + minute) * 60 + second) * 1000;
}
