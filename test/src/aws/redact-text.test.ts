import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { redactText } from '../../../src/aws/redact-text.ts';

test.each([
  ['password=hunter2hunter2', 'hunter2hunter2'],
  ['Authorization: AWS4-HMAC-SHA256abc', 'AWS4-HMAC-SHA256abc'],
  ['X-Amz-Security-Token=FwoGZXIvYXdzEXAMPLE', 'FwoGZXIvYXdzEXAMPLE'],
  [`Encoded authorization failure message: ${'aB3_'.repeat(60)}`, 'aB3_aB3_aB3_'],
  ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-def', 'eyJzdWIiOiIxMjM0In0'],
  ['The key ASIAIOSFODNN7EXAMPLE is old', 'ASIAIOSFODNN7'],
])('%s', (text, secret) => {
  expect(redactText(text)).not.toContain(secret);
});

test('names and ARNs stay readable', () => {
  const text =
    'User: arn:aws:sts::111122223333:assumed-role/OrganizationAccountAccessRole/afterleak-20261121T101500 may not';
  expect(redactText(text)).toBe(text);
});

test('never more than one bounded line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
      const redacted = redactText(text);
      expect(redacted.length).toBeLessThanOrEqual(401);
      expect(redacted).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    }),
  );
});
