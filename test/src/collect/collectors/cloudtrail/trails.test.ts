import { describe, expect, test } from '@jest/globals';
import trails from '../../../../../src/collect/collectors/cloudtrail/trails.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { denied, fakeReader, output, type Script } from '../../../../support/fake-reader.ts';
import { cloudTrailAnswers, localTrailArn, organizationTrailArn } from './cloudtrail-answers.ts';

const collect = async (changes: Script = {}) => {
  const reader = fakeReader({ ...cloudTrailAnswers, ...changes });
  return { reader, observation: await trails.collect(fakeCollectContext(reader)) };
};

describe('cloudtrail.trails', () => {
  test('asks each trail in its home region with its full ARN', async () => {
    const { reader, observation } = await collect();
    const asked = reader.calls.map(({ command, input, options }) => [command, input, options.region]);
    expect(asked).toEqual(
      expect.arrayContaining([
        ['ListTrails', {}, undefined],
        ['DescribeTrails', { includeShadowTrails: true }, 'us-east-1'],
        ['DescribeTrails', { includeShadowTrails: false, trailNameList: [localTrailArn] }, 'eu-west-1'],
        ['GetTrailStatus', { Name: localTrailArn }, 'eu-west-1'],
        ['GetTrailStatus', { Name: organizationTrailArn }, 'us-east-1'],
        ['GetEventSelectors', { TrailName: localTrailArn }, 'eu-west-1'],
      ]),
    );
    expect(asked).toHaveLength(7);
    expect(observation).toMatchObject({
      state: 'complete',
      value: [
        {
          arn: localTrailArn,
          ownerAccountId: '111122223333',
          multiRegion: false,
          logging: false,
          stoppedAt: '2026-11-03T09:20:00.000Z',
          latestDeliveryError: null,
          selectors: {
            basic: [],
            advanced: [
              {
                name: 'no IAM',
                fields: [
                  { field: 'eventCategory', operator: 'Equals', values: ['Management'] },
                  {
                    field: 'eventSource',
                    operator: 'NotEquals',
                    values: ['iam.amazonaws.com', 'sts.amazonaws.com'],
                  },
                ],
              },
            ],
          },
        },
        {
          arn: organizationTrailArn,
          ownerAccountId: '999988887777',
          organizationTrail: true,
          logging: true,
          selectors: {
            basic: [
              {
                readWriteType: 'WriteOnly',
                includeManagementEvents: true,
                excludedSources: ['kms.amazonaws.com'],
              },
            ],
          },
        },
      ],
    });
  });

  test('a trail of another account whose state is refused is a gap with its ARN, not a stopped trail', async () => {
    const { observation } = await collect({
      GetTrailStatus: (input) =>
        input['Name'] === organizationTrailArn ? denied() : output({ IsLogging: true }),
    });
    expect(observation).toMatchObject({
      state: 'partial',
      value: [{ arn: localTrailArn, logging: true }],
      gaps: [{ reason: 'access-denied', resource: organizationTrailArn }],
    });
  });

  test('a trail that is listed but described nowhere is a gap', async () => {
    const { observation } = await collect({ DescribeTrails: output({ trailList: [] }) });
    expect(observation).toMatchObject({ state: 'partial', value: [], gaps: [{ resource: localTrailArn }] });
  });

  test('no trail at all is a known fact', async () => {
    const { observation } = await collect({
      ListTrails: output({ Trails: [] }),
      DescribeTrails: output({ trailList: [] }),
    });
    expect(observation).toMatchObject({ state: 'complete', value: [] });
  });

  test('a state that does not say whether the trail logs is a gap', async () => {
    const { observation } = await collect({ GetTrailStatus: output({}) });
    expect(observation).toMatchObject({
      state: 'partial',
      value: [],
      gaps: [{ reason: 'malformed' }, { reason: 'malformed' }],
    });
  });
});
