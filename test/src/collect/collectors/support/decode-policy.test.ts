import { describe, expect, test } from '@jest/globals';
import { decodePolicy, unreadPolicy } from '../../../../../src/collect/collectors/support/decode-policy.ts';

const document = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"100%25"}]}';

describe('decodePolicy', () => {
  test('undoes percent-encoding and nothing else', () => {
    expect(decodePolicy(encodeURIComponent(document))).toEqual({ text: document, problem: null });
  });

  test('takes plain JSON verbatim, its own percent signs included', () => {
    expect(decodePolicy(document)).toEqual({ text: document, problem: null });
  });

  test('keeps white space, so that a content hash does not change', () => {
    const spaced = '{\n  "Version": "2012-10-17",\n  "Statement": []\n}\n';
    expect(decodePolicy(encodeURIComponent(spaced)).text).toBe(spaced);
  });

  test.each(['%7B%', '%E0%A4%A', '%7B%22Version%22', 'null', '"text"', '[]', 'not a policy'])(
    'keeps the raw text of %s with a problem',
    (raw) => {
      const decoded = decodePolicy(raw);
      expect(decoded.text).toBe(raw);
      expect(decoded.problem).toMatch(/policy document/u);
    },
  );

  test.each([undefined, ''])('has a problem with no document at all', (raw) => {
    expect(decodePolicy(raw)).toEqual({ text: unreadPolicy, problem: 'the answer holds no policy document' });
  });
});
