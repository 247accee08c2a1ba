import { describe, expect, test } from '@jest/globals';
import type { AwsReader } from '../../../../../src/aws/reader.ts';
import organizationInstances from '../../../../../src/collect/collectors/identity-center/organization-instances.ts';
import { missing, observed } from '../../../../../src/model/observation.ts';
import { type Dependencies, fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { denied, fakeAsOf, fakeReader, output, type Reply } from '../../../../support/fake-reader.ts';
import { dependencies, instance, instanceAnswer, unit } from './identity-center-answers.ts';

const none = output({ Instances: [] });
const found = output({ Instances: [instanceAnswer] });
const foreign = output({ Instances: [{ ...instanceAnswer, OwnerAccountId: '444455556666' }] });

/** Answers by region, which is an option and no part of the input. */
const collect = async (
  answers: Readonly<Record<string, Reply>>,
  given: Dependencies = dependencies,
  accountId = '111122223333',
) => {
  const asked: string[] = [];
  const inner = fakeReader({ ListInstances: none }, unit);
  const reader: AwsReader = {
    read: inner.read,
    pause: inner.pause,
    readAll(command, input, items, options) {
      const region = options?.region ?? '';
      asked.push(region);
      return fakeReader({ ListInstances: answers[region] ?? none }, unit).readAll(
        command,
        input,
        items,
        options,
      );
    },
  };
  const context = {
    ...fakeCollectContext(inner, given, unit),
    reader,
    accountId,
    regions: ['eu-central-1', 'us-east-1'],
  };
  return { asked, observation: await organizationInstances.collect(context) };
};

describe('identity-center.organization-instances', () => {
  test('stops at the region that has the instance of the management account', async () => {
    const { asked, observation } = await collect({ 'us-east-1': none, 'eu-central-1': found });
    expect(asked).toEqual(['us-east-1', 'eu-central-1']);
    expect(observation).toMatchObject({ state: 'complete', value: [instance] });
  });

  test('a region that refused does not matter once the instance is found', async () => {
    const { observation } = await collect({ 'us-east-1': denied(), 'eu-central-1': found });
    expect(observation).toMatchObject({ state: 'complete', value: [instance] });
  });

  test('the instance of another account is not the one of the organization', async () => {
    const { asked, observation } = await collect({ 'us-east-1': foreign });
    expect(asked).toEqual(['us-east-1', 'eu-central-1']);
    expect(observation).toMatchObject({
      state: 'complete',
      value: [],
      provenance: [{ operation: 'fake:ListInstances', calls: 2 }],
    });
  });

  test('not found, with a region that refused, is not known to be absent', async () => {
    const { observation } = await collect({ 'us-east-1': denied() });
    expect(observation).toMatchObject({
      state: 'partial',
      value: [],
      gaps: [{ reason: 'access-denied', resource: 'us-east-1' }],
    });
  });

  test('not found by a delegated administrator, which may be one of other services, is not known to be absent', async () => {
    const { observation } = await collect({ 'us-east-1': denied() }, dependencies, '222233334444');
    expect(observation).toMatchObject({
      state: 'missing',
      gaps: [{ reason: 'not-collected' }, { reason: 'access-denied', resource: 'us-east-1' }],
    });
  });

  test('found by a delegated administrator, it is the instance', async () => {
    const { observation } = await collect({ 'eu-central-1': found }, dependencies, '222233334444');
    expect(observation).toMatchObject({ state: 'complete', value: [instance] });
  });

  test('is missing when every region refuses', async () => {
    const { observation } = await collect({ 'us-east-1': denied(), 'eu-central-1': denied() });
    expect(observation).toMatchObject({
      state: 'missing',
      gaps: [{ resource: 'us-east-1' }, { resource: 'eu-central-1' }],
    });
  });

  test('without an organization there is none to look for', async () => {
    const { asked, observation } = await collect(
      {},
      { 'organizations.organization': observed(null, [], fakeAsOf, []) },
    );
    expect(asked).toEqual([]);
    expect(observation).toMatchObject({ state: 'complete', value: [] });
  });

  test('without knowledge of the organization it is missing', async () => {
    const gap = { reason: 'throttled', operation: 'o', unit, detail: 'd', retryable: true } as const;
    const { observation } = await collect({}, { 'organizations.organization': missing(gap) });
    expect(observation).toEqual(missing(gap));
  });
});
