import { describe, expect, test } from '@jest/globals';
import type { GrantContext } from '../../../src/iam/access-grants.ts';
import { analyzeTrust } from '../../../src/iam/analyze-trust.ts';
import type { AccessGrant } from '../../../src/model/power.ts';
import { accountId, type StatementText, statements } from './builders.ts';

const sibling = '444455556666';
const stranger = '777788889999';
const context: GrantContext = {
  accountId,
  organizationAccountIds: new Set([accountId, sibling]),
  organizationId: 'o-ours',
};

const github = `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`;
const claim = (name: string) => `token.actions.githubusercontent.com:${name}`;

const trust = (
  Principal: unknown,
  Condition?: unknown,
  Action: string | readonly string[] = 'sts:AssumeRole',
) => ({
  Effect: 'Allow',
  Principal,
  Action,
  ...(Condition === undefined ? {} : { Condition }),
});

const grantsOf = (...texts: readonly StatementText[]): readonly AccessGrant[] =>
  analyzeTrust(statements(...texts), context);

const only = (grants: readonly AccessGrant[]): AccessGrant => {
  const [first] = grants;
  if (first === undefined || grants.length !== 1) {
    throw new Error(`expected one grant, found ${grants.length}`);
  }
  return first;
};

describe('who is trusted', () => {
  test.each<readonly [unknown, AccessGrant['principalKind'], AccessGrant['relation'], string | null]>([
    ['*', 'anyone', 'anyone', null],
    [{ AWS: '*' }, 'anyone', 'anyone', null],
    [{ AWS: accountId }, 'account', 'same-account', accountId],
    [{ AWS: `arn:aws:iam::${sibling}:root` }, 'account', 'organization', sibling],
    [{ AWS: `arn:aws:iam::${stranger}:root` }, 'account', 'outside', stranger],
    [{ AWS: `arn:aws:iam::${stranger}:role/r` }, 'iam-principal', 'outside', stranger],
    [{ AWS: `arn:aws:sts::${accountId}:assumed-role/r/s` }, 'iam-principal', 'same-account', accountId],
    [{ AWS: 'AIDAEXAMPLEEXAMPLE123' }, 'orphaned', 'outside', null],
    [{ AWS: 'AROAEXAMPLEEXAMPLE123' }, 'orphaned', 'outside', null],
    [{ Service: 'lambda.amazonaws.com' }, 'service', 'aws', null],
    [{ Federated: `arn:aws:iam::${accountId}:saml-provider/idp` }, 'saml', 'same-account', accountId],
    [{ Federated: github }, 'oidc', 'same-account', accountId],
    [{ Federated: 'accounts.google.com' }, 'oidc', 'outside', null],
    [{ Federated: 'something' }, 'federated-other', 'outside', null],
    [{ CanonicalUser: '79a59df900b949e55d96a1e698fbaced' }, 'canonical', 'outside', null],
    [{ Martian: 'x' }, 'federated-other', 'outside', null],
  ])('%j is %s, %s', (principal, kind, relation, account) => {
    const grant = only(grantsOf(trust(principal, undefined, 'sts:*')));
    expect([grant.principalKind, grant.relation, grant.accountId, grant.verdict]).toEqual([
      kind,
      relation,
      account,
      'open',
    ]);
  });

  test('one grant per principal; statements without an assuming action let nobody in', () => {
    const grants = grantsOf(
      trust({ AWS: [accountId, stranger], Service: 'ec2.amazonaws.com' }),
      trust('*', undefined, 'sts:TagSession'),
    );
    expect(grants.map(({ principal, statement }) => [principal, statement])).toEqual([
      [accountId, 0],
      [stranger, 0],
      ['ec2.amazonaws.com', 0],
    ]);
  });

  test('NotPrincipal lets in all the others', () => {
    const grant = only(
      grantsOf({ Effect: 'Allow', NotPrincipal: { AWS: accountId }, Action: 'sts:AssumeRole' }),
    );
    expect([grant.principalKind, grant.principal, grant.verdict]).toEqual(['anyone', 'NotPrincipal', 'open']);
  });

  test('without the list of accounts nobody is called an outsider', () => {
    const document = statements(trust({ AWS: stranger }));
    const grants = analyzeTrust(document, { accountId, organizationAccountIds: null });
    expect(grants.map(({ relation }) => relation)).toEqual(['unknown-organization']);
  });

  test('a principal that cannot be understood is anyone, conditionally', () => {
    const grant = only(grantsOf(trust(7)));
    expect([grant.principalKind, grant.verdict, grant.guards.other]).toEqual([
      'anyone',
      'conditional',
      ['element Principal'],
    ]);
  });
});

