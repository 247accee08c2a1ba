import { property, textProperty } from './error-shape.ts';
import type { AwsRuntime } from './runtime.ts';

/** When answers were given by the service's own clock, and how far that is from ours. */
export interface AnswerTimes {
  answered(output: unknown, response: unknown): void;
  /** UTC time of the answer; our own clock where the service gave none. */
  asOf(output: unknown): string;
  /** Largest difference seen, in seconds; positive when the service's clock is ahead. */
  skewSeconds(): number;
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

export function createAnswerTimes(runtime: AwsRuntime): AnswerTimes {
  const times = new WeakMap<object, number>();
  let skew = 0;
  return {
    answered(output, response) {
      const date = textProperty(property(response, 'headers'), 'date');
      const time = date === null ? Number.NaN : Date.parse(date);
      if (Number.isNaN(time) || typeof output !== 'object' || output === null) {
        return;
      }
      times.set(output, time);
      // The header has whole seconds: a difference below one says nothing.
      const difference = Math.trunc((time - runtime.now()) / 1000);
      if (Math.abs(difference) > Math.abs(skew)) {
        skew = difference;
      }
    },
    asOf(output) {
      const time = typeof output === 'object' && output !== null ? times.get(output) : undefined;
      return isoTime(time ?? runtime.now());
    },
    skewSeconds: () => skew,
  };
}
