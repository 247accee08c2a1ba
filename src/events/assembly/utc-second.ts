/** `utc-second.ts` of the reader, over memory. */
const zero: u32 = 0x30;
const shapeLength: usize = 22;
const day: i64 = 86_400_000;
export const noTime: i64 = i64.MIN_VALUE;
const lastDays: usize = memory.data<u8>([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);

@inline
function two(at: usize): u32 {
  const tens = <u32>load<u8>(at) - zero;
  const ones = <u32>load<u8>(at, 1) - zero;
  return tens > 9 || ones > 9 ? 1000 : tens * 10 + ones;
}

@inline
function daysOf(year: i64, month: i64, dayOfMonth: i64): i64 {
  const shifted = month <= 2 ? year - 1 : year;
  const era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  const yearOfEra = shifted - era * 400;
  const dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1;
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
}

/** Milliseconds of `"2023-07-10T11:54:39Z"`, quotes included; `noTime` for every other form. */
export function utcSecondAt(start: usize, end: usize): i64 {
  if (
    end - start != shapeLength ||
    load<u8>(start, 5) != 0x2d ||
    load<u8>(start, 8) != 0x2d ||
    load<u8>(start, 11) != 0x54 ||
    load<u8>(start, 14) != 0x3a ||
    load<u8>(start, 17) != 0x3a ||
    load<u8>(start, 20) != 0x5a
  ) {
    return noTime;
  }
  const century = two(start + 1);
  const year = two(start + 3);
  const month = two(start + 6);
  const dayOfMonth = two(start + 9);
  const hour = two(start + 12);
  const minute = two(start + 15);
  const second = two(start + 18);
  if (
    century > 99 ||
    year > 99 ||
    month > 12 ||
    dayOfMonth < 1 ||
    dayOfMonth > load<u8>(lastDays + month) ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  ) {
    return noTime;
  }
  return daysOf(century * 100 + year, month, dayOfMonth) * day + ((hour * 60 + minute) * 60 + second) * 1000;
}
