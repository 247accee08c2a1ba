import { beforeAll, expect, test } from '@jest/globals';
import { FatalAwsError } from '../../src/aws/fatal-aws-error.ts';
import { verdictOf } from '../../src/pipeline/exit-code.ts';
import { prepareWalk, type Walk } from './walk.ts';
import { operationName } from './wire-operations.ts';

let walk: Walk;

beforeAll(async () => {
  walk = await prepareWalk();
}, 300_000);

test('the recorded organization gives every declared operation something to read', () => {
  const called = new Set(walk.undisturbed.ledger.map(({ operation }) => operation));
  expect(walk.operations.length).toBeGreaterThan(70);
  expect(walk.operations.map(operationName).filter((name) => !called.has(name))).toEqual([]);
});

test('undisturbed, nothing is unseen', () => {
  expect(walk.undisturbed.result.coverage.gaps).toEqual([]);
  expect(walk.undisturbed.result.results.filter(({ outcome }) => outcome === 'unevaluated')).toEqual([]);
});

test('one operation after the other is denied: no check that needs it passes, and the run is incomplete', async () => {
  expect(await walk.trouble('deny')).toEqual([]);
}, 900_000);

test('every member account refuses the role', async () => {
  const { result, stopped } = await walk.sweep((key) => (key.operation === 'AssumeRole' ? 'deny' : null));
  expect(stopped).toBeNull();
  expect(result.scope.accounts).toEqual(['111122223333']);
  expect(verdictOf(result, 'high', false).exitCode).toBe(2);
  const passes = result.results
    .filter(({ outcome }) => outcome === 'pass')
    .flatMap(({ units }) => units.map(({ accountId }) => accountId ?? 'organization'));
  expect([...new Set(passes)].sort()).toEqual(['111122223333', 'organization']);
});

test('nobody says who is calling: no run, and one line that says so', async () => {
  await expect(walk.sweep((key) => (key.service === 'sts' ? 'deny' : null))).rejects.toThrow(FatalAwsError);
});

test('everything but the caller and the roles is denied: nothing passes', async () => {
  const { result, stopped } = await walk.sweep((key) => (key.service === 'sts' ? null : 'deny'));
  expect(stopped).toBeNull();
  expect(verdictOf(result, 'high', false).exitCode).toBe(2);
  expect(result.results.filter(({ outcome }) => outcome === 'pass')).toEqual([]);
  expect(result.findings).toEqual([]);
});
