import { describe, expect, test } from '@jest/globals';
import type { FunctionUrl } from '../../../../src/model/evidence/lambda.ts';
import {
  buildFunction,
  buildFunctionAlias,
  buildFunctionPolicy,
  buildFunctionUrl,
  type FunctionPermission,
  functionArn,
  publicUrlPermissions,
} from '../../../../src/testing/builders/lambda.ts';
import { buildPower, buildPrincipal } from '../../../../src/testing/builders/principal.ts';
import { endpointsOf, exposuresOf } from '../endpoint-cases.ts';

function exposure(url: Partial<FunctionUrl>, permissions: readonly FunctionPermission[] | null) {
  return exposuresOf({
    'lambda.functions': [buildFunction()],
    'lambda.function-urls': [buildFunctionUrl(url)],
    'lambda.function-policies': permissions === null ? [] : [buildFunctionPolicy(permissions)],
  });
}

const [viaUrl, direct] = publicUrlPermissions;
const open: FunctionPermission[] = viaUrl === undefined || direct === undefined ? [] : [viaUrl, direct];
const withCondition = (condition: object): FunctionPermission[] =>
  ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'].map((action) => ({
    principal: { AWS: '*' },
    action,
    condition,
  }));

describe('the exposure of a function URL without authentication', () => {
  const url = { authType: 'NONE' } as const;

  test('is public when anyone has both permissions', () => {
    expect(exposure(url, open)).toEqual(['public']);
  });

  test('is public with one permission that grants every action', () => {
    expect(exposure(url, [{ principal: '*', action: 'lambda:*' }])).toEqual(['public']);
  });

  test('is latent when one of the two permissions is missing', () => {
    expect(exposure(url, open.slice(0, 1))).toEqual(['latent']);
    expect(exposure(url, open.slice(1))).toEqual(['latent']);
  });

  test('is armed without a resource policy or with one that names others', () => {
    expect(exposure(url, null)).toEqual(['armed']);
    expect(
      exposure(url, [{ principal: { AWS: 'arn:aws:iam::444455556666:root' }, action: 'lambda:*' }]),
    ).toEqual(['armed']);
  });

  test('is armed when the policy asks for another authentication type', () => {
    expect(
      exposure(url, withCondition({ StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } })),
    ).toEqual(['armed']);
  });

  test.each([
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } }],
    [{ StringEquals: { 'aws:SourceAccount': '111122223333' } }],
    [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } }],
    [{ StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }],
  ])('is armed when a condition asks for what anonymous callers lack: %j', (condition) => {
    expect(exposure(url, withCondition(condition))).toEqual(['armed']);
  });

  test('is restricted when the source address is narrowed, and public when every address is named', () => {
    expect(exposure(url, withCondition({ IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }))).toEqual([
      'restricted',
    ]);
    expect(exposure(url, withCondition({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/0'] } }))).toEqual([
      'public',
    ]);
  });

  test('is unresolved when the policy has a condition or element that cannot be told', () => {
    expect(exposure(url, withCondition({ StringEquals: { 'aws:RequestTag/team': 'x' } }))).toEqual([
      'unresolved',
    ]);
    const broken = { ...buildFunctionPolicy(open), document: '{"Statement":' };
    expect(
      exposuresOf({
        'lambda.function-urls': [buildFunctionUrl(url)],
        'lambda.function-policies': [broken],
      }),
    ).toEqual(['unresolved']);
  });

  test('is unresolved, never armed, when the policies were not seen', () => {
    expect(
      exposuresOf({ 'lambda.function-urls': [buildFunctionUrl(url)], 'lambda.function-policies': null }),
    ).toEqual(['unresolved']);
  });

  test('heeds a Deny, whole or by network', () => {
    const deny = { effect: 'Deny', principal: '*', action: 'lambda:*' } as const;
    expect(exposure(url, [...open, deny])).toEqual(['armed']);
    const outside = { ...deny, condition: { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } };
    expect(exposure(url, [...open, outside])).toEqual(['restricted']);
  });

  test('ignores a Deny that concerns one named principal', () => {
    const deny = { effect: 'Deny', principal: { AWS: '444455556666' }, action: 'lambda:*' } as const;
    expect(exposure(url, [...open, deny])).toEqual(['public']);
  });
});

