import { describe, expect, test } from '@jest/globals';
import {
  type AnonymousAccess,
  allowsAnonymous,
  analyzeResourcePolicy,
} from '../../../src/iam/analyze-resource-policy.ts';
import { accountId, type StatementText, statements } from './builders.ts';

const context = { accountId, organizationAccountIds: new Set([accountId]), organizationId: 'o-ours' };
const fn = `arn:aws:lambda:eu-west-1:${accountId}:function:site`;
const action = 'lambda:InvokeFunctionUrl';

const allowUrl = (Condition?: unknown, Principal: unknown = '*', Action = action): StatementText => ({
  Effect: 'Allow',
  Principal,
  Action,
  Resource: fn,
  ...(Condition === undefined ? {} : { Condition }),
});
const denyUrl = (Condition?: unknown, Principal: unknown = '*'): StatementText => ({
  ...allowUrl(Condition, Principal),
  Effect: 'Deny',
});

const none = { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } };
const known = { 'lambda:FunctionUrlAuthType': 'NONE', 'lambda:InvokedViaFunctionUrl': 'true' };
const ours = { 'aws:PrincipalOrgID': 'o-ours' };

describe('allowsAnonymous', () => {
  test.each<readonly [string, readonly StatementText[], AnonymousAccess['verdict']]>([
    ['nobody', [], 'no'],
    ['anyone', [allowUrl()], 'yes'],
    ['anyone, spelt as AWS', [allowUrl(none, { AWS: ['*'] })], 'yes'],
    [
      'for the other authentication type',
      [allowUrl({ StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } })],
      'no',
    ],
    ['via the URL', [allowUrl({ Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } })], 'yes'],
    ['another action', [allowUrl(none, '*', 'lambda:GetFunction')], 'no'],
    ['all actions', [allowUrl(none, '*', 'lambda:*')], 'yes'],
    ['one account', [allowUrl(none, { AWS: accountId })], 'no'],
    ['the organization', [allowUrl({ StringEquals: ours })], 'no'],
    ['the organization, if known', [allowUrl({ StringEqualsIfExists: ours })], 'yes'],
    ['source account', [allowUrl({ StringEquals: { 'aws:SourceAccount': accountId } })], 'no'],
    ['source ARN', [allowUrl({ ArnLike: { 'aws:SourceArn': '*' } })], 'no'],
    ['one network', [allowUrl({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })], 'conditional'],
    ['every network', [allowUrl({ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '0.0.0.0/0'] } })], 'yes'],
    ['one endpoint', [allowUrl({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } })], 'conditional'],
    ['denied', [allowUrl(), denyUrl()], 'no'],
    ['denied to another', [allowUrl(), denyUrl(undefined, { AWS: '444455556666' })], 'yes'],
    ['denied outside the organization', [allowUrl(), denyUrl({ StringNotEquals: ours })], 'no'],
    [
      'denied outside a network',
      [allowUrl(), denyUrl({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })],
      'conditional',
    ],
    ['denied without TLS', [allowUrl(), denyUrl({ Bool: { 'aws:SecureTransport': 'false' } })], 'yes'],
    [
      'all but one',
      [{ Effect: 'Allow', NotPrincipal: { AWS: accountId }, Action: action, Resource: fn }],
      'yes',
    ],
    [
      'NotAction',
      [{ Effect: 'Allow', Principal: '*', NotAction: 'lambda:GetFunction', Resource: fn }],
      'yes',
    ],
    ['an element not understood', [{ ...allowUrl(), ...{ Extra: 1 } }], 'conditional'],
    ['a principal not understood', [allowUrl(undefined, 5)], 'conditional'],
  ])('%s', (_name, texts, verdict) => {
    expect(allowsAnonymous(statements(...texts), action, known).verdict).toBe(verdict);
  });

  test('without the context of the URL the answer stays open and names the key', () => {
    expect(allowsAnonymous(statements(allowUrl(none)), action)).toEqual({
      verdict: 'conditional',
      conditionKeys: ['lambda:functionurlauthtype'],
    });
  });

  test('a signed caller of any account has an organization, but not ours', () => {
    const any = (texts: readonly StatementText[]) =>
      allowsAnonymous(statements(...texts), action, known, 'any-aws-principal').verdict;
    expect(any([allowUrl({ StringLike: { 'aws:PrincipalOrgID': '*' } })])).toBe('yes');
    expect(any([allowUrl({ StringEquals: ours })])).toBe('no');
    expect(any([allowUrl(), denyUrl({ StringNotEqualsIfExists: ours })])).toBe('no');
  });
});

describe('analyzeResourcePolicy', () => {
  test('anonymous or not, and services that act for anybody', () => {
    const invoke = 'lambda:InvokeFunction';
    const grants = analyzeResourcePolicy(
      statements(
        allowUrl(none),
        allowUrl({ StringEquals: ours }),
        allowUrl(undefined, { Service: 'apigateway.amazonaws.com' }, invoke),
        allowUrl(
          { ArnLike: { 'aws:SourceArn': `arn:aws:execute-api:eu-west-1:${accountId}:abc/*` } },
          { Service: 'apigateway.amazonaws.com' },
          invoke,
        ),
        allowUrl(
          { StringEquals: { 'aws:SourceAccount': accountId } },
          { Service: 's3.amazonaws.com' },
          invoke,
        ),
        allowUrl(undefined, { AWS: '777788889999' }, invoke),
      ),
      context,
    );
    expect(
      grants.map(({ anonymous, confusedDeputy, relation }) => [anonymous, confusedDeputy, relation]),
    ).toEqual([
      [true, false, 'anyone'],
      [false, false, 'organization'],
      [false, true, 'aws'],
      [false, false, 'aws'],
      [false, false, 'aws'],
      [false, false, 'outside'],
    ]);
  });

  test('a Deny for another resource takes nothing away', () => {
    const other = { ...denyUrl(), Resource: `${fn}:live` };
    expect(analyzeResourcePolicy(statements(allowUrl(), other), context)).toHaveLength(1);
    expect(analyzeResourcePolicy(statements(allowUrl(), denyUrl()), context)).toEqual([]);
  });
});
