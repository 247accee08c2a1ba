import { describe, expect, test } from '@jest/globals';
import { FatalAwsError } from '../../../src/aws/fatal-aws-error.ts';
import { RunAborted } from '../../../src/aws/runtime.ts';
import { accountUnit } from '../../../src/model/scope.ts';
import { part } from '../../../src/triage/probe.ts';
import { startTimeBudget } from '../../../src/triage/time-budget.ts';
import { fakeProbe, steppedClock } from './support/stepped-clock.ts';

const unit = accountUnit('aws', '111122223333');

describe('the wall', () => {
  test('ends the calls when the clock reaches it, not before', async () => {
    const clock = steppedClock();
    const budget = startTimeBudget(clock.runtime, new AbortController().signal, 110_000);
    await clock.advance(109_999);
    expect(budget.signal.aborted).toBe(false);
    expect(budget.exhausted()).toBe(false);
    await clock.advance(1);
    expect(budget.signal.aborted).toBe(true);
    expect(budget.exhausted()).toBe(true);
    expect(budget.elapsed()).toBe(110_000);
  });

  test('a user who stops is not a wall', async () => {
    const clock = steppedClock();
    const stop = new AbortController();
    const budget = startTimeBudget(clock.runtime, stop.signal, 110_000);
    stop.abort();
    expect(budget.signal.aborted).toBe(true);
    expect(budget.exhausted()).toBe(false);
  });

  test('ended in time, it waits for nothing more', async () => {
    const clock = steppedClock();
    const budget = startTimeBudget(clock.runtime, new AbortController().signal, 110_000);
    budget.end();
    await clock.advance(200_000);
    expect(budget.signal.aborted).toBe(false);
  });
});

describe('a part of the work', () => {
  test('that the wall cuts off is a gap with the time in it', async () => {
    const probe = fakeProbe({ exhausted: true });
    const value = await part(probe, unit, 'iam:ListAccessKeys', 'nothing', () =>
      Promise.reject(new RunAborted('stopped')),
    );
    expect(value).toBe('nothing');
    expect(probe.gaps).toMatchObject([
      { operation: 'iam:ListAccessKeys', reason: 'aborted', detail: 'not reached within 110 s', unit },
    ]);
  });

  test('that the user stopped is no answer at all', async () => {
    const probe = fakeProbe({ exhausted: false });
    const work = part(probe, unit, 'x', null, () => Promise.reject(new RunAborted('stopped')));
    await expect(work).rejects.toThrow(RunAborted);
  });

  test('that lost its session is a gap: what others saw is kept', async () => {
    const probe = fakeProbe({ exhausted: false });
    const value = await part(probe, unit, 'x', 0, () =>
      Promise.reject(new FatalAwsError('the credentials expired', 'Sign in again.')),
    );
    expect(value).toBe(0);
    expect(probe.gaps).toMatchObject([
      { reason: 'error', detail: 'the credentials expired. Sign in again.' },
    ]);
  });

  test('that has a bug fails loudly', async () => {
    const probe = fakeProbe({ exhausted: false });
    await expect(part(probe, unit, 'x', 0, () => Promise.reject(new TypeError('bug')))).rejects.toThrow(
      'bug',
    );
  });
});