describe('the exposure of a function URL with IAM authentication', () => {
  test('is authenticated by itself', () => {
    expect(exposure({}, null)).toEqual(['authenticated']);
    expect(exposure({}, [{ principal: { AWS: '444455556666' }, action: 'lambda:*' }])).toEqual([
      'authenticated',
    ]);
  });

  test('is open to any AWS account when the policy names everybody', () => {
    expect(exposure({}, [{ principal: '*', action: 'lambda:InvokeFunctionUrl' }])).toEqual([
      'any-aws-account',
    ]);
  });

  test('stays authenticated when the organization is asked for', () => {
    expect(exposure({}, withCondition({ StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } }))).toEqual(
      ['authenticated'],
    );
  });

  test('is open when the condition fits any account', () => {
    expect(exposure({}, withCondition({ StringLike: { 'aws:PrincipalAccount': '*' } }))).toEqual([
      'any-aws-account',
    ]);
  });
});

describe('the chain behind a function URL', () => {
  test('reaches the code, the role and its power', () => {
    const power = buildPower({ administrator: 'yes' });
    const [endpoint] = endpointsOf({
      'lambda.functions': [buildFunction()],
      'lambda.function-urls': [buildFunctionUrl()],
      principals: [buildPrincipal({ power })],
    });
    expect(endpoint).toMatchObject({
      arn: functionArn('orders'),
      functionArn: functionArn('orders'),
      codeSha256: buildFunction().codeSha256,
      roleArn: 'arn:aws:iam::111122223333:role/application',
      rolePower: power,
    });
  });

  test('judges the policy of the qualifier, not that of the function', () => {
    const url = buildFunctionUrl({ qualifier: 'live', authType: 'NONE' });
    const unqualified = buildFunctionPolicy(open);
    const qualified = buildFunctionPolicy(open, { qualifier: 'live' });
    expect(exposuresOf({ 'lambda.function-urls': [url], 'lambda.function-policies': [unqualified] })).toEqual(
      ['armed'],
    );
    expect(exposuresOf({ 'lambda.function-urls': [url], 'lambda.function-policies': [qualified] })).toEqual([
      'public',
    ]);
  });

  test('follows an alias to every version it routes to, with its code and role', () => {
    const version = (number: string, role: string) => ({
      version: number,
      codeSha256: `code-${number}`,
      lastModifiedAt: '2026-01-01T00:00:00.000Z',
      roleArn: `arn:aws:iam::111122223333:role/${role}`,
    });
    const found = endpointsOf({
      'lambda.functions': [
        buildFunction({ publishedVersions: [version('1', 'plain'), version('2', 'strong')] }),
      ],
      'lambda.function-urls': [buildFunctionUrl({ qualifier: 'live' })],
      'lambda.aliases': [buildFunctionAlias({ version: '1', routing: [{ version: '2', weight: 0.01 }] })],
    });
    expect(found.map(({ codeSha256, roleArn }) => [codeSha256, roleArn])).toEqual([
      ['code-1', 'arn:aws:iam::111122223333:role/plain'],
      ['code-2', 'arn:aws:iam::111122223333:role/strong'],
    ]);
  });

  test('says so when the function, alias or version was not seen', () => {
    const url = buildFunctionUrl({ qualifier: 'live' });
    const facts = (given: Parameters<typeof endpointsOf>[0]) =>
      endpointsOf({ 'lambda.function-urls': [url], ...given })[0]?.exposureFacts.join('; ');
    expect(facts({ 'lambda.functions': null })).toContain('not among the functions seen');
    expect(facts({ 'lambda.functions': [buildFunction()], 'lambda.aliases': null })).toContain(
      'alias live of the function was not seen',
    );
    expect(
      facts({ 'lambda.functions': [buildFunction()], 'lambda.aliases': [buildFunctionAlias()] }),
    ).toContain('version 1 of the function was not seen');
  });
});
