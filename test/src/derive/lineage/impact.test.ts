import { describe, expect, test } from '@jest/globals';
import { impactsOf } from '../../../../src/derive/lineage/impact.ts';
import { prepareEvents } from '../../../../src/derive/lineage/prepare-events.ts';
import type { TrailEvent } from '../../../../src/model/trail-event.ts';
import { countActivity } from '../../../fixtures/lineage/count-activity.ts';
import { call, leakedKey, memberAccount, userCaller } from '../../../fixtures/lineage/records.ts';

const deploy = userCaller('deploy', leakedKey);
const owner = userCaller('owner', 'AKIAI44QH8DHBEXAMPLE');

function launch(region: string, id: string, more: { readonly account?: string } = {}): TrailEvent {
  return call({
    at: '09:00:00',
    by: deploy,
    action: 'ec2:RunInstances',
    region,
    response: { instancesSet: { items: [{ instanceId: id }] } },
    ...more,
  });
}

function impacts(own: readonly TrailEvent[], others: readonly TrailEvent[] = []) {
  return impactsOf(
    countActivity(own),
    countActivity(others),
    prepareEvents(own).filter(() => true),
  );
}

describe('resources of an impact', () => {
  test('are those of its account and region', () => {
    const found = impacts([
      launch('us-east-1', 'i-00000000000000001'),
      launch('us-east-1', 'i-00000000000000002'),
      launch('eu-west-1', 'i-00000000000000003'),
      launch('eu-west-1', 'i-00000000000000004', { account: memberAccount }),
    ]);
    const ids = found.map(({ resources }) => resources.map((name) => name.split('/').at(-1)));
    expect(ids).toEqual([
      ['i-00000000000000003'],
      ['i-00000000000000001', 'i-00000000000000002'],
      ['i-00000000000000004'],
    ]);
  });
});

describe('a region that only the incident used', () => {
  const own = [launch('us-east-1', 'i-00000000000000001'), launch('eu-west-1', 'i-00000000000000002')];
  const usual = call({ at: '08:00:00', by: owner, action: 'ec2:DescribeInstances' });
  const isNew = ({ kind }: { readonly kind: string }): boolean => kind === 'new-region';

  test('is told', () => {
    expect(
      impacts(own, [usual])
        .filter(isNew)
        .map(({ region }) => region),
    ).toEqual(['eu-west-1']);
  });

  test('is not told where nothing is known of others', () => {
    expect(impacts(own).filter(isNew)).toEqual([]);
  });

  test('is one in its account: another account’s use makes it not usual', () => {
    const elsewhere = call({
      at: '08:00:00',
      by: owner,
      action: 'ec2:DescribeInstances',
      region: 'eu-west-1',
      account: memberAccount,
    });
    expect(impacts(own, [usual, elsewhere]).filter(isNew)).toHaveLength(1);
  });
});
