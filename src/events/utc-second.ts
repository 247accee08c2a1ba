const shape = '"dddd-dd-ddTdd:dd:ddZ"';
const digit = 'd'.charCodeAt(0);
const zero = '0'.charCodeAt(0);
const expected = Uint8Array.from([...shape].map((letter) => letter.charCodeAt(0)));
const day = 86_400_000;

function matches(bytes: Uint8Array, start: number): boolean {
  for (let index = 0; index < expected.length; index += 1) {
    const byte = bytes[start + index] ?? 0;
    const wanted = expected[index] ?? 0;
    const fits = wanted === digit ? byte >= zero && byte <= zero + 9 : byte === wanted;
    if (!fits) {
      return false;
    }
  }
  return true;
}

function two(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) - zero) * 10 + ((bytes[at + 1] ?? 0) - zero);
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
  if (end - start !== expected.length || !matches(bytes, start)) {
    return null;
  }
  const year = two(bytes, start + 1) * 100 + two(bytes, start + 3);
  const month = two(bytes, start + 6);
  const dayOfMonth = two(bytes, start + 9);
  const hour = two(bytes, start + 12);
  const minute = two(bytes, start + 15);
  const second = two(bytes, start + 18);
  if (
    month < 1 ||
    month > 12 ||
    dayOfMonth < 1 ||
    dayOfMonth > 28 ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  ) {
    return null;
  }
  return daysOf(year, month, dayOfMonth) * day + ((hour * 60 + minute) * 60 + second) * 1000;
}
