import { expect, test } from '@jest/globals';
import signingCertificates from '../../../../../src/collect/collectors/iam/signing-certificates.ts';
import { denied, output } from '../../../../support/fake-reader.ts';
import { outcomeOf } from '../support/outcome-of.ts';

test('asks for every user: an inactive certificate shows in no report', async () => {
  const { value, reader } = await outcomeOf(signingCertificates);
  expect(reader.calls).toHaveLength(2);
  expect(value).toEqual([
    {
      userName: 'zoe',
      userArn: 'arn:aws:iam::111122223333:user/zoe',
      certificateId: 'CERTIFICATE1',
      status: 'Inactive',
      uploadedAt: '2025-01-02T03:04:05.000Z',
    },
    expect.objectContaining({ certificateId: 'CERTIFICATE2' }),
  ]);
});

test('one denied user is a gap that names the user', async () => {
  const { state, gaps } = await outcomeOf(signingCertificates, {
    ListSigningCertificates: (input) =>
      input['UserName'] === 'zoe' ? denied() : output({ Certificates: [{}] }),
  });
  expect(state).not.toBe('complete');
  expect(gaps.map((gap) => gap.resource)).toEqual([
    'arn:aws:iam::111122223333:user/ada',
    'arn:aws:iam::111122223333:user/zoe',
  ]);
});
