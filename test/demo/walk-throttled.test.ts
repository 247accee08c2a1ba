import { expect, test } from '@jest/globals';
import { prepareWalk } from './walk.ts';

test('one operation after the other is throttled for good: no check that needs it passes, and the run is incomplete', async () => {
  const walk = await prepareWalk();
  expect(walk.operations.length).toBeGreaterThan(70);
  expect(await walk.trouble('throttle')).toEqual([]);
}, 900_000);
