import { expect, test } from '@jest/globals';
import instances from '../../../../../src/collect/collectors/identity-center/instances.ts';
import { regionUnit } from '../../../../../src/model/scope.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { fakeReader, output, pages, type Script } from '../../../../support/fake-reader.ts';
import { identityCenterAnswers, instance, instanceAnswer } from './identity-center-answers.ts';

const unit = regionUnit('aws', '444455556666', 'eu-west-1');
const collect = (script: Script) => instances.collect(fakeCollectContext(fakeReader(script, unit), {}, unit));

test('records the region that was asked, or the primary one of a replicated instance', async () => {
  expect(await collect(identityCenterAnswers)).toMatchObject({
    state: 'complete',
    value: [{ ...instance, region: 'eu-west-1' }],
  });
  const replicated = { ...instanceAnswer, PrimaryRegion: 'us-east-1' };
  expect(await collect({ ListInstances: output({ Instances: [replicated] }) })).toMatchObject({
    value: [{ region: 'us-east-1' }],
  });
});

test('none is a known absence, two pages are read, an instance without owner is a gap', async () => {
  expect(await collect({ ListInstances: output({ Instances: [] }) })).toMatchObject({
    state: 'complete',
    value: [],
  });
  const { OwnerAccountId: _, ...ownerless } = instanceAnswer;
  const observation = await collect({
    ListInstances: pages({ Instances: [instanceAnswer], NextToken: '2' }, { Instances: [ownerless] }),
  });
  expect(observation).toMatchObject({
    state: 'partial',
    value: [{ arn: instance.arn }],
    gaps: [{ reason: 'malformed', resource: instance.arn }],
  });
});
