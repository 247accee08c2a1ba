import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readOwners } from '../../../src/input/owners.ts';
import { stackExport } from '../../../src/input/owners-cloudformation.ts';
import { terraformThings } from '../../../src/input/owners-terraform.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'afterleak-owners-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const write = async (name: string, document: unknown): Promise<string> => {
  const path = join(directory, name);
  await writeFile(path, typeof document === 'string' ? document : JSON.stringify(document));
  return path;
};

const role = 'arn:aws:iam::111122223333:role/deploy';
const secret = 'hunter2-do-not-keep';
/** Every place in a state where a secret can stand. */
const state = {
  version: 4,
  terraform_version: '1.9.0',
  lineage: secret,
  outputs: { password: { value: secret, type: 'string', sensitive: true } },
  resources: [
    {
      module: 'module.edge["eu"]',
      mode: 'managed',
      type: 'aws_iam_role',
      name: 'deploy',
      provider: `provider["${secret}"]`,
      instances: [
        {
          schema_version: 0,
          index_key: 'blue',
          attributes: {
            arn: role,
            id: 'deploy',
            tags: { token: secret },
            assume_role_policy: `{"Principal":"arn:aws:iam::444455556666:role/${secret}"}`,
          },
          sensitive_attributes: [secret],
          private: secret,
          dependencies: [secret],
        },
      ],
    },
    {
      mode: 'managed',
      type: 'aws_iam_access_key',
      name: 'ci',
      instances: [{ attributes: { id: 'AKIAIOSFODNN7EXAMPLE', secret, ses_smtp_password_v4: secret } }],
    },
    {
      mode: 'managed',
      type: 'random_password',
      name: 'database',
      instances: [{ attributes: { id: 'none', result: secret } }],
    },
    { mode: 'managed', type: 'random_string', name: 'token', instances: [{ attributes: { id: secret } }] },
    {
      mode: 'managed',
      type: 'aws_ssm_parameter',
      name: 'password',
      instances: [{ attributes: { id: secret, value: secret, arn: { not: secret } } }],
    },
    {
      mode: 'data',
      type: 'aws_iam_role',
      name: 'looked_up',
      instances: [{ attributes: { arn: 'arn:aws:iam::111122223333:role/of-others' } }],
    },
    {
      mode: 'managed',
      type: 'aws_lambda_function_url',
      name: 'hook',
      instances: [
        {
          index_key: 0,
          attributes: { id: 'hook', function_arn: 'arn:aws:lambda:eu-west-1:111122223333:function:hook' },
        },
      ],
    },
    {
      mode: 'managed',
      type: 'aws_ssoadmin_account_assignment',
      name: 'admins',
      instances: [
        {
          attributes: {
            id: 'g-1,GROUP,444455556666,AWS_ACCOUNT,arn:aws:sso:::permissionSet/ssoins-1/ps-1,arn:aws:sso:::instance/ssoins-1',
          },
        },
      ],
    },
  ],
};

describe('a Terraform state', () => {
  test('nothing but ids, ARNs and addresses survives of a state full of secrets', () => {
    const things = terraformThings(state);
    expect(JSON.stringify(things)).not.toContain(secret);
    expect(things?.map(({ owner, arn, id }) => [owner, arn ?? id])).toEqual([
      ['terraform module.edge["eu"].aws_iam_role.deploy["blue"]', role],
      ['terraform aws_iam_access_key.ci', 'AKIAIOSFODNN7EXAMPLE'],
      [
        'terraform aws_lambda_function_url.hook[0]',
        'arn:aws:lambda:eu-west-1:111122223333:function:hook/url',
      ],
      [
        'terraform aws_ssoadmin_account_assignment.admins',
        'arn:aws:sso:::permissionSet/ssoins-1/ps-1/assignment/444455556666/GROUP/g-1',
      ],
    ]);
  });

  test('`terraform show -json` tells the same, module by module', () => {
    const shown = {
      format_version: '1.0',
      values: {
        outputs: { x: { value: secret } },
        root_module: {
          resources: [],
          child_modules: [
            {
              address: 'module.edge',
              resources: [
                {
                  address: 'module.edge.aws_iam_role.deploy',
                  mode: 'managed',
                  type: 'aws_iam_role',
                  values: { arn: role, description: secret },
                },
              ],
            },
          ],
        },
      },
    };
    const things = terraformThings(shown);
    expect(things?.map(({ owner, arn }) => [owner, arn])).toEqual([
      ['terraform module.edge.aws_iam_role.deploy', role],
    ]);
    expect(JSON.stringify(things)).not.toContain(secret);
  });
});

