const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})$/;

/** Milliseconds of an ISO-8601 time with an offset; null for prose dates and everything else. */
export function parseEventTime(text: string): number | null {
  if (!isoTime.test(text)) {
    return null;
  }
  const time = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(time) ? null : time;
}

const day = 86_400_000;
/** `2023-07-10T` of the day asked for last: times come by the million and are of few days. */
const lastDay = { number: Number.NaN, text: '' };

const twoDigits: readonly string[] = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));

/** UTC, ISO-8601 with milliseconds. @throws RangeError for what is no time */
export function isoOf(milliseconds: number): string {
  const whole = Math.trunc(milliseconds);
  const number = Math.floor(whole / day);
  if (number !== lastDay.number) {
    lastDay.text = new Date(whole).toISOString().slice(0, -'00:00:00.000Z'.length);
    lastDay.number = number;
  }
  const rest = whole - number * day;
  const second = Math.floor(rest / 1000);
  const fraction = rest % 1000;
  const clock = `${twoDigits[Math.floor(second / 3600)]}:${twoDigits[Math.floor(second / 60) % 60]}:${twoDigits[second % 60]}`;
  return `${lastDay.text}${clock}.${fraction === 0 ? '000' : String(fraction).padStart(3, '0')}Z`;
}

/** As CloudTrail writes times, with no day that some month does not have. */
const usualTime = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

/** ISO-8601 with milliseconds; null when the text is no such time. */
export function normalTime(text: string | null): string | null {
  if (text === null) {
    return null;
  }
  if (usualTime.test(text)) {
    return `${text.slice(0, -1)}.000Z`;
  }
  const time = parseEventTime(text);
  return time === null ? null : isoOf(time);
}

export function earlier(left: string, right: string): string {
  if (left < right) {
    return left;
  }
  return right;
}

export function later(left: string, right: string): string {
  if (left < right) {
    return right;
  }
  return left;
}
