import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PublishedLimit } from '../../../src/aws/published-limits.ts';
import { publishedLimits } from '../../../src/aws/published-limits.ts';
import { type CallPlace, createRateBudget } from '../../../src/aws/rate-budget.ts';
import { RunAborted } from '../../../src/aws/runtime.ts';
import { createTokenBucket } from '../../../src/aws/token-bucket.ts';
import { manualRuntime } from '../../support/aws-runtime.ts';

const place: CallPlace = {
  accountId: '111122223333',
  region: 'us-east-1',
  service: 'lambda',
  command: 'ListFunctions',
};

function rejectOnAbort(signal: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
}

describe('one bucket', () => {
  test('never more than burst + rate × time in any window, in the order asked, nobody left out', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 40 }),
        async (perSecond, burst, concurrency, calls) => {
          const runtime = manualRuntime(0);
          const bucket = createTokenBucket({
            runtime,
            signal: new AbortController().signal,
            perSecond,
            burst,
            concurrency,
          });
          const started: { readonly index: number; readonly at: number }[] = [];
          let inFlight = 0;
          await Promise.all(
            Array.from({ length: calls }, async (_unused, index) => {
              const turn = await bucket.take();
              inFlight += 1;
              expect(inFlight).toBeLessThanOrEqual(concurrency);
              started.push({ index, at: runtime.now() });
              await Promise.resolve();
              inFlight -= 1;
              turn.release();
            }),
          );
          expect(started.map((call) => call.index)).toEqual(
            Array.from({ length: calls }, (_unused, index) => index),
          );
          for (const [index, from] of started.entries()) {
            for (const [distance, to] of started.slice(index).entries()) {
              const allowed = burst + ((to.at - from.at) / 1000) * perSecond;
              expect(distance + 1).toBeLessThanOrEqual(allowed + 1e-6);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('stopping refuses everybody who waits', async () => {
    const controller = new AbortController();
    const bucket = createTokenBucket({
      runtime: { now: () => 0, random: () => 0, sleep: (_milliseconds, signal) => rejectOnAbort(signal) },
      signal: controller.signal,
      perSecond: 1,
      burst: 1,
      concurrency: 2,
    });
    await bucket.take();
    const waiting = [bucket.take(), bucket.take()];
    controller.abort();
    const results = await Promise.allSettled(waiting);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
    await expect(bucket.take()).rejects.toThrow(RunAborted);
  });
});

describe('published limits', () => {
  const budgetOf = (rateShare: number, limits: readonly PublishedLimit[] = publishedLimits) => {
    const runtime = manualRuntime(0);
    return {
      runtime,
      budget: createRateBudget({ runtime, signal: new AbortController().signal, rateShare, limits }),
    };
  };
  const take = async (budget: ReturnType<typeof budgetOf>['budget'], where: CallPlace, count: number) => {
    for (let index = 0; index < count; index += 1) {
      (await budget.acquire(where))();
    }
  };

  test('our share of the rate, after our share of the burst', async () => {
    const { runtime, budget } = budgetOf(0.5);
    await take(budget, place, 7);
    expect(runtime.now()).toBe(0);
    await take(budget, place, 15);
    expect(runtime.now() / 1000).toBeCloseTo(2, 1);
    expect(budget.waits()).toBeGreaterThan(0);
  });

  test('accounts and regions do not wait for each other', async () => {
    const { runtime, budget } = budgetOf(0.5);
    await take(budget, place, 7);
    await take(budget, { ...place, region: 'eu-central-1' }, 7);
    await take(budget, { ...place, accountId: '444455556666' }, 7);
    expect(runtime.now()).toBe(0);
  });

  test('REST and HTTP APIs share one bucket; GetResources has a narrower one besides', async () => {
    const { runtime, budget } = budgetOf(1);
    await take(budget, { ...place, service: 'api-gateway', command: 'GetRestApis' }, 20);
    await take(budget, { ...place, service: 'apigatewayv2', command: 'GetApis' }, 20);
    expect(runtime.now()).toBe(0);
    await take(budget, { ...place, service: 'apigatewayv2', command: 'GetApis' }, 1);
    expect(runtime.now()).toBeGreaterThan(0);
    const narrow = budgetOf(1);
    await take(narrow.budget, { ...place, service: 'api-gateway', command: 'GetResources' }, 6);
    expect(narrow.runtime.now()).toBeGreaterThan(0);
  });

  test('Organizations: each operation alone, one at a time', async () => {
    const { budget } = budgetOf(1);
    const where: CallPlace = { ...place, service: 'organizations', command: 'ListPolicies' };
    const release = await budget.acquire(where);
    let second = false;
    const waiting = budget.acquire(where).then((end) => {
      second = true;
      end();
    });
    await budget.acquire({ ...where, command: 'ListTargetsForPolicy' });
    expect(second).toBe(false);
    release();
    await waiting;
    expect(second).toBe(true);
  });

  test('every limit says where it comes from', () => {
    expect(publishedLimits.length).toBeGreaterThan(15);
    for (const limit of publishedLimits) {
      expect(limit.source.length).toBeGreaterThan(10);
      expect(limit.perSecond).toBeGreaterThan(0);
      expect(limit.burst).toBeGreaterThanOrEqual(1);
    }
  });
});
