import { describe, expect, test } from '@jest/globals';
import { lineageRules, readEventNames, ruleOf } from '../../../../src/derive/lineage/rules/rules.ts';
import { isLineageEvent, lineageEvents } from '../../../../src/model/lineage-events.ts';

describe('rules', () => {
  test('the table of events that sources pass on is the table of events that are read', () => {
    expect(lineageEvents).toEqual(readEventNames());
  });

  test('names repeat across services and mean different things', () => {
    expect(ruleOf('iam.amazonaws.com', 'CreateUser')).not.toBe(
      ruleOf('sso-directory.amazonaws.com', 'CreateUser'),
    );
    expect(ruleOf('s3.amazonaws.com', 'CreateUser')).toBeNull();
    expect(ruleOf('constructor', 'toString')).toBeNull();
    expect(isLineageEvent('iam.amazonaws.com', 'ListUsers')).toBe(false);
  });

  test('covers what a leaked key is known to be used for', () => {
    const telling: Readonly<Record<string, readonly string[]>> = {
      'iam.amazonaws.com': [
        'CreateUser',
        'CreateAccessKey',
        'CreateLoginProfile',
        'UpdateLoginProfile',
        'DeactivateMFADevice',
        'CreateServiceSpecificCredential',
        'AttachUserPolicy',
        'PutRolePolicy',
        'CreatePolicyVersion',
        'SetDefaultPolicyVersion',
        'DeleteUserPermissionsBoundary',
        'UpdateAssumeRolePolicy',
        'CreateSAMLProvider',
        'UpdateSAMLProvider',
        'CreateOpenIDConnectProvider',
        'EnableOrganizationsRootSessions',
        'DeleteAccountPasswordPolicy',
      ],
      'sts.amazonaws.com': ['GetFederationToken', 'AssumeRoot', 'AssumeRoleWithSAML'],
      'signin.amazonaws.com': ['ConsoleLogin', 'GetSigninToken', 'SwitchRole', 'CreateOAuth2Token'],
      'rolesanywhere.amazonaws.com': ['CreateTrustAnchor', 'CreateProfile', 'DisableCrl', 'CreateSession'],
      'organizations.amazonaws.com': [
        'DisableAWSServiceAccess',
        'LeaveOrganization',
        'DetachPolicy',
        'CreateAccount',
      ],
      'sso.amazonaws.com': ['UpdateSsoConfiguration', 'CreateAccountAssignment', 'CreateTrustedTokenIssuer'],
      'sso-directory.amazonaws.com': ['CreateUser', 'AddMemberToGroup', 'CreateBearerToken'],
      'account.amazonaws.com': ['EnableRegion', 'StartPrimaryEmailUpdate', 'PutAlternateContact'],
    };
    const missing = Object.entries(telling).flatMap(([source, names]) =>
      names.filter((name) => !isLineageEvent(source, name)).map((name) => `${source} ${name}`),
    );
    expect(missing).toEqual([]);
    expect(Object.values(lineageRules).flatMap((table) => Object.keys(table)).length).toBeGreaterThan(550);
  });
});
