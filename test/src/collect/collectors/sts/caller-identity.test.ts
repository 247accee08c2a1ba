import { expect, test } from '@jest/globals';
import callerIdentity from '../../../../../src/collect/collectors/sts/caller-identity.ts';
import { output } from '../../../../support/fake-reader.ts';
import { recordedAnswers, recordedOutput } from '../../../../support/recorded-answers.ts';
import { outcomeOf } from '../support/outcome-of.ts';

test('names the session that reads', async () => {
  const { value } = await outcomeOf(callerIdentity);
  expect(value).toEqual({
    accountId: '111122223333',
    arn: 'arn:aws:sts::111122223333:assumed-role/afterleak/sweep',
    userId: 'AROAEXAMPLE:sweep',
  });
});

test('an answer without an account is malformed', async () => {
  const { state, gaps } = await outcomeOf(callerIdentity, { GetCallerIdentity: output({}) });
  expect(state).toBe('missing');
  expect(gaps).toMatchObject([{ reason: 'malformed' }]);
});

test('reads recorded answers', async () => {
  const recorded = recordedOutput('cloudmapper-demo-account', 'us-east-1', 'sts-get-caller-identity.json');
  const answers = [
    ...(recordedAnswers('sts', 'GetCallerIdentity') ?? []),
    ...(recorded === null ? [] : [recorded]),
  ];
  for (const answer of answers) {
    expect((await outcomeOf(callerIdentity, { GetCallerIdentity: output(answer) })).state).toBe('complete');
  }
});
