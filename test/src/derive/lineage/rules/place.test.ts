import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  nameOf,
  parseArn,
  principalKeyOf,
  roleKeyOf,
  sessionNameOf,
} from '../../../../../src/derive/lineage/rules/place.ts';

/** Texts made of what ARNs are made of, in any order. */
const oddText = fc
  .array(
    fc.constantFrom(
      'arn',
      'arn:',
      ':',
      '/',
      'aws',
      'iam',
      '111122223333',
      'user',
      'role/',
      'root',
      'a b',
      'İ',
      '',
    ),
    {
      maxLength: 14,
    },
  )
  .map((parts) => parts.join(''));

describe('ARNs', () => {
  test('a resource keeps its own colons and slashes', () => {
    expect(parseArn('arn:aws:rds:us-east-1:111122223333:snapshot:rds:db-2026/a')).toEqual({
      partition: 'aws',
      service: 'rds',
      region: 'us-east-1',
      accountId: '111122223333',
      resource: 'snapshot:rds:db-2026/a',
    });
  });

  test('parts may be empty, the resource too', () => {
    expect(parseArn('arn:::::')).toEqual({
      partition: '',
      service: '',
      region: '',
      accountId: '',
      resource: '',
    });
    expect(parseArn('arn:aws:s3:::bucket')).toMatchObject({ region: '', accountId: '', resource: 'bucket' });
  });

  test.each([
    '',
    'arn',
    'arn:',
    'arn:aws:iam::111122223333',
    'ARN:aws:iam::111122223333:root',
    ' arn:aws:iam::1:root',
    'bob',
  ])('%j is none', (value) => {
    expect(parseArn(value)).toBeNull();
    expect(nameOf(value)).toBe(value);
    expect(principalKeyOf(value)).toBeNull();
    expect(sessionNameOf(value)).toBeNull();
    expect(roleKeyOf(value)).toBe(`iam-role  ${value.toLowerCase()}`);
  });

  test('what is cut by position is what splitting at colons gives', () => {
    fc.assert(
      fc.property(oddText, (value) => {
        const [prefix, partition, service, region, accountId, ...rest] = value.split(':');
        const expected =
          prefix === 'arn' && rest.length > 0
            ? { partition, service, region, accountId, resource: rest.join(':') }
            : null;
        expect(parseArn(value)).toEqual(expected);
        expect(nameOf(value)).toBe(expected === null ? value : expected.resource.split(/[/:]/).at(-1));
      }),
    );
  });
});

describe('names in ARNs', () => {
  test.each([
    ['arn:aws:iam::111122223333:role/path/to/Deploy', 'Deploy'],
    ['arn:aws:lambda:us-east-1:111122223333:function:worker:3', '3'],
    ['arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/worker:*', '*'],
    ['arn:aws:iam::111122223333:role/', ''],
    ['arn:aws:iam::111122223333:root', 'root'],
    ['not/an:arn', 'not/an:arn'],
  ])('%s is called %j', (arn, name) => {
    expect(nameOf(arn)).toBe(name);
  });

  test.each([
    ['arn:aws:iam::111122223333:user/path/Bob', 'iam-user 111122223333 bob'],
    ['arn:aws:iam::111122223333:user', 'iam-user 111122223333 '],
    ['arn:aws:iam::111122223333:role/path/Deploy', 'iam-role 111122223333 deploy'],
    ['arn:aws:sts::111122223333:assumed-role/Deploy/session/name', 'iam-role 111122223333 deploy'],
    ['arn:aws:sts::111122223333:assumed-role/Deploy', 'iam-role 111122223333 deploy'],
    ['arn:aws:sts::111122223333:assumed-role', 'iam-role 111122223333 '],
    ['arn:aws:iam::111122223333:root', 'root-user 111122223333'],
    ['arn:aws:iam::111122223333:users/bob', null],
    ['arn:aws:sts::111122223333:federated-user/bob', null],
  ])('%s acts as %j', (arn, key) => {
    expect(principalKeyOf(arn)).toBe(key);
  });

  test('the role behind a session and the role itself have one key', () => {
    expect(roleKeyOf('arn:aws:iam::111122223333:role/path/Deploy')).toBe(
      principalKeyOf('arn:aws:sts::111122223333:assumed-role/Deploy/session'),
    );
  });

  test.each([
    ['arn:aws:sts::111122223333:assumed-role/Deploy/session', 'session'],
    ['arn:aws:sts::111122223333:assumed-role/Deploy/a/b', 'a/b'],
    ['arn:aws:sts::111122223333:assumed-role/Deploy/', ''],
    ['arn:aws:sts::111122223333:assumed-role/Deploy', null],
    ['arn:aws:iam::111122223333:role/Deploy/session', null],
  ])('the session of %s is %j', (arn, name) => {
    expect(sessionNameOf(arn)).toBe(name);
  });
});
