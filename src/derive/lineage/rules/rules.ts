import { accountRules, emailRules, modelRules, quotaRules, supportRules } from './account.ts';
import { apiGatewayRules } from './api-gateway.ts';
import { ec2Rules, rdsRules } from './compute.ts';
import {
  accessAnalyzerRules,
  cloudTrailRules,
  cloudWatchRules,
  configRules,
  detectiveRules,
  firewallManagerRules,
  guardDutyRules,
  inspectorRules,
  logsRules,
  macieRules,
  resolverRules,
  securityHubRules,
  webFirewallRules,
} from './detection.ts';
import { directoryRules } from './directory.ts';
import { iamCredentialRules } from './iam-credentials.ts';
import { cognitoIdentityRules, eksRules, iamFederationRules, rolesAnywhereRules } from './iam-federation.ts';
import { iamPrincipalRules } from './iam-principals.ts';
import { ssoRules } from './identity-center.ts';
import { lambdaRules } from './lambda.ts';
import type { LineageRule, RuleTable } from './lineage-rule.ts';
import { organizationRules, organizationSwitchRules } from './organizations.ts';
import { portalRole, portalSignIn } from './portal.ts';
import { cloudFormationRules, eventBridgeRules, schedulerRules, stepFunctionsRules } from './schedules.ts';
import { rolesAnywhereSessionRules, signinRules, stsRules } from './sessions.ts';
import { kmsRules, parameterRules, s3Rules, secretRules } from './storage.ts';

/** Names repeat across services: a rule belongs to an event source and a name. */
export const lineageRules: Readonly<Record<string, RuleTable>> = {
  'access-analyzer.amazonaws.com': accessAnalyzerRules,
  'account.amazonaws.com': accountRules,
  'apigateway.amazonaws.com': apiGatewayRules,
  'bedrock.amazonaws.com': modelRules,
  'cloudformation.amazonaws.com': cloudFormationRules,
  'cloudtrail.amazonaws.com': cloudTrailRules,
  'cognito-identity.amazonaws.com': cognitoIdentityRules,
  'config.amazonaws.com': configRules,
  'detective.amazonaws.com': detectiveRules,
  'ec2.amazonaws.com': ec2Rules,
  'eks.amazonaws.com': eksRules,
  'events.amazonaws.com': eventBridgeRules,
  'fms.amazonaws.com': firewallManagerRules,
  'guardduty.amazonaws.com': guardDutyRules,
  'iam.amazonaws.com': {
    ...iamPrincipalRules,
    ...iamCredentialRules,
    ...iamFederationRules,
    EmailUpdated: accountRules['EmailUpdated'] ?? { acts: () => [] },
  },
  'identitystore.amazonaws.com': directoryRules,
  'inspector2.amazonaws.com': inspectorRules,
  'kms.amazonaws.com': kmsRules,
  'lambda.amazonaws.com': lambdaRules,
  'logs.amazonaws.com': logsRules,
  'macie2.amazonaws.com': macieRules,
  'monitoring.amazonaws.com': cloudWatchRules,
  'organizations.amazonaws.com': organizationRules,
  ...organizationSwitchRules,
  'rds.amazonaws.com': rdsRules,
  'rolesanywhere.amazonaws.com': { ...rolesAnywhereRules, ...rolesAnywhereSessionRules },
  'route53resolver.amazonaws.com': resolverRules,
  's3.amazonaws.com': s3Rules,
  'scheduler.amazonaws.com': schedulerRules,
  'secretsmanager.amazonaws.com': secretRules,
  'securityhub.amazonaws.com': securityHubRules,
  'servicequotas.amazonaws.com': quotaRules,
  'ses.amazonaws.com': emailRules,
  'signin.amazonaws.com': {
    ...signinRules,
    UserAuthentication: portalSignIn,
    EmailUpdated: accountRules['EmailUpdated'] ?? { acts: () => [] },
  },
  'ssm.amazonaws.com': parameterRules,
  'sso.amazonaws.com': {
    ...ssoRules,
    Authenticate: portalSignIn,
    Federate: portalRole,
    GetRoleCredentials: portalRole,
  },
  'sso-directory.amazonaws.com': directoryRules,
  'states.amazonaws.com': stepFunctionsRules,
  'sts.amazonaws.com': stsRules,
  'support.amazonaws.com': supportRules,
  'wafv2.amazonaws.com': webFirewallRules,
};

/**
 * Events that make or change nothing of their own, but tell of secrets read, of who signed in, or tie one account's
 * session to another's.
 */
export const readEvents: Readonly<Record<string, readonly string[]>> = {
  'ec2.amazonaws.com': ['DescribeInstanceAttribute', 'GetPasswordData', 'DescribeLaunchTemplateVersions'],
  'ecr.amazonaws.com': ['GetAuthorizationToken'],
  'ecs.amazonaws.com': ['DescribeTaskDefinition'],
  'codeartifact.amazonaws.com': ['GetAuthorizationToken'],
  'codebuild.amazonaws.com': ['BatchGetProjects'],
  'elasticbeanstalk.amazonaws.com': ['DescribeConfigurationSettings'],
  'lambda.amazonaws.com': ['GetFunction', 'GetFunctionConfiguration', 'ListFunctions'],
  'secretsmanager.amazonaws.com': ['GetSecretValue', 'BatchGetSecretValue'],
  'signin.amazonaws.com': [
    'CheckMfa',
    'CredentialChallenge',
    'CredentialVerification',
    'PasswordRecoveryCompleted',
    'PasswordRecoveryRequested',
  ],
  'ssm.amazonaws.com': [
    'GetParameter',
    'GetParameterHistory',
    'GetParameters',
    'GetParametersByPath',
    'SendCommand',
    'StartSession',
  ],
  'sso.amazonaws.com': ['CreateToken'],
  'sso-oauth.amazonaws.com': ['CreateToken'],
  'sts.amazonaws.com': ['GetWebIdentityToken'],
};

const ruleMaps = new Map(
  Object.entries(lineageRules).map(([source, table]) => [source, new Map(Object.entries(table))]),
);

export function ruleOf(source: string, name: string): LineageRule | null {
  return ruleMaps.get(source)?.get(name) ?? null;
}

/** Every event that the lineage, the impact or the settings read, sorted. */
export function readEventNames(): Readonly<Record<string, readonly string[]>> {
  const sources = [...new Set([...Object.keys(lineageRules), ...Object.keys(readEvents)])].sort();
  return Object.fromEntries(
    sources.map((source) => [
      source,
      [...new Set([...Object.keys(lineageRules[source] ?? {}), ...(readEvents[source] ?? [])])].sort(),
    ]),
  );
}
