import { expect, test } from '@jest/globals';
import applications from '../../../../../src/collect/collectors/identity-center/applications.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { denied, fakeReader, output, type Script } from '../../../../support/fake-reader.ts';
import { applicationArn, dependencies, identityCenterAnswers, unit } from './identity-center-answers.ts';

const collect = (changes: Script = {}) =>
  applications.collect(
    fakeCollectContext(fakeReader({ ...identityCenterAnswers, ...changes }, unit), dependencies, unit),
  );

test('keeps who may use an application and how it gets tokens', async () => {
  expect(await collect()).toMatchObject({
    state: 'complete',
    value: [
      {
        arn: applicationArn,
        name: 'portal',
        status: 'ENABLED',
        assignmentRequired: false,
        grants: ['authorization_code', 'refresh_token'],
      },
    ],
  });
});

test.each([
  ['refused', denied()],
  ['not told', output({})],
])('an assignment setting that is %s stays unknown, with a gap', async (_how, reply) => {
  expect(await collect({ GetApplicationAssignmentConfiguration: reply })).toMatchObject({
    state: 'partial',
    value: [{ assignmentRequired: null }],
    gaps: [{ resource: applicationArn }],
  });
});

test('none is a known absence, one without provider a gap', async () => {
  expect(await collect({ ListApplications: output({ Applications: [] }) })).toMatchObject({
    state: 'complete',
    value: [],
  });
  expect(
    await collect({ ListApplications: output({ Applications: [{ ApplicationArn: applicationArn }] }) }),
  ).toMatchObject({ state: 'partial', gaps: [{ reason: 'malformed', resource: applicationArn }] });
});
