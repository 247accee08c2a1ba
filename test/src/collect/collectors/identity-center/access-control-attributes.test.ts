import { expect, test } from '@jest/globals';
import accessControlAttributes from '../../../../../src/collect/collectors/identity-center/access-control-attributes.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { failure, fakeReader, output, type Reply } from '../../../../support/fake-reader.ts';
import { dependencies, identityCenterAnswers, instanceArn, unit } from './identity-center-answers.ts';

const command = 'DescribeInstanceAccessControlAttributeConfiguration';

const collect = (reply?: Reply) =>
  accessControlAttributes.collect(
    fakeCollectContext(
      fakeReader({ ...identityCenterAnswers, ...(reply === undefined ? {} : { [command]: reply }) }, unit),
      dependencies,
      unit,
    ),
  );

test('keeps the attributes and where they come from', async () => {
  expect(await collect()).toMatchObject({
    state: 'complete',
    value: [
      {
        instanceArn,
        present: true,
        status: 'ENABLED',
        attributes: [{ key: 'team', sources: ['user.department'] }],
      },
    ],
  });
});

test('not set up is a known absence', async () => {
  expect(await collect(failure('ResourceNotFoundException'))).toMatchObject({
    state: 'complete',
    value: [{ present: false, attributes: [] }],
  });
});

test('an attribute without source is a gap', async () => {
  const configuration = { AccessControlAttributes: [{ Key: 'team' }] };
  expect(await collect(output({ InstanceAccessControlAttributeConfiguration: configuration }))).toMatchObject(
    { state: 'partial', gaps: [{ reason: 'malformed', resource: instanceArn }] },
  );
});
