import { describe, expect, test } from '@jest/globals';
import { LeftOut, type LeftOutCalls } from '../../../src/events/left-out.ts';
import type { EventCoverage } from '../../../src/model/event-source.ts';

const day = Date.parse('2026-11-03T00:00:00Z');
const hour = 3_600_000;

function calls(accountId: string | null, region: string, from: number, until: number): LeftOutCalls {
  return { accountId, region, calls: 3, first: day + from * hour, last: day + until * hour };
}

const covered: EventCoverage = {
  accountId: '111122223333',
  region: 'eu-west-1',
  from: '2026-11-03T00:00:00.000Z',
  to: '2026-11-04T00:00:00.000Z',
  basis: 'delivery',
  holes: [],
};

const holesOf = (leftOut: LeftOut): readonly (readonly [string, string])[] =>
  leftOut.without([covered]).flatMap(({ holes }) => holes.map(({ from, to }) => [from, to] as const));

describe('what was not kept', () => {
  test('is added up by account and region, and leaves a hole there alone', () => {
    const leftOut = new LeftOut('calls');
    leftOut.add(calls('111122223333', 'eu-west-1', 5, 6));
    leftOut.add(calls('111122223333', 'eu-west-1', 2, 3));
    leftOut.add(calls('999988887777', 'eu-west-1', 0, 24));
    expect(leftOut.gaps().map(({ unit, detail }) => [unit.accountId, detail.split(' were')[0]])).toEqual([
      ['111122223333', '6 calls from 2026-11-03T02:00:00.000Z to 2026-11-03T06:00:00.000Z'],
      ['999988887777', '3 calls from 2026-11-03T00:00:00.000Z to 2026-11-04T00:00:00.000Z'],
    ]);
    expect(holesOf(leftOut)).toEqual([['2026-11-03T02:00:00.000Z', '2026-11-03T06:00:00.001Z']]);
  });

  test('of more places than are told one by one leaves a hole everywhere', () => {
    const leftOut = new LeftOut('calls', 2);
    leftOut.add(calls('999988887777', 'eu-west-1', 0, 1));
    leftOut.add(calls('999988887777', 'eu-west-2', 0, 1));
    leftOut.add(calls('999988887777', 'eu-west-3', 4, 5));
    leftOut.add(calls('666655554444', 'eu-west-3', 7, 8));
    leftOut.add(calls('999988887777', 'eu-west-2', 0, 2));
    expect(leftOut.gaps().map(({ unit, detail }) => [unit.kind, detail.split(' ')[0]])).toEqual([
      ['region', '3'],
      ['region', '6'],
      ['organization', '6'],
    ]);
    expect(holesOf(leftOut)).toEqual([['2026-11-03T04:00:00.000Z', '2026-11-03T08:00:00.001Z']]);
  });

  test('without an account is not taken for what an account of an odd name did', () => {
    const leftOut = new LeftOut('calls');
    leftOut.add(calls(null, 'eu-west-1', 4, 5));
    leftOut.add(calls('null', 'eu-west-1', 7, 8));
    expect(leftOut.gaps()).toHaveLength(2);
    expect(holesOf(leftOut)).toEqual([['2026-11-03T04:00:00.000Z', '2026-11-03T05:00:00.001Z']]);
  });
});
