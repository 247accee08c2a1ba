import { describe, expect, test } from '@jest/globals';
import { auditEvidence } from '../../../src/engine/audit-evidence.ts';
import { at, complete, first, inputOf, listingCheck, second } from './small-audit.ts';

const key = 'account.alternate-contacts';
const limited = listingCheck('test/limited', key);
const check = {
  ...limited,
  meta: {
    ...limited.meta,
    options: { days: { default: 90, description: 'limit' }, names: { default: ['a'], description: 'names' } },
  },
};
const left = listingCheck('test/left-out', key);
const sweep = { stored: [complete(key, at(first), []), complete(key, at(second), [])] };

describe('what of the catalogue a result covers', () => {
  test('without a selection and without options it says nothing', async () => {
    const result = await auditEvidence(inputOf([check], sweep));
    expect(result).not.toHaveProperty('checksNotRun');
    expect(result.checks[0]).not.toHaveProperty('optionsSet');
  });

  test('an option that repeats the default is not told', async () => {
    const checkOptions = { 'test/limited': { days: 90, names: ['a'] } };
    const result = await auditEvidence(inputOf([check], sweep, { checkOptions }));
    expect(result.checks[0]).not.toHaveProperty('optionsSet');
  });

  test('an option of its own and a check that was left out are told', async () => {
    const checkOptions = { 'test/limited': { days: 365, names: ['a'] } };
    const result = await auditEvidence(inputOf([check], sweep, { checkOptions, notRun: [left] }));
    expect(result.checks[0]?.optionsSet).toEqual({ days: 365 });
    expect(result.checksNotRun).toEqual([
      {
        id: 'test/left-out',
        title: 'fine',
        frameworks: left.meta.frameworks,
        techniques: left.meta.techniques,
      },
    ]);
  });
});
