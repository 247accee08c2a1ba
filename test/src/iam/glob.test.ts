import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { conditionContext } from '../../../src/iam/condition-context.ts';
import { compileGlob, globContains, globsOverlap, globText, literalGlob } from '../../../src/iam/glob.ts';
import { commonPart, matchesAction, matchesArn } from '../../../src/iam/matching.ts';

/** The definition, without any thought of cost. */
const naive = (pattern: string, text: string): boolean => {
  if (pattern === '') {
    return text === '';
  }
  const rest = pattern.slice(1);
  if (pattern[0] === '*') {
    return naive(rest, text) || (text !== '' && naive(pattern, text.slice(1)));
  }
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && naive(rest, text.slice(1));
};

const words = (letters: string, longest: number) =>
  fc.array(fc.constantFrom(...letters), { maxLength: longest }).map((list) => list.join(''));

const texts = (longest: number): readonly string[] =>
  longest === 0 ? [''] : ['', ...texts(longest - 1).flatMap((text) => [`a${text}`, `b${text}`])];

const matches = (pattern: string, text: string) => globContains(compileGlob(pattern), literalGlob(text));

describe('globs', () => {
  test('match as the definition says', () => {
    fc.assert(
      fc.property(words('ab*?', 7), words('ab', 7), (pattern, text) => {
        expect(matches(pattern, text)).toBe(naive(pattern, text));
      }),
      { numRuns: 2000 },
    );
  });

  test('what contains another matches all that the other matches', () => {
    const short = [...new Set(texts(5))];
    fc.assert(
      fc.property(words('ab*?', 5), words('ab*?', 5), (outer, inner) => {
        const covered = short.filter((text) => naive(inner, text)).every((text) => naive(outer, text));
        const contains = globContains(compileGlob(outer), compileGlob(inner));
        expect(contains && !covered).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('overlap means that some text matches both', () => {
    const short = [...new Set(texts(6))];
    fc.assert(
      fc.property(words('ab*?', 4), words('ab*?', 4), (left, right) => {
        const common = short.some((text) => naive(left, text) && naive(right, text));
        expect(globsOverlap(compileGlob(left), compileGlob(right))).toBe(common);
      }),
      { numRuns: 500 },
    );
  });

  test('hostile patterns cost no more than the product of the lengths', () => {
    const pattern = `${'a*'.repeat(5000)}b`;
    const started = process.hrtime.bigint();
    expect(matches(pattern, 'a'.repeat(10_000))).toBe(false);
    expect(Number(process.hrtime.bigint() - started) / 1e9).toBeLessThan(5);
  });

  test('equal sets are written equally', () => {
    expect(globText(compileGlob('a**?*?b'))).toBe('a??*b');
  });
});

describe('matchesAction', () => {
  test.each([
    ['*', 'iam:CreateUser', true],
    ['*:*', 'iam:CreateUser', true],
    ['IAM:createuser', 'iam:CreateUser', true],
    ['iam:Create*', 'iam:CreateUser', true],
    ['iam:C?eateUser', 'iam:CreateUser', true],
    ['i*User', 'iam:CreateUser', true],
    ['iam:*Key', 'iam:CreateUser', false],
    ['iam:Create', 'iam:CreateUser', false],
    ['ia:*', 'iam:CreateUser', false],
  ])('%s on %s: %s', (pattern, action, expected) => {
    expect(matchesAction(pattern, action)).toBe(expected);
  });
});

describe('matchesArn', () => {
  const alice = 'arn:aws:iam::111122223333:user/team/alice';
  test.each([
    ['*', alice, 'matches'],
    ['arn:aws:iam::*:user/*', alice, 'matches'],
    ['arn:aws:iam::111122223333:user/*/alice', alice, 'matches'],
    ['arn:aws:iam::111122223333:user/*', alice, 'matches'],
    ['arn:aws:iam*', alice, 'matches'],
    ['arn:aws:iam::111122223333:USER/*', alice, 'no-match'],
    ['arn:aws:iam::111122223333:user/alice', alice, 'no-match'],
    [`arn:aws:iam::111122223333:user/team/\${aws:username}`, alice, 'matches'],
    [`arn:aws:iam::111122223333:user/\${aws:username}`, alice, 'no-match'],
    [`arn:aws:iam::111122223333:user/\${aws:PrincipalTag/team}/alice`, alice, 'conditional'],
    [`arn:aws:iam::111122223333:group/\${aws:PrincipalTag/team}`, alice, 'no-match'],
    [`arn:aws:iam::111122223333:user/\${aws:FederatedProvider, 'team'}/alice`, alice, 'matches'],
    [`arn:aws:iam::111122223333:user/\${aws:FederatedProvider}/alice`, alice, 'no-match'],
    [`arn:aws:iam::111122223333:user/\${*}`, alice, 'no-match'],
    [`arn:aws:iam::111122223333:user/\${*}`, 'arn:aws:iam::111122223333:user/*', 'matches'],
    [`arn:aws:iam::111122223333:user/\${aws:username`, alice, 'no-match'],
  ])('%s on %s: %s', (pattern, arn, expected) => {
    const context = conditionContext({ 'aws:username': 'alice', 'aws:FederatedProvider': null });
    expect(matchesArn(pattern, arn, context)).toBe(expected);
  });

  test('a value never becomes a wildcard', () => {
    const context = conditionContext({ 'aws:username': '*' });
    expect(matchesArn(`arn:aws:s3:::home/\${aws:username}`, 'arn:aws:s3:::home/alice', context)).toBe(
      'no-match',
    );
  });
});

describe('commonPart', () => {
  test.each([
    ['*', 'arn:aws:iam::1:user/*', 'arn:aws:iam::1:user/*', true],
    ['arn:aws:iam::1:user/*', 'arn:aws:iam::*:user/dev-*', 'arn:aws:iam::1:user/dev-*', true],
    ['arn:aws:iam::1:role/a*', 'arn:aws:iam::1:role/*b', 'arn:aws:iam::1:role/a*', false],
  ])('%s and %s', (left, right, glob, exact) => {
    const common = commonPart(compileGlob(left), compileGlob(right));
    expect([globText(common?.glob ?? []), common?.exact]).toEqual([glob, exact]);
  });

  test('nothing in common', () => {
    expect(commonPart(compileGlob('arn:aws:iam::1:user/*'), compileGlob('arn:aws:iam::2:*'))).toBeNull();
  });
});
