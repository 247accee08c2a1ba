/** Of so few of one time each is put where it belongs: most times are those of two or three events. */
const few = 12;

type Compare = (left: number, right: number) => number;

/** Puts a stretch of the places in order. */
function sortStretch(places: Int32Array, from: number, to: number, compare: Compare): void {
  if (to - from > few) {
    places.subarray(from, to).sort(compare);
    return;
  }
  for (let next = from + 1; next < to; next += 1) {
    const place = places[next] ?? 0;
    let at = next;
    for (; at > from && compare(places[at - 1] ?? 0, place) > 0; at -= 1) {
      places[at] = places[at - 1] ?? 0;
    }
    places[at] = place;
  }
}

/** What the times are multiples of, in milliseconds: CloudTrail tells whole seconds. 0 = of nothing whole. */
function unitOf(times: Float64Array): number {
  let unit = 1000;
  for (const time of times) {
    if (time % unit !== 0) {
      unit = time % 1 === 0 ? 1 : 0;
      if (unit === 0) {
        return 0;
      }
    }
  }
  return unit;
}

function firstOf(times: Float64Array): number {
  let first = Number.POSITIVE_INFINITY;
  for (const time of times) {
    first = Math.min(first, time);
  }
  return first;
}

/**
 * Time and place in one number, in the order of the times: numbers are sorted many times faster than places by a
 * function. Null where a number does not hold both exactly.
 * @param room a power of two that is more than every place
 */
function packed(times: Float64Array, room: number): Float64Array | null {
  const unit = unitOf(times);
  const first = firstOf(times);
  const numbers = new Float64Array(times.length);
  for (let place = 0; place < times.length; place += 1) {
    const number = (((times[place] ?? 0) - first) / unit) * room + place;
    if (!Number.isSafeInteger(number)) {
      return null;
    }
    numbers[place] = number;
  }
  return numbers.sort();
}

/**
 * The places of times in their order.
 * @param times milliseconds
 * @param compare orders places of one time
 */
export function placesInTime(times: Float64Array, compare: Compare): Int32Array {
  const room = 2 ** Math.ceil(Math.log2(times.length + 1));
  const numbers = packed(times, room);
  const places = new Int32Array(times.length);
  if (numbers === null) {
    return places
      .map((_, place) => place)
      .sort((left, right) => (times[left] ?? 0) - (times[right] ?? 0) || compare(left, right));
  }
  let from = 0;
  let before = -1;
  for (let at = 0; at < places.length; at += 1) {
    const number = numbers[at] ?? 0;
    const time = Math.floor(number / room);
    places[at] = number - time * room;
    if (time !== before) {
      sortStretch(places, from, at, compare);
      from = at;
      before = time;
    }
  }
  sortStretch(places, from, places.length, compare);
  return places;
}
