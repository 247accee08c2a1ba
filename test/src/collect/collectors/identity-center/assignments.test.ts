import { expect, test } from '@jest/globals';
import assignments from '../../../../../src/collect/collectors/identity-center/assignments.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { denied, failure, fakeReader, output, type Script } from '../../../../support/fake-reader.ts';
import {
  dependencies,
  identityCenterAnswers,
  instanceArn,
  permissionSetArn,
  unit,
} from './identity-center-answers.ts';

const collect = async (changes: Script = {}) => {
  const reader = fakeReader({ ...identityCenterAnswers, ...changes }, unit);
  return { reader, observation: await assignments.collect(fakeCollectContext(reader, dependencies, unit)) };
};

test('asks once for each account to which a set is provisioned', async () => {
  const { reader, observation } = await collect();
  const common = { InstanceArn: instanceArn, PermissionSetArn: permissionSetArn, MaxResults: 100 };
  expect(reader.calls.map(({ input, options }) => [input, options.region])).toEqual([
    [{ ...common, AccountId: '111122223333' }, 'eu-central-1'],
    [{ ...common, AccountId: '444455556666' }, 'eu-central-1'],
  ]);
  const assignment = { permissionSetArn, principalType: 'GROUP', principalId: 'group-1' };
  expect(observation).toMatchObject({
    state: 'complete',
    value: [
      { accountId: '111122223333', ...assignment },
      { accountId: '444455556666', ...assignment },
    ],
  });
});

test('a refusal for one account names it', async () => {
  const { observation } = await collect({
    ListAccountAssignments: (input) =>
      input['AccountId'] === '444455556666' ? denied() : failure('ResourceNotFoundException'),
  });
  expect(observation).toMatchObject({
    state: 'partial',
    value: [],
    gaps: [{ reason: 'access-denied', resource: `${permissionSetArn} in 444455556666` }],
  });
});

test('an assignment without principal is a gap', async () => {
  const { observation } = await collect({
    ListAccountAssignments: output({ AccountAssignments: [{ PrincipalType: 'USER' }] }),
  });
  expect(observation).toMatchObject({ state: 'partial', value: [], gaps: [{ reason: 'malformed' }, {}] });
});
