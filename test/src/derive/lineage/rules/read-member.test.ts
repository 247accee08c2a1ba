import { describe, expect, test } from '@jest/globals';
import {
  findMember,
  member,
  numberAt,
  text,
  texts,
} from '../../../../../src/derive/lineage/rules/read-member.ts';
import { call, leakedKey, userCaller } from '../../../../fixtures/lineage/records.ts';

const by = userCaller('deploy', leakedKey);

function asked(request: Readonly<Record<string, unknown>>, response: Readonly<Record<string, unknown>> = {}) {
  return call({ at: '09:00:00', by, action: 'iam:CreateUser', request, response });
}

describe('members of a record', () => {
  test('any missing step is no member', () => {
    const event = asked({ user: { name: 'bob' }, list: [{ name: 'bob' }], none: null });
    expect(member(event, 'request.user.name')).toBe('bob');
    expect(member(event, 'request.user.name.length')).toBeUndefined();
    expect(member(event, 'request.list.0.name')).toBeUndefined();
    expect(member(event, 'request.none')).toBeNull();
    expect(member(event, 'request.none.name')).toBeUndefined();
    expect(member(event, 'service.user.name')).toBeUndefined();
  });

  test('what every object inherits is no member of a record', () => {
    const event = asked({ user: {} });
    expect(member(event, 'request.constructor')).toBeUndefined();
    expect(member(event, 'request.user.__proto__')).toBeUndefined();
    expect(text(event, 'request.toString.name')).toBeNull();
    expect(member(asked(JSON.parse('{"__proto__":{"a":1}}')), 'request.__proto__.a')).toBe(1);
  });

  test('one path read of many records gives each record its own', () => {
    const names = ['bob', 'eve', ''].map((userName) => text(asked({ userName }), 'request.userName'));
    expect(names).toEqual(['bob', 'eve', null]);
  });

  test('an empty text and a truth value name nothing, a number does', () => {
    const event = asked({ first: '', second: true, third: 7 });
    expect(text(event, 'request.first', 'request.second', 'request.third')).toBe('7');
    expect(text(event)).toBeNull();
    expect(numberAt(event, 'request.third')).toBe(7);
    expect(numberAt(event, 'request.second')).toBeNull();
  });

  test('what was found in the request is not looked for in the answer', () => {
    const event = asked({ userName: 'bob' });
    Object.defineProperty(event, 'response', {
      get: () => {
        throw new Error('the answer was read');
      },
    });
    expect(text(event, 'request.userName', 'response.user.userName')).toBe('bob');
    expect(() => text(event, 'request.groupName', 'response.user.userName')).toThrow('the answer was read');
  });

  test('lists stand plain, wrapped or as a single thing', () => {
    expect(texts(asked({ ids: ['a', '', 3, { id: 'b' }] }), 'request.ids', 'id')).toEqual(['a', '3', 'b']);
    expect(texts(asked({ ids: { items: [{ id: 'a' }] } }), 'request.ids', 'id')).toEqual(['a']);
    expect(texts(asked({ ids: { item: 'a' } }), 'request.ids')).toEqual(['a']);
    expect(texts(asked({}), 'request.ids')).toEqual([]);
  });

  test('a member is found at any depth, in any case; the outermost comes first', () => {
    const value = { list: [{ a: 1 }, { Deep: { MFAMode: 'in' } }], mfaMode: 'out' };
    expect(findMember(value, 'mfaMode')).toBe('out');
    expect(findMember({ list: value.list }, 'mfaMode')).toBe('in');
    expect(findMember({ MfaMode: null }, 'mfaMode')).toBeNull();
    expect(findMember('mfaMode', 'mfaMode')).toBeUndefined();
  });
});
