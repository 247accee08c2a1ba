import { describe, expect, test } from '@jest/globals';
import { accountOfKeyId, parseAccessKeyId } from '../../../src/triage/access-key-id.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The other direction: mark, forty bits of account, thirty-nine of chance, in base32. */
function keyIdOf(account: string, rest: bigint, prefix = 'AKIA'): string {
  const bits = (1n << 79n) | (BigInt(account) << 39n) | rest;
  const digits = Array.from({ length: 16 }, (_, index) => Number((bits >> BigInt(5 * (15 - index))) & 31n));
  return `${prefix}${digits.map((digit) => alphabet.charAt(digit)).join('')}`;
}

/** A fixed stream of numbers: the same cases every time. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state;
  }
}

describe('the account in the digits of a key', () => {
  test('comes back for every account and every rest', () => {
    const stream = numbers(7);
    const next = (): bigint => BigInt(stream.next().value);
    for (let index = 0; index < 2000; index += 1) {
      const account = (((next() << 32n) | next()) % 1_000_000_000_000n).toString().padStart(12, '0');
      const rest = ((next() << 32n) | next()) & ((1n << 39n) - 1n);
      expect(accountOfKeyId(keyIdOf(account, rest))).toBe(account);
    }
  });

  test.each(['000000000000', '000000000001', '999999999999', '111122223333'])('%s', (account) => {
    expect(accountOfKeyId(keyIdOf(account, 0n, 'ASIA'))).toBe(account);
    expect(accountOfKeyId(keyIdOf(account, (1n << 39n) - 1n))).toBe(account);
  });

  test('is not read from ids of before the encoding, nor from what is no account', () => {
    expect(accountOfKeyId('AKIAIOSFODNN7EXAMPLE')).toBeNull();
    expect(accountOfKeyId('AKIAJ2222222EXAMPLEX')).toBeNull();
    expect(accountOfKeyId('AKIA7777777777777777')).toBeNull();
    expect(accountOfKeyId('AKIAQ1080000EXAMPLE1')).toBeNull();
    expect(accountOfKeyId('AKIAQ')).toBeNull();
  });
});

describe('what is an access key id', () => {
  test.each([
    ['AKIAIOSFODNN7EXAMPLE', 'long-term'],
    ['ASIAIOSFODNN7EXAMPLE', 'temporary'],
    ['ABIAIOSFODNN7EXAMPLE', 'bearer-token'],
    ['ACCAIOSFODNN7EXAMPLE', 'context-specific'],
    ['  AKIAIOSFODNN7EXAMPLE\n', 'long-term'],
  ])('%s is a %s key', (text, type) => {
    expect(parseAccessKeyId(text)).toMatchObject({ ok: true, key: { id: text.trim(), type } });
  });

  test.each([
    ['AIDAIOSFODNN7EXAMPLE', 'IAM user'],
    ['AROAIOSFODNN7EXAMPLE', 'role'],
    ['arn:aws:iam::111122223333:user/deploy', 'begins with AKIA or ASIA'],
    ['', 'begins with AKIA or ASIA'],
    ['AKIA', '16 to 128'],
    ["AKIA'; rm -rf / #AAAA", '16 to 128'],
    ['akiaiosfodnn7example', '16 to 128'],
  ])('%s is none', (text, problem) => {
    const parsed = parseAccessKeyId(text);
    expect(parsed.ok ? '' : parsed.problem).toContain(problem);
  });
});
