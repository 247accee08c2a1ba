import { expect, test } from '@jest/globals';
import layers from '../../../../../src/collect/collectors/lambda/layers.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { denied, failure, fakeReader, output, type Script } from '../../../../support/fake-reader.ts';
import { lambdaAnswers, policyDocument, unit } from './lambda-answers.ts';

const collect = async (changes: Script = {}) => {
  const reader = fakeReader({ ...lambdaAnswers, ...changes }, unit);
  return { reader, observation: await layers.collect(fakeCollectContext(reader, {}, unit)) };
};
const latestVersionArn = 'arn:aws:lambda:eu-west-1:111122223333:layer:tools:2';

test('reads the policy of the latest version', async () => {
  const { reader, observation } = await collect();
  expect(reader.calls[1]).toMatchObject({
    command: 'GetLayerVersionPolicy',
    input: { LayerName: 'tools', VersionNumber: 2 },
  });
  expect(observation).toMatchObject({
    state: 'complete',
    value: [
      { name: 'tools', latestVersionArn, policy: policyDocument, createdAt: '2026-11-03T10:00:00.000Z' },
    ],
  });
});

test('a layer that is not shared has no policy', async () => {
  const { observation } = await collect({ GetLayerVersionPolicy: failure('ResourceNotFoundException') });
  expect(observation).toMatchObject({ state: 'complete', value: [{ policy: null }] });
});

test('a policy that may not be read is a gap, not a layer that is not shared', async () => {
  const { observation } = await collect({ GetLayerVersionPolicy: denied() });
  expect(observation).toMatchObject({
    state: 'partial',
    value: [{ policy: null }],
    gaps: [{ reason: 'access-denied', resource: latestVersionArn }],
  });
});

test('a layer without versions is a gap', async () => {
  const { observation } = await collect({
    ListLayers: output({ Layers: [{ LayerArn: 'arn:layer', LayerName: 'tools' }] }),
  });
  expect(observation).toMatchObject({
    state: 'partial',
    gaps: [{ reason: 'malformed', resource: 'arn:layer' }],
  });
});
