import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parsePolicyDocument } from '../../../src/iam/parse-policy-document.ts';
import { documentOf } from './builders.ts';

const problemOf = (text: string): string => {
  const parsed = parsePolicyDocument(text);
  return parsed.ok ? '' : parsed.problem;
};

describe('parsePolicyDocument', () => {
  test('one statement, strings instead of lists, byte order mark, percent-encoding', () => {
    const text = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}';
    const expected = {
      index: 0,
      sid: null,
      effect: 'Allow',
      principals: null,
      notPrincipals: null,
      actions: ['s3:*'],
      notActions: null,
      resources: ['*'],
      notResources: null,
      conditions: [],
      unsupported: [],
    };
    for (const spelling of [text, `\uFEFF${text}`, encodeURIComponent(text), ` ${text}\n`]) {
      expect(documentOf(spelling)).toEqual({
        version: '2012-10-17',
        statements: [expected],
        unsupported: [],
      });
    }
  });

  test('conditions and principals in one shape', () => {
    const [statement] = documentOf({
      Statement: {
        Effect: 'Deny',
        Action: 'sts:AssumeRole',
        Principal: { AWS: ['111122223333', '*'], Service: 'lambda.amazonaws.com' },
        Condition: { 'foranyvalue:stringlikeifexists': { 'aws:CalledVia': ['a', 'b'] }, Bool: { k: true } },
      },
    }).statements;
    expect(statement?.principals).toEqual([
      { type: 'AWS', value: '111122223333' },
      { type: 'AWS', value: '*' },
      { type: 'Service', value: 'lambda.amazonaws.com' },
    ]);
    expect(statement?.conditions).toEqual([
      {
        operator: 'StringLike',
        qualifier: 'ForAnyValue',
        ifExists: true,
        key: 'aws:CalledVia',
        values: ['a', 'b'],
      },
      { operator: 'Bool', qualifier: null, ifExists: false, key: 'k', values: ['true'] },
    ]);
  });

  test.each([
    ['unknown element', { Effect: 'Allow', Action: '*', Resource: '*', Extra: 1 }, ['extra']],
    ['no effect', { Action: '*', Resource: '*' }, ['Effect']],
    ['misspelt effect', { Effect: 'allow', Action: '*', Resource: '*' }, ['Effect']],
    ['no action', { Effect: 'Allow', Resource: '*' }, ['Action']],
    ['both actions', { Effect: 'Allow', Action: '*', NotAction: '*', Resource: '*' }, ['Action']],
    ['action of another type', { Effect: 'Allow', Action: [1], Resource: '*' }, ['Action']],
    ['both resources', { Effect: 'Allow', Action: '*', Resource: '*', NotResource: '*' }, ['Resource']],
    ['condition is a list', { Effect: 'Allow', Action: '*', Resource: '*', Condition: [] }, ['Condition']],
    [
      'condition without a value',
      { Effect: 'Allow', Action: '*', Resource: '*', Condition: { Bool: { k: null } } },
      ['Condition Bool k'],
    ],
    ['principal is a number', { Effect: 'Allow', Action: '*', Principal: 3 }, ['Principal']],
    ['no statement object', 'Allow everything', ['Action', 'Effect', 'Statement']],
  ])('%s is kept as unsupported', (_name, statement, unsupported) => {
    expect(documentOf({ Statement: [statement] }).statements[0]?.unsupported).toEqual(unsupported);
  });

  test('an element that stands twice is not decided silently', () => {
    const text = '{"Statement":[{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}]}';
    expect(documentOf(text).unsupported).toEqual(['duplicate element Effect']);
    const cases = '{"Statement":[{"Effect":"Deny","effect":"Allow","Action":"*","Resource":"*"}]}';
    expect(documentOf(cases).statements[0]?.unsupported).toEqual(['duplicate element effect']);
    const escaped = '{"Statement":[],"Id":"a","\\u0049d":"b"}';
    expect(documentOf(escaped).unsupported).toEqual(['duplicate element Id']);
  });

  test('unknown version and unknown top element', () => {
    expect(documentOf({ Version: '2030-01-01', Statement: [], Hint: 1 }).unsupported).toEqual([
      'Version',
      'hint',
    ]);
  });

  test.each(['', '[]', 'null', '3', '{}', '{"Statement":null}', '{"a":', '%7B%', '%zz', '['.repeat(200_000)])(
    'no policy: %#',
    (text) => {
      expect(problemOf(text)).not.toBe('');
    },
  );

  test('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => `{"Statement":${json}}`),
        ),
        (text) => {
          expect(typeof parsePolicyDocument(text).ok).toBe('boolean');
        },
      ),
    );
  });
});
