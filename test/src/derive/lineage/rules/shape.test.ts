import { describe, expect, test } from '@jest/globals';
import { ruleOf } from '../../../../../src/derive/lineage/rules/rules.ts';
import {
  account,
  call,
  foreignAccount,
  leakedKey,
  userCaller,
} from '../../../../fixtures/lineage/records.ts';

const by = userCaller('deploy', leakedKey);
type Request = Readonly<Record<string, unknown>>;

function seeds(
  action: string,
  request: Request,
  more: { readonly response?: Request; readonly region?: string } = {},
) {
  const event = call({ at: '09:00:00', by, action, request, ...more });
  const acts = ruleOf(event.source, event.name)?.acts(event) ?? [];
  return acts.map(({ seed }) => seed);
}

describe('shapes', () => {
  test('a name gets the ARN of its template, in the partition of its region', () => {
    expect(seeds('guardduty:DeleteDetector', { detectorId: 'Abc' }, { region: 'cn-north-1' })).toEqual([
      {
        kind: 'resource',
        type: 'detector',
        key: `detector ${account} cn-north-1 abc`,
        label: 'Abc',
        arn: `arn:aws-cn:guardduty:cn-north-1:${account}:detector/Abc`,
        uniqueId: null,
        accountId: account,
        region: 'cn-north-1',
      },
    ]);
  });

  test('a name that looks like a placeholder or a replacement pattern stays as it is', () => {
    const names = ['{account}', '$&', '{id}$1'];
    expect(names.map((name) => seeds('s3:CreateBucket', { bucketName: name })[0]?.arn)).toEqual(
      names.map((name) => `arn:aws:s3:::${name}`),
    );
  });

  test('an ARN says place and name itself', () => {
    const arn = `arn:aws:secretsmanager:eu-west-1:${foreignAccount}:secret:Prod/db-AbCdEf`;
    expect(seeds('secretsmanager:DeleteSecret', { secretId: arn })).toMatchObject([
      {
        key: `secret ${foreignAccount} eu-west-1 db-abcdef`,
        label: 'db-AbCdEf',
        arn,
        accountId: foreignAccount,
      },
    ]);
  });

  test('what only begins like an ARN is taken as a name and as the ARN', () => {
    expect(seeds('secretsmanager:DeleteSecret', { secretId: 'arn:odd' })).toMatchObject([
      { key: `secret ${account} us-east-1 arn:odd`, arn: 'arn:odd', accountId: account, region: 'us-east-1' },
    ]);
  });

  test('a list names each thing once', () => {
    const labels = seeds('ssm:DeleteParameters', { names: ['b', 'a', 'b'] }).map(({ label }) => label);
    expect(labels).toEqual(['b', 'a']);
    expect(seeds('ssm:DeleteParameters', {})).toEqual([]);
  });

  test('roles and trust that are not told are left out', () => {
    const [named] = seeds('iam:CreateRole', { roleName: 'r' });
    const [trusted] = seeds('iam:CreateRole', { roleName: 'r', assumeRolePolicyDocument: '{}' });
    expect(named).not.toHaveProperty('trustPolicy');
    expect(trusted).toEqual({ ...named, trustPolicy: '{}' });
    expect(seeds('states:CreateStateMachine', { name: 'm', roleArn: 'arn:r' })).toMatchObject([
      { runsAs: 'arn:r' },
    ]);
  });

  test('a thing that its request names whole needs no answer', () => {
    const event = call({ at: '09:00:00', by, action: 's3:DeleteBucket', request: { bucketName: 'logs' } });
    Object.defineProperty(event, 'response', {
      get: () => {
        throw new Error('the answer was read');
      },
    });
    expect(ruleOf(event.source, event.name)?.acts(event)).toHaveLength(1);
  });
});
