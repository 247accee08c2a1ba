import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import derivePrincipals from '../../../src/derive/principals.ts';
import { evaluateCheck } from '../../../src/engine/evaluate-check.ts';
import { validateCheck } from '../../../src/engine/validate-check.ts';
import type { AnyCheck, CheckContext } from '../../../src/model/check.ts';
import type { AuthorizationDetails } from '../../../src/model/evidence/iam.ts';
import type { EvidenceKey } from '../../../src/model/evidence-catalog.ts';
import { observed } from '../../../src/model/observation.ts';
import { accountUnit, regionUnit } from '../../../src/model/scope.ts';
import { severityRank } from '../../../src/model/severity.ts';
import { buildAccountRegion, exampleAccountId } from '../../../src/testing/builders/account.ts';
import { buildTrail } from '../../../src/testing/builders/detection.ts';
import {
  adminDocument,
  buildAccountSummary,
  buildAuthorizationDetails,
  buildCredentialReport,
  buildManagedPolicy,
  buildOidcProvider,
  buildPasswordPolicy,
  buildPolicyVersion,
  buildRole,
  buildRoleSettings,
  buildSamlProvider,
  buildTrustPolicy,
  readOnlyDocument,
  roleArn,
} from '../../../src/testing/builders/iam.ts';

const asOf = '2026-11-04T00:00:00.000Z';
const account = exampleAccountId;
const management = '222233334444';
const administrator = { arn: 'arn:aws:iam::aws:policy/AdministratorAccess', name: 'AdministratorAccess' };
const readOnly = { arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess', name: 'ReadOnlyAccess' };
const managed = (policy: typeof administrator, document: string) =>
  buildManagedPolicy({
    name: policy.name,
    awsManaged: true,
    versions: [buildPolicyVersion({ document })],
  });
const awsPolicies = [managed(administrator, adminDocument), managed(readOnly, readOnlyDocument)];
const reservedProvider = buildSamlProvider({
  name: 'AWSSSO_0123456789abcdef_DO_NOT_DELETE',
  issuer: 'https://portal.sso.us-east-1.amazonaws.com/saml/assertion/abc',
});
const github = buildOidcProvider();
const federated = (provider: string, action: string, condition: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Federated: provider }, Action: action, Condition: condition },
    ],
  });
const from = (accountId: string, condition?: object) =>
  buildTrustPolicy({ AWS: `arn:aws:iam::${accountId}:root` }, condition);

const innocentRoles = [
  buildRole({
    name: 'break-glass',
    attachedPolicies: [administrator],
    trustPolicy: from(management, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
  }),
  buildRole({
    name: 'OrganizationAccountAccessRole',
    attachedPolicies: [administrator],
    trustPolicy: from(management),
  }),
  buildRole({
    name: `cdk-hnb659fds-cfn-exec-role-${account}-us-east-1`,
    attachedPolicies: [administrator],
    trustPolicy: buildTrustPolicy({ Service: 'cloudformation.amazonaws.com' }),
  }),
  buildRole({
    name: `cdk-hnb659fds-deploy-role-${account}-us-east-1`,
    trustPolicy: from(account),
    inlinePolicies: [
      {
        name: 'default',
        document: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 'cloudformation:*', Resource: '*' },
            { Effect: 'Allow', Action: 'iam:PassRole', Resource: roleArn('cdk-hnb659fds-cfn-exec-role-*') },
          ],
        }),
      },
    ],
  }),
  buildRole({
    name: 'AWSReservedSSO_AdministratorAccess_0123456789abcdef',
    path: '/aws-reserved/sso.amazonaws.com/',
    attachedPolicies: [administrator],
    trustPolicy: federated(reservedProvider.arn, 'sts:AssumeRoleWithSAML', {
      StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' },
    }),
  }),
  buildRole({
    name: 'AWSServiceRoleForOrganizations',
    path: '/aws-service-role/organizations.amazonaws.com/',
    trustPolicy: buildTrustPolicy({ Service: 'organizations.amazonaws.com' }),
  }),
  buildRole({
    name: 'github-actions-deploy',
    trustPolicy: federated(github.arn, 'sts:AssumeRoleWithWebIdentity', {
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': 'repo:example/platform:environment:production',
      },
    }),
  }),
  buildRole({
    name: 'vendor-monitoring',
    attachedPolicies: [readOnly],
    trustPolicy: from('777788889999', { StringEquals: { 'sts:ExternalId': '4c1f9a52' } }),
  }),
];

const hostileRoles = [
  buildRole({
    name: 'support-access',
    attachedPolicies: [administrator],
    trustPolicy: from('999988887777'),
  }),
  buildRole({ name: 'open-door', attachedPolicies: [readOnly], trustPolicy: buildTrustPolicy({ AWS: '*' }) }),
  buildRole({
    name: 'AWSReservedSSO_Administrator_0123456789abcdef',
    attachedPolicies: [administrator],
    trustPolicy: from(account),
  }),
  buildRole({
    name: 'any-repository',
    trustPolicy: federated(github.arn, 'sts:AssumeRoleWithWebIdentity', {
      StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
    }),
  }),
  buildRole({
    name: 'lambda-basic-execution-role',
    trustPolicy: buildTrustPolicy({ Service: 'lambda.amazonaws.com' }),
    inlinePolicies: [
      {
        name: 'inline',
        document: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['iam:CreateUser', 'iam:CreateAccessKey', 'iam:AttachUserPolicy'],
              Resource: '*',
            },
          ],
        }),
      },
    ],
  }),
];