const stackId = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/edge/0a1b';
const described = {
  StackResources: [
    {
      StackName: 'edge',
      StackId: stackId,
      LogicalResourceId: 'DeployRole',
      PhysicalResourceId: 'deploy',
      ResourceType: 'AWS::IAM::Role',
      Timestamp: '2026-11-03T10:00:00.123000+01:00',
      ResourceStatus: 'UPDATE_COMPLETE',
      Description: secret,
    },
    {
      StackName: 'edge',
      StackId: stackId,
      LogicalResourceId: 'OldRole',
      PhysicalResourceId: 'old',
      ResourceType: 'AWS::IAM::Role',
      Timestamp: '2026-11-01T10:00:00Z',
      ResourceStatus: 'DELETE_COMPLETE',
    },
    {
      StackName: 'edge',
      StackId: stackId,
      LogicalResourceId: 'Password',
      PhysicalResourceId: secret,
      ResourceType: 'Custom::Password',
      Timestamp: '2026-11-01T10:00:00Z',
      ResourceStatus: 'CREATE_COMPLETE',
    },
    {
      StackName: 'edge',
      StackId: stackId,
      LogicalResourceId: 'Admins',
      PhysicalResourceId: 'arn:aws:sso:::instance/ssoins-1|arn:aws:sso:::permissionSet/ssoins-1/ps-1',
      ResourceType: 'AWS::SSO::PermissionSet',
      Timestamp: '2026-10-01T10:00:00Z',
      ResourceStatus: 'CREATE_COMPLETE',
    },
  ],
};

const fact = {
  arn: role,
  type: 'iam-role',
  name: 'deploy',
  uniqueId: 'AROAEXAMPLE',
  accountId: '111122223333',
  region: null,
};

describe('a CloudFormation export', () => {
  test('names, ids and times of things that afterleak reads survive, nothing else', () => {
    const read = stackExport(described, 'file');
    expect(JSON.stringify(read)).not.toContain(secret);
    expect(read?.things.map(({ thing }) => [thing.owner, thing.arn ?? thing.id, thing.touchedAt])).toEqual([
      ['cloudformation edge/DeployRole', 'deploy', '2026-11-03T09:00:00.123Z'],
      ['cloudformation edge/Admins', 'arn:aws:sso:::permissionSet/ssoins-1/ps-1', '2026-10-01T10:00:00.000Z'],
    ]);
  });

  test('what a stack holds is known by name in its account, with every time of the stack', async () => {
    const stacks = {
      Stacks: [
        {
          StackName: 'edge',
          StackId: stackId,
          CreationTime: '2026-01-01T00:00:00Z',
          LastUpdatedTime: '2026-11-03T10:05:00Z',
          Parameters: [{ ParameterKey: 'Password', ParameterValue: secret }],
        },
      ],
    };
    const ownership = await readOwners([
      await write('resources.json', described),
      await write('s.json', stacks),
    ]);
    expect(ownership?.tellsTimes).toBe(true);
    expect(ownership?.ownerOf(fact)).toMatchObject({
      owner: 'cloudformation edge/DeployRole',
      touchedAt: '2026-11-03T09:00:00.123Z',
      stackTouchedAt: expect.arrayContaining(['2026-11-03T10:05:00.000Z', '2026-10-01T10:00:00.000Z']),
    });
    expect(ownership?.ownerOf({ ...fact, accountId: '444455556666', arn: 'arn:x' })).toBeNull();
  });

  test('`list-stack-resources` names no account: names count where the ARNs of the file agree on one', async () => {
    const summary = (LogicalResourceId: string, PhysicalResourceId: string, ResourceType: string) => ({
      LogicalResourceId,
      PhysicalResourceId,
      ResourceType,
      LastUpdatedTimestamp: '2026-11-03T10:00:00Z',
      ResourceStatus: 'CREATE_COMPLETE',
    });
    const deploy = summary('DeployRole', 'deploy', 'AWS::IAM::Role');
    const policy = summary('Policy', 'arn:aws:iam::111122223333:policy/p', 'AWS::IAM::ManagedPolicy');
    const alone = await readOwners([await write('edge.json', { StackResourceSummaries: [deploy] })]);
    expect(alone?.ownerOf(fact)).toBeNull();
    const placed = await readOwners([await write('edge.json', { StackResourceSummaries: [deploy, policy] })]);
    expect(placed?.ownerOf(fact)?.owner).toBe('cloudformation edge/DeployRole');
  });
});

describe('bad files', () => {
  const cases: readonly (readonly [string, unknown, RegExp])[] = [
    ['no JSON', '{', /not a readable JSON file/],
    ['something else', {}, /names no ARN/],
    ['a state without AWS', { version: 4, resources: [] }, /manages nothing of AWS/],
    [
      'an old state',
      { version: 3, terraform_version: '0.11.0', modules: [] },
      /version 3, version 4 is read/,
    ],
    ['an empty export', { StackResources: [] }, /no resource that is known/],
  ];
  test.each(cases)('%s', async (_name, document, expected) => {
    await expect(readOwners([await write('bad.json', document)])).rejects.toThrow(expected);
  });

  test('no file at all is no ownership', async () => {
    expect(await readOwners([])).toBeNull();
  });
});
