import { expect, test } from '@jest/globals';
import { reperform } from '../../../src/pipeline/reperform.ts';

test('log files that nobody can read are refused, not left out of the comparison', async () => {
  await expect(reperform('run', { trail: ['logs'] })).rejects.toMatchObject({
    name: 'InputError',
    message: expect.stringContaining('cannot be read again without a host'),
  });
});