const vendor = { AWS: `arn:aws:iam::${stranger}:root` };

describe('what guards the door', () => {
  test.each<readonly [string, unknown, unknown, AccessGrant['verdict']]>([
    ['external id', vendor, { StringEquals: { 'sts:ExternalId': 'a-1' } }, 'guarded'],
    ['external id, any', vendor, { StringLike: { 'sts:ExternalId': '*' } }, 'open'],
    ['external id, only if sent', vendor, { StringEqualsIfExists: { 'sts:ExternalId': 'a-1' } }, 'open'],
    ['MFA', vendor, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, 'guarded'],
    ['MFA, only if sent', vendor, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }, 'open'],
    ['no MFA', vendor, { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }, 'open'],
    ['network', vendor, { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, 'guarded'],
    ['every network', vendor, { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }, 'open'],
    ['a key we do not know', vendor, { StringEquals: { 'x:y': 'z' } }, 'conditional'],
    ['an operator we do not know', vendor, { Sounds: { 'sts:ExternalId': 'z' } }, 'conditional'],
    ['anyone, external id', '*', { StringEquals: { 'sts:ExternalId': 'a-1' } }, 'conditional'],
    ['anyone, network', '*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, 'conditional'],
    ['anyone, organization', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o-ours' } }, 'guarded'],
    ['anyone, any organization', '*', { StringLike: { 'aws:PrincipalOrgID': '*' } }, 'open'],
    ['anyone but', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-ours' } }, 'open'],
    ['anyone, all values', '*', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-ours' } }, 'open'],
    [
      'service with source',
      { Service: 'sns.amazonaws.com' },
      { ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:${accountId}:*` } },
      'guarded',
    ],
    [
      'service with any source',
      { Service: 'sns.amazonaws.com' },
      { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } },
      'open',
    ],
    [
      'service with account',
      { Service: 'sns.amazonaws.com' },
      { StringEquals: { 'aws:SourceAccount': accountId } },
      'guarded',
    ],
  ])('%s', (_name, principal, condition, verdict) => {
    expect(only(grantsOf(trust(principal, condition))).verdict).toBe(verdict);
  });

  test.each<readonly [string, unknown, AccessGrant['guards']['subject'], AccessGrant['verdict']]>([
    ['nothing', undefined, 'none', 'open'],
    ['audience alone', { StringEquals: { [claim('aud')]: 'sts.amazonaws.com' } }, 'none', 'open'],
    [
      'one branch',
      { StringEquals: { [claim('sub')]: 'repo:acme/site:ref:refs/heads/main' } },
      'tight',
      'guarded',
    ],
    ['one repository', { StringLike: { [claim('sub')]: 'repo:acme/site:*' } }, 'tight', 'guarded'],
    ['one owner', { StringLike: { [claim('sub')]: 'repo:acme/*' } }, 'loose', 'conditional'],
    [
      'a prefix of a repository',
      { StringLike: { [claim('sub')]: 'repo:acme/site*:*' } },
      'loose',
      'conditional',
    ],
    ['one tight, one open', { StringLike: { [claim('sub')]: ['repo:acme/site:*', '*'] } }, 'none', 'open'],
    ['any', { StringLike: { [claim('sub')]: '*' } }, 'none', 'open'],
    [
      'only if sent',
      { StringEqualsIfExists: { [claim('sub')]: 'repo:acme/site:ref:refs/heads/main' } },
      'loose',
      'conditional',
    ],
    [
      'for all values',
      { 'ForAllValues:StringLike': { [claim('sub')]: 'repo:acme/site:*' } },
      'loose',
      'conditional',
    ],
  ])('OIDC subject: %s', (_name, condition, subject, verdict) => {
    const grant = only(grantsOf(trust({ Federated: github }, condition, 'sts:AssumeRoleWithWebIdentity')));
    expect([grant.guards.subject, grant.verdict]).toEqual([subject, verdict]);
  });

  test('identity pools: guests are everybody', () => {
    const pool = (amr: string) => {
      const provider = 'cognito-identity.amazonaws.com';
      const condition = {
        StringEquals: { [`${provider}:aud`]: 'us-east-1:pool' },
        'ForAnyValue:StringLike': { [`${provider}:amr`]: amr },
      };
      return only(grantsOf(trust({ Federated: provider }, condition, 'sts:AssumeRoleWithWebIdentity')))
        .verdict;
    };
    expect([pool('authenticated'), pool('unauthenticated')]).toEqual(['guarded', 'conditional']);
  });

  test('SAML is guarded by its audience', () => {
    const saml = { Federated: `arn:aws:iam::${accountId}:saml-provider/idp` };
    const aud = { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } };
    expect(only(grantsOf(trust(saml, aud, 'sts:AssumeRoleWithSAML'))).verdict).toBe('guarded');
  });

  test.each<readonly [string, unknown, AccessGrant['relation'], readonly string[]]>([
    ['own organization', { StringEquals: { 'aws:PrincipalOrgID': 'o-ours' } }, 'organization', []],
    ['foreign organization', { StringEquals: { 'aws:PrincipalOrgID': 'o-theirs' } }, 'outside', []],
    [
      'path in the own organization',
      { StringLike: { 'aws:PrincipalOrgPaths': 'o-ours/r-ab12/*' } },
      'organization',
      [],
    ],
    ['own account', { StringEquals: { 'aws:PrincipalAccount': accountId } }, 'same-account', [accountId]],
    [
      'own and foreign account',
      { StringEquals: { 'aws:PrincipalAccount': [accountId, stranger] } },
      'outside',
      [accountId, stranger],
    ],
    [
      'one foreign role',
      { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${stranger}:role/*` } },
      'outside',
      [stranger],
    ],
  ])('anyone pinned to: %s', (_name, condition, relation, pinned) => {
    const grant = only(grantsOf(trust({ AWS: '*' }, condition)));
    expect([grant.relation, grant.pinnedAccounts, grant.verdict]).toEqual([relation, pinned, 'guarded']);
  });
});

describe('Deny in a trust policy', () => {
  const denied = (Condition?: unknown, Principal: unknown = '*') => ({
    ...trust(Principal, Condition),
    Effect: 'Deny',
  });

  test('without conditions it takes the grant away', () => {
    expect(grantsOf(trust(vendor), denied())).toEqual([]);
    expect(grantsOf(trust(vendor), denied(undefined, { AWS: stranger }))).toEqual([]);
    expect(grantsOf(trust(vendor), denied(undefined, { AWS: sibling }))).toHaveLength(1);
  });

  test('for everybody but our organization it is a guard', () => {
    const guard = denied({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-ours' } });
    const grant = only(grantsOf(trust('*'), guard));
    expect([grant.guards.organization, grant.relation, grant.verdict]).toEqual([
      true,
      'organization',
      'guarded',
    ]);
  });

  test('a mixture of conditions is left open', () => {
    const guard = denied({
      StringNotEquals: { 'aws:PrincipalOrgID': 'o-ours' },
      Bool: { 'aws:ViaAWSService': 'false' },
    });
    expect(only(grantsOf(trust('*'), guard)).verdict).toBe('conditional');
  });

  test('MFA is asked for only where a missing key is denied too', () => {
    const mfa = (operator: string) =>
      only(grantsOf(trust(vendor), denied({ [operator]: { 'aws:MultiFactorAuthPresent': 'false' } })));
    expect([mfa('BoolIfExists').guards.mfa, mfa('Bool').guards.mfa]).toEqual([true, false]);
  });
});