const organizationAccountIds = new Set([account, management]);

function evidenceFor(details: AuthorizationDetails): Readonly<Record<string, unknown>> {
  const principals = derivePrincipals.compute(
    {
      'iam.authorization-details': details,
      'organizations.organization': null,
      'organizations.accounts': null,
      'organizations.roots': null,
      'organizations.policies': null,
    },
    {
      unit: accountUnit('aws', account),
      partition: 'aws',
      managementAccountId: management,
      organizationAccountIds,
      incident: null,
      baseline: null,
    },
  );
  const nothing = [
    'iam.access-keys',
    'iam.login-profiles',
    'iam.mfa-devices',
    'iam.service-specific-credentials',
    'iam.ssh-public-keys',
    'iam.signing-certificates',
    'changes-during-sweep',
    'access-analyzer.analyzers',
  ].map((key) => [key, []] as const);
  return {
    ...Object.fromEntries(nothing),
    principals,
    'iam.authorization-details': details,
    'iam.account-summary': buildAccountSummary(),
    'iam.password-policy': buildPasswordPolicy(),
    'iam.role-settings': innocentRoles.map(({ arn, roleId }) => buildRoleSettings({ arn, roleId })),
    'iam.credential-report': buildCredentialReport(),
    'iam.saml-providers': [reservedProvider],
    'iam.oidc-providers': [github],
    'cloudtrail.trails': [buildTrail({ ownerAccountId: management })],
    'account.regions': [buildAccountRegion()],
  };
}

function findingsOf(check: AnyCheck, evidence: Readonly<Record<string, unknown>>) {
  const context: CheckContext = {
    asOf,
    unit:
      check.meta.scope === 'region' ? regionUnit('aws', account, 'us-east-1') : accountUnit('aws', account),
    partition: 'aws',
    organizationId: 'o-exampleorgid',
    managementAccountId: management,
    organizationAccountIds,
    incident: null,
    baseline: null,
    options: Object.fromEntries(
      Object.entries(check.meta.options ?? {}).map(([name, option]) => [name, option.default]),
    ),
  };
  const lookup = (key: EvidenceKey) => observed(evidence[key], [], asOf, []);
  const result = evaluateCheck(check, context, lookup);
  expect([check.meta.id, result.outcome]).not.toEqual([check.meta.id, 'error']);
  return (result.outcome === 'fail' ? result.sightings : []).map(({ messageId, subject }) => {
    const message = check.meta.messages[messageId];
    const severity =
      message === undefined || typeof message === 'string' ? check.meta.severity : message.severity;
    return { check: check.meta.id, messageId, arn: subject.arn, severity, kind: check.meta.kind };
  });
}

const root = fileURLToPath(new URL('../../../checks', import.meta.url));
const files = ['long-term-keys', 'leftover-admins', 'eyes'].flatMap((domain) =>
  readdirSync(path.join(root, domain)).map((file) => path.join(domain, file)),
);
const checks: AnyCheck[] = [];
// One after the other: Jest links modules that are imported at the same time in a random order and fails.
for (const file of files) {
  const { default: check }: { readonly default: unknown } = await import(path.join(root, file));
  checks.push(validateCheck(check, file.slice(0, -'.ts'.length)));
}

describe('an innocent member account without a baseline', () => {
  const evidence = evidenceFor(buildAuthorizationDetails({ roles: innocentRoles, policies: awsPolicies }));
  const findings = checks.flatMap((check) => findingsOf(check, evidence));

  test('gives no residue and no tampering at severity high or above', () => {
    expect(checks.length).toBeGreaterThan(45);
    const alarming = findings.filter(
      ({ severity, kind }) => kind !== 'hardening' && severityRank(severity) <= severityRank('high'),
    );
    expect(alarming).toEqual([]);
  });

  test('still lists its administrators and outsiders for review', () => {
    const seen = findings.map(({ check, arn }) => `${check} ${arn}`);
    expect(seen).toContain(`leftover-admins/admin-role ${roleArn('break-glass')}`);
    expect(seen).toContain(`leftover-admins/external-trust ${roleArn('vendor-monitoring')}`);
    expect(seen).toContain(
      `leftover-admins/management-account-trust ${roleArn('OrganizationAccountAccessRole')}`,
    );
  });
});

describe('the same account with back doors', () => {
  const evidence = evidenceFor(
    buildAuthorizationDetails({ roles: [...innocentRoles, ...hostileRoles], policies: awsPolicies }),
  );
  const findings = checks.flatMap((check) => findingsOf(check, evidence));

  test.each([
    ['leftover-admins/external-trust', 'openAdmin', 'support-access', 'critical'],
    ['leftover-admins/anyone-trust', 'open', 'open-door', 'critical'],
    ['leftover-admins/reserved-name', 'wrongPath', 'AWSReservedSSO_Administrator_0123456789abcdef', 'high'],
    ['leftover-admins/loose-federation-trust', 'anySubject', 'any-repository', 'high'],
    ['leftover-admins/escalating-principal', 'escalates', 'lambda-basic-execution-role', 'medium'],
    ['leftover-admins/look-alike-principal', 'executionRole', 'lambda-basic-execution-role', 'high'],
  ])('%s finds %s on %s', (check, messageId, name, severity) => {
    const arn = roleArn(name);
    expect(findings).toContainEqual({ check, messageId, arn, severity, kind: 'residue' });
  });
});
