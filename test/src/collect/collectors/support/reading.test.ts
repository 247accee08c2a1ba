import { GetUserCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import { describe, expect, test } from '@jest/globals';
import { Reading } from '../../../../../src/collect/collectors/support/reading.ts';
import { gapsOf } from '../../../../../src/model/observation.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import {
  denied,
  failure,
  fakeAsOf,
  fakeReader,
  output,
  pages,
  type Script,
} from '../../../../support/fake-reader.ts';

const readingOf = (script: Script): Reading => new Reading(fakeCollectContext(fakeReader(script)));

describe('Reading', () => {
  test('is complete when every call was answered, with its calls counted', async () => {
    const reading = readingOf({
      GetUser: output({ User: { UserName: 'ada' } }),
      ListUsers: pages({ Users: [1] }, { Users: [2] }),
    });
    await reading.one(GetUserCommand, {});
    await reading.one(GetUserCommand, {});
    const users = await reading.all(ListUsersCommand, {}, (answer) => answer.Users);
    expect(users.items).toEqual([1, 2]);
    expect(reading.finish('value')).toEqual({
      state: 'complete',
      value: 'value',
      asOf: fakeAsOf,
      provenance: [
        { operation: 'fake:GetUser', requestId: 'request-2', calls: 2 },
        { operation: 'fake:ListUsers', requestId: 'request-3', calls: 2 },
      ],
    });
  });

  test('a known absence is an answer', async () => {
    const reading = readingOf({ GetUser: failure('NoSuchEntityException') });
    const answer = await reading.one(GetUserCommand, {}, { absentOn: ['NoSuchEntityException'] });
    expect(answer.kind).toBe('absent');
    expect(reading.finish(null).state).toBe('complete');
  });

  test('one failed call makes the whole partial', async () => {
    const reading = readingOf({ GetUser: [denied(), output({})] });
    await reading.one(GetUserCommand, {}, { resource: 'ada' });
    await reading.one(GetUserCommand, {}, { resource: 'bob' });
    const observation = reading.finish('value');
    expect(observation.state).toBe('partial');
    expect(gapsOf(observation)).toMatchObject([{ reason: 'access-denied', resource: 'ada' }]);
  });

  test('is missing when nothing was answered, with one gap for all the resources', async () => {
    const reading = readingOf({ GetUser: denied() });
    await reading.one(GetUserCommand, {}, { resource: 'ada' });
    await reading.one(GetUserCommand, {}, { resource: 'bob' });
    const observation = reading.finish('value');
    expect(observation.state).toBe('missing');
    expect(gapsOf(observation)).toHaveLength(1);
    expect(gapsOf(observation)[0]).not.toHaveProperty('resource');
  });

  test('keeps the resource of the only gap', async () => {
    const reading = readingOf({ GetUser: denied() });
    await reading.one(GetUserCommand, {}, { resource: 'ada' });
    expect(gapsOf(reading.finish('value'))).toMatchObject([{ resource: 'ada' }]);
  });

  test('a list that breaks off keeps what came before', async () => {
    const reading = readingOf({ ListUsers: [output({ Users: [1] }), failure('ThrottlingException')] });
    await reading.all(ListUsersCommand, {}, (answer) => answer.Users);
    const observation = reading.finish('value');
    expect(observation.state).toBe('partial');
    expect(gapsOf(observation)).toMatchObject([{ reason: 'truncated' }]);
  });

  test('is as old as the oldest fact it rests on', async () => {
    const reading = readingOf({ GetUser: output({}) });
    reading.restsOn('2026-11-03T08:00:00.000Z');
    await reading.one(GetUserCommand, {});
    reading.restsOn(null);
    expect(reading.finish('value')).toMatchObject({ asOf: '2026-11-03T08:00:00.000Z' });
  });

  test('names the fields that an answer lacks', () => {
    const reading = readingOf({});
    reading.restsOn(fakeAsOf);
    expect(reading.required({ arn: 'a', name: undefined, id: null }, 'user ada')).toBeNull();
    expect(gapsOf(reading.finish('value'))).toMatchObject([
      { reason: 'malformed', resource: 'user ada', detail: 'the answer lacks name, id' },
    ]);
  });

  test('a value from nowhere is a bug', () => {
    expect(() => readingOf({}).finish('value')).toThrow('needs an answer');
    expect(() => readingOf({}).missing()).toThrow('needs a gap');
  });

  test('gaps come sorted, whatever the order of the calls', async () => {
    const reading = readingOf({ GetUser: [denied(), denied(), output({})] });
    await reading.one(GetUserCommand, {}, { resource: 'zoe' });
    await reading.one(GetUserCommand, {}, { resource: 'ada' });
    await reading.one(GetUserCommand, {});
    expect(gapsOf(reading.finish('value')).map((gap) => gap.resource)).toEqual(['ada', 'zoe']);
  });
});
