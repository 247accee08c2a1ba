import { assignmentArn, delegatedAdministratorArn, functionUrlArn } from '../model/resource-arn.ts';

/** How a file names one thing: by ARN, or by an id of a type as in ResourceFact. */
export interface NamedThing {
  readonly arn: string | null;
  readonly type: string | null;
  readonly id: string | null;
}

const arnPattern = /^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:\d{0,12}:[^\s]{1,2000}$/;

export function isArn(text: string | null): text is string {
  return text !== null && arnPattern.test(text);
}

/** Ids as AWS writes them: a word without spaces; anything else (a generated secret, a document) is not kept. */
const idPattern = /^[\w.@+=,:/-]{1,256}$/;

/** CloudFormation type to ours; its physical id is a name, a unique id or an ARN. */
const cloudFormationTypes: Readonly<Record<string, string>> = {
  'AWS::AccessAnalyzer::Analyzer': 'analyzer',
  'AWS::ApiGateway::ApiKey': 'api-key',
  'AWS::ApiGateway::DomainName': 'domain-name',
  'AWS::ApiGateway::RestApi': 'rest-api',
  'AWS::ApiGatewayV2::Api': 'http-api',
  'AWS::ApiGatewayV2::DomainName': 'domain-name',
  'AWS::CloudTrail::Trail': 'trail',
  'AWS::IAM::AccessKey': 'access-key',
  'AWS::IAM::Group': 'iam-group',
  'AWS::IAM::ManagedPolicy': 'iam-policy',
  'AWS::IAM::OIDCProvider': 'oidc-provider',
  'AWS::IAM::Role': 'iam-role',
  'AWS::IAM::SAMLProvider': 'saml-provider',
  'AWS::IAM::ServiceLinkedRole': 'iam-role',
  'AWS::IAM::User': 'iam-user',
  'AWS::IAM::VirtualMFADevice': 'mfa-device',
  'AWS::IdentityStore::Group': 'directory-group',
  'AWS::IdentityStore::GroupMembership': 'directory-membership',
  'AWS::Lambda::EventSourceMapping': 'event-source-mapping',
  'AWS::Lambda::Function': 'lambda-function',
  'AWS::Lambda::LayerVersion': 'lambda-layer',
  'AWS::Lambda::Url': 'function-url',
  'AWS::Organizations::Account': 'organization-account',
  'AWS::Organizations::OrganizationalUnit': 'organizational-unit',
  'AWS::Organizations::Policy': 'organization-policy',
  'AWS::SSO::PermissionSet': 'permission-set',
};

/** Null for types that afterleak does not read: their physical ids may be anything. */
export function cloudFormationThing(resourceType: string, physicalId: string): NamedThing | null {
  const type = Object.hasOwn(cloudFormationTypes, resourceType)
    ? (cloudFormationTypes[resourceType] ?? null)
    : null;
  // A permission set's physical id is `instance ARN|permission set ARN`, a membership's `id|store`.
  const parts = physicalId.split('|');
  const arn = [...parts].reverse().find(isArn) ?? null;
  if (type === null) {
    return arn === null ? null : { arn, type: null, id: null };
  }
  if (arn !== null) {
    const own =
      type === 'function-url'
        ? functionUrlArn(arn)
        : type === 'lambda-layer'
          ? arn.replace(/:\d+$/, '')
          : arn;
    return { arn: own, type, id: null };
  }
  const id = type === 'directory-membership' ? parts[0] : parts.at(-1);
  return id !== undefined && idPattern.test(id) ? { arn: null, type, id } : null;
}

export interface TerraformIds {
  readonly arn: string | null;
  readonly id: string | null;
  readonly layer_arn: string | null;
  readonly function_arn: string | null;
}

type TerraformReader = (ids: TerraformIds) => NamedThing | null;

const byId =
  (type: string): TerraformReader =>
  ({ arn, id }) => {
    const last = id?.split('/').at(-1) ?? null;
    return { arn: isArn(arn) ? arn : null, type, id: last !== null && idPattern.test(last) ? last : null };
  };

const byArn = (arn: string | null, change: (arn: string) => string = (own) => own): NamedThing | null =>
  isArn(arn) ? { arn: change(arn), type: null, id: null } : null;

/** Id: principal, its type, account, target type, permission set ARN, instance ARN, separated by commas. */
const assignment: TerraformReader = ({ id }) => {
  const [principalId, principalType, accountId, , permissionSetArn = ''] = id?.split(',') ?? [];
  return isArn(permissionSetArn) && principalId && principalType && accountId
    ? {
        arn: assignmentArn({ permissionSetArn, accountId, principalType, principalId }),
        type: 'assignment',
        id: null,
      }
    : null;
};

/** Terraform types that are known by something else than the attribute `arn`. */
const terraformReaders: Readonly<Record<string, TerraformReader>> = {
  aws_iam_access_key: byId('access-key'),
  aws_identitystore_group: byId('directory-group'),
  aws_identitystore_group_membership: byId('directory-membership'),
  aws_identitystore_user: byId('directory-user'),
  aws_lambda_event_source_mapping: byId('event-source-mapping'),
  aws_lambda_function_url: ({ function_arn }) => byArn(function_arn, functionUrlArn),
  aws_lambda_layer_version: ({ layer_arn }) => byArn(layer_arn),
  aws_organizations_delegated_administrator: ({ arn }) => byArn(arn, delegatedAdministratorArn),
  aws_ssoadmin_account_assignment: assignment,
};

/** Null where neither an ARN nor an id of a known type is told. Only resources of AWS's providers are looked at. */
export function terraformThing(type: string, ids: TerraformIds): NamedThing | null {
  if (!/^aws(?:cc)?_/.test(type)) {
    return null;
  }
  const reader = Object.hasOwn(terraformReaders, type) ? terraformReaders[type] : undefined;
  return reader?.(ids) ?? byArn(ids.arn) ?? byArn(ids.id);
}
