import { expect, test } from '@jest/globals';
import { hoursOfDuration } from '../../../src/model/iso-duration.ts';

test.each([
  ['PT1H', 1],
  ['PT12H', 12],
  ['PT90M', 1.5],
  ['PT1H30M', 1.5],
  ['P1DT1H', 25],
  ['PT36S', 0.01],
  ['PT0S', 0],
])('%s is %d hours', (text, hours) => {
  expect(hoursOfDuration(text)).toBe(hours);
});

test.each(['', 'P', 'PT', '12H', 'P1M', 'P1Y', 'pt1h', 'PT1H '])('%j cannot be read', (text) => {
  expect(hoursOfDuration(text)).toBeNull();
});
