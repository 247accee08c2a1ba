import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { codeIndicatorSignals } from '../../../src/model/code-indicator.ts';
import { buildIncident } from '../../../src/testing/builders/account.ts';

const base64 = createHash('sha256').update('code').digest('base64');
const hex = createHash('sha256').update('code').digest('hex');

function codesFor(indicator: string, codeSha256: string | null = base64): readonly string[] {
  const incident = buildIncident({ indicators: { codeSha256: [indicator] } });
  return codeIndicatorSignals(incident, codeSha256, 'endpoints').map(({ code }) => code);
}

describe('codeIndicatorSignals', () => {
  test('matches a digest in either spelling', () => {
    expect([codesFor(base64), codesFor(hex), codesFor(hex.toUpperCase())]).toEqual([
      ['indicator-match'],
      ['indicator-match'],
      ['indicator-match'],
    ]);
  });

  test('matches nothing else', () => {
    expect([codesFor('0'.repeat(64)), codesFor(base64, null), codesFor('x', 'no digest')]).toEqual([
      [],
      [],
      [],
    ]);
    expect(codeIndicatorSignals(null, base64, 'endpoints')).toEqual([]);
  });
});
