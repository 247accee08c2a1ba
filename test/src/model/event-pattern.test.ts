import { describe, expect, test } from '@jest/globals';
import { eventPatternTakes, wildcardMatches } from '../../../src/model/event-pattern.ts';
import { filterPatternTakes } from '../../../src/model/filter-pattern.ts';

const event = {
  source: 'aws.iam',
  detail: { eventName: 'CreateUser', readOnly: false, userIdentity: { type: 'Root' } },
};
const name = (...wanted: readonly unknown[]) => ({ detail: { eventName: wanted } });

describe('patterns of EventBridge', () => {
  const takes: readonly (readonly [string, unknown, boolean])[] = [
    ['everything', {}, true],
    ['an exact text', name('DeleteUser', 'CreateUser'), true],
    ['another text', name('DeleteUser'), false],
    ['a truth value', { detail: { readOnly: [false] } }, true],
    ['a prefix', name({ prefix: 'Create' }), true],
    ['a prefix in any case', name({ prefix: { 'equals-ignore-case': 'create' } }), true],
    ['a suffix', name({ suffix: 'Key' }), false],
    ['any case', name({ 'equals-ignore-case': 'createuser' }), true],
    ['a wildcard', name({ wildcard: 'Cr*User' }), true],
    ['anything but others', name({ 'anything-but': ['DeleteUser'] }), true],
    ['anything but this', name({ 'anything-but': 'CreateUser' }), false],
    ['anything but a prefix', name({ 'anything-but': { prefix: 'Create' } }), false],
    ['that it is there', name({ exists: true }), true],
    ['that it is not', name({ exists: false }), false],
    ['that something else is not', { detail: { errorCode: [{ exists: false }] } }, true],
    [
      'something that the sample does not say',
      { detail: { sourceIPAddress: [{ cidr: '192.0.2.0/24' }] } },
      false,
    ],
    ['something below what is not there', { detail: { requestParameters: { userName: ['x'] } } }, false],
    ['one of two', { $or: [name('X'), { source: ['aws.iam'] }] }, true],
    ['none of two', { $or: [name('X'), name('Y')] }, false],
    ['an unknown operator', name({ sounds: 'like' }), false],
    ['no pattern', [], false],
  ];
  test.each(takes)('%s', (_name, pattern, expected) => {
    expect(eventPatternTakes(JSON.stringify(pattern), event)).toBe(expected);
  });

  test('what is no JSON takes nothing', () => {
    expect(eventPatternTakes('{"source":', event)).toBe(false);
  });
});

test.each([
  ['*', 'x', true],
  ['a*', 'ab', true],
  ['a*b*c', 'a-b-c', true],
  ['a*b*c', 'a-c', false],
  ['ab*ba', 'aba', false],
  ['a', 'ab', false],
])('%s and %s: %s', (pattern, text, expected) => {
  expect(wildcardMatches(pattern, text)).toBe(expected);
});

describe('patterns of metric filters', () => {
  const { detail } = event;
  const takes: readonly (readonly [string, boolean])[] = [
    ['{ $.eventName = CreateUser }', true],
    ['{$.eventName="CreateUser"}', true],
    ['{ $.eventName = "Create*" && $.userIdentity.type = "Root" }', true],
    ['{ $.eventName != "CreateUser" }', false],
    ['{ ($.eventName = X) || (($.eventName = Y) || ($.readOnly IS FALSE)) }', true],
    ['{ $.errorCode NOT EXISTS }', true],
    ['{ $.errorCode EXISTS }', false],
    ['{ $.errorCode = "*Unauthorized*" }', false],
    ['{ $.readOnly IS TRUE }', false],
    ['{ $.count > 5 }', false],
    ['{ $.eventName = CreateUser', false],
    ['{ $.eventName = CreateUser } x', false],
    ['[ip, user]', false],
    ['ERROR', false],
    ['', false],
  ];
  test.each(takes)('%s', (pattern, expected) => {
    expect(filterPatternTakes(pattern, detail)).toBe(expected);
  });
});
