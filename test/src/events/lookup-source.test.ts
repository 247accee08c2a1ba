import { describe, expect, test } from '@jest/globals';
import { addUpActivity } from '../../../src/events/aggregate-activity.ts';
import { type LookupSettings, lookupSource } from '../../../src/events/lookup-source.ts';
import type { EventQuery } from '../../../src/model/event-source.ts';
import {
  denied,
  type FakeReader,
  failure,
  fakeReader,
  output,
  type Reply,
} from '../../support/fake-reader.ts';
import { collect, everything, type Json, now, shapes } from './support.ts';

const window = { from: '2026-11-03T09:00:00.000Z', to: '2026-11-03T12:00:00.000Z' };
const query: EventQuery = {
  ...everything,
  window,
  seeds: { accessKeyIds: ['AKIAIOSFODNN7EXAMPLE'], userNames: ['deploy'], resourceNames: [] },
};

function askedFor(input: Readonly<Record<string, unknown>>): string {
  const [first] = Array.isArray(input['LookupAttributes']) ? input['LookupAttributes'] : [];
  return `${first?.AttributeKey} ${first?.AttributeValue}`;
}

function page(records: readonly Json[], token?: string): Reply {
  return output({
    Events: records.map((record) => ({
      EventId: record['eventID'],
      CloudTrailEvent: JSON.stringify(record),
    })),
    ...(token === undefined ? {} : { NextToken: token }),
  });
}

function reader(answers: (asked: string, token: string | undefined) => Reply): FakeReader {
  return fakeReader({
    LookupEvents: (input) =>
      answers(askedFor(input), typeof input['NextToken'] === 'string' ? input['NextToken'] : undefined),
  });
}

function source(one: FakeReader, more: Partial<LookupSettings> = {}) {
  return lookupSource({
    accounts: [
      { partition: 'aws', accountId: '111122223333', regions: ['us-east-1', 'eu-west-1'], reader: one },
    ],
    eventNames: ['CreateUser'],
    now,
    wholeEvents: null,
    ...more,
  });
}

function asked(one: FakeReader): readonly string[] {
  return one.calls.map(({ input, options }) => `${options.region} ${askedFor(input)}`).toSorted();
}

describe('lookupSource', () => {
  test('asks every region for keys, users and telling names; the same event counts once', async () => {
    const one = reader((attribute) =>
      page(attribute.startsWith('Event') ? shapes.slice(0, 1) : shapes.slice(0, 3)),
    );
    const { reading, events, activity } = await collect(source(one), query);
    expect(asked(one)).toEqual(
      ['eu-west-1', 'us-east-1'].flatMap((region) => [
        `${region} AccessKeyId AKIAIOSFODNN7EXAMPLE`,
        `${region} EventName CreateUser`,
        `${region} Username deploy`,
      ]),
    );
    expect(events.map(({ id }) => id).toSorted()).toEqual(shapes.slice(0, 3).map(({ eventID }) => eventID));
    expect(addUpActivity(activity).reduce((sum, { calls }) => sum + calls, 0)).toBe(3);
    expect(reading.counts).toMatchObject({ records: 14, duplicates: 11, unparsable: 0 });
    expect(reading.gaps).toEqual([]);
  });

  test('coverage says that only what was asked for was seen', async () => {
    const { reading } = await collect(source(reader(() => page([]))), query);
    expect(reading.coverage).toHaveLength(2);
    expect(reading.coverage[0]).toMatchObject({
      ...window,
      basis: 'lookup',
      holes: [
        {
          ...window,
          why: expect.stringMatching(/only management events of the last 90 days.*Username deploy/),
        },
      ],
    });
  });

  test('follows minted keys until nothing new comes', async () => {
    const chain = (from: string, to: string): Json => ({
      ...shapes[0],
      eventID: `${from}-${to}`,
      requestParameters: { to },
    });
    const one = reader((attribute) => {
      const [, value = ''] = attribute.split(' ');
      const next: Readonly<Record<string, string>> = {
        AKIAIOSFODNN7EXAMPLE: 'ASIAONE',
        ASIAONE: 'ASIATWO',
        ASIATWO: 'ASIAONE',
      };
      const to = next[value];
      return page(to === undefined ? [] : [chain(value, to)]);
    });
    const { events } = await collect(
      source(one, {
        moreSeeds: (found) => ({
          accessKeyIds: found.flatMap(({ request }) =>
            typeof request['to'] === 'string' ? [request['to']] : [],
          ),
          userNames: [],
          resourceNames: [],
        }),
      }),
      query,
    );
    expect(events).toHaveLength(3);
    expect(asked(one).filter((text) => text.includes('ASIA'))).toEqual([
      'eu-west-1 AccessKeyId ASIAONE',
      'eu-west-1 AccessKeyId ASIATWO',
      'us-east-1 AccessKeyId ASIAONE',
      'us-east-1 AccessKeyId ASIATWO',
    ]);
  });

  test('a page budget ends with the time that was reached', async () => {
    const one = reader((_, token) =>
      page([shapes[Number(token ?? 0)] ?? {}], String(Number(token ?? 0) + 1)),
    );
    const { reading } = await collect(source(one, { pagesPerRegion: 3 }), query);
    expect(one.calls).toHaveLength(6);
    expect(reading.gaps.filter(({ unit }) => unit.region === 'us-east-1')).toMatchObject([
      {
        reason: 'truncated',
        resource: 'AccessKeyId AKIAIOSFODNN7EXAMPLE',
        detail: expect.stringMatching(/truncated at 2026-11-03T09:10:03/),
      },
      { reason: 'truncated', resource: 'Username deploy', detail: expect.stringMatching(/not asked/) },
      { reason: 'truncated', resource: 'EventName CreateUser', detail: expect.stringMatching(/not asked/) },
    ]);
  });

  test('a denied region is asked once, named, and not covered', async () => {
    const one = reader(() => denied());
    const { reading } = await collect(source(one), query);
    expect(one.calls).toHaveLength(2);
    expect(reading.gaps.map(({ reason, unit }) => `${reason} ${unit.region}`)).toEqual([
      'access-denied us-east-1',
      'access-denied eu-west-1',
    ]);
    expect(reading.coverage).toEqual([]);
  });

  test('throttling in the middle of a list names how far it came', async () => {
    const one = reader((_, token) =>
      token === undefined ? page(shapes.slice(0, 1), '1') : failure('ThrottlingException'),
    );
    const { reading, events } = await collect(source(one), query);
    expect(events).toHaveLength(1);
    expect(reading.gaps[0]).toMatchObject({
      reason: 'truncated',
      retryable: true,
      detail: expect.stringMatching(/^truncated at/),
    });
  });

  test('what lies before the history is named, and unreadable records are', async () => {
    const old = { ...query, window: { from: '2026-01-01T00:00:00.000Z', to: window.to } };
    const one = fakeReader({ LookupEvents: output({ Events: [{ CloudTrailEvent: '{"eventName":' }, {}] }) });
    const { reading } = await collect(source(one), old);
    expect(reading.gaps.filter(({ reason }) => reason === 'unsupported')).toHaveLength(2);
    expect(reading.counts.unparsable).toBe(12);
    expect(reading.gaps.some(({ reason }) => reason === 'malformed')).toBe(true);
  });
});
