/** What an organization holds, as far as it decides how many calls a sweep of all of it needs. */
export interface OrganizationNumbers {
  readonly accounts: number;
  /** Enabled regions of each account. */
  readonly regions: number;
  readonly users: number;
  readonly usersWithPassword: number;
  readonly accessKeys: number;
  readonly samlProviders: number;
  readonly oidcProviders: number;
  /** Trails as the accounts see them: an organization trail counts in each. */
  readonly visibleTrails: number;
  readonly functions: number;
  /** Published versions and aliases: each may carry a resource policy of its own. */
  readonly functionVersions: number;
  readonly layerVersions: number;
  readonly restApis: number;
  readonly restStages: number;
  readonly httpApis: number;
  /** Stages that serve a deployment and not the draft. */
  readonly httpStagesWithDeployment: number;
  /** The root and every unit is a parent. */
  readonly organizationalUnits: number;
  readonly enabledPolicyTypes: number;
  readonly policies: number;
  readonly delegatedAdministrators: number;
  readonly permissionSets: number;
  /** Pairs of permission set and account in which it is provisioned. */
  readonly provisioned: number;
  readonly groups: number;
}

const contactTypes = 3;
/** IAM says STARTED first: a report is asked for until it is there. */
const reportRequests = 2;
/** Once to sweep, once in the closing pass. */
const passes = 2;

/**
 * Calls by operation, one page each. More than one call for one fact stands here by name: the organization and its
 * accounts are read once to find the scope and once as evidence; the caller asks who it is before anything is known.
 */
export function minimumCalls(numbers: OrganizationNumbers): Readonly<Record<string, number>> {
  const { accounts, users, functions, restApis, httpApis, permissionSets } = numbers;
  const everyRegion = accounts * numbers.regions;
  return {
    'sts:GetCallerIdentity': 1 + accounts,
    'sts:AssumeRole': accounts - 1,
    'account:ListRegions': accounts,
    'account:GetAlternateContact': accounts * contactTypes,
    'iam:GetAccountAuthorizationDetails': accounts * passes,
    'iam:ListRoles': accounts,
    'iam:GenerateCredentialReport': accounts * reportRequests,
    'iam:GetCredentialReport': accounts,
    'iam:GetAccountSummary': accounts,
    'iam:GetAccountPasswordPolicy': accounts,
    'iam:ListVirtualMFADevices': accounts,
    'iam:ListServiceSpecificCredentials': accounts,
    'iam:ListSAMLProviders': accounts,
    'iam:GetSAMLProvider': numbers.samlProviders,
    'iam:ListOpenIDConnectProviders': accounts,
    'iam:GetOpenIDConnectProvider': numbers.oidcProviders,
    'iam:ListAccessKeys': users,
    'iam:GetAccessKeyLastUsed': numbers.accessKeys,
    'iam:GetLoginProfile': numbers.usersWithPassword,
    'iam:ListMFADevices': users,
    'iam:ListSSHPublicKeys': users,
    'iam:ListSigningCertificates': users,
    'iam:ListOrganizationsFeatures': 1,
    'cloudtrail:ListTrails': accounts,
    'cloudtrail:DescribeTrails': accounts,
    'cloudtrail:GetTrailStatus': numbers.visibleTrails,
    'cloudtrail:GetEventSelectors': numbers.visibleTrails,
    'accessanalyzer:ListAnalyzers': everyRegion,
    'events:ListRules': numbers.regions,
    'logs:DescribeMetricFilters': numbers.regions,
    'cloudwatch:DescribeAlarms': numbers.regions,
    'lambda:ListFunctions': everyRegion,
    'lambda:ListEventSourceMappings': everyRegion,
    'lambda:ListLayers': everyRegion,
    'lambda:ListAliases': functions,
    'lambda:ListFunctionUrlConfigs': functions,
    'lambda:GetPolicy': functions + numbers.functionVersions,
    'lambda:GetLayerVersionPolicy': numbers.layerVersions,
    'apigateway:GetRestApis': everyRegion,
    'apigateway:GetDomainNames': everyRegion,
    'apigateway:GetApiKeys': everyRegion,
    'apigateway:GetResources': restApis,
    'apigateway:GetAuthorizers': restApis,
    'apigateway:GetStages': restApis,
    'apigateway:GetExport': numbers.restStages,
    'apigatewayv2:GetApis': everyRegion,
    'apigatewayv2:GetRoutes': httpApis,
    'apigatewayv2:GetIntegrations': httpApis,
    'apigatewayv2:GetAuthorizers': httpApis,
    'apigatewayv2:GetStages': httpApis,
    'apigatewayv2:ExportApi': numbers.httpStagesWithDeployment,
    'organizations:DescribeOrganization': 2,
    'organizations:ListAccounts': 2,
    'organizations:ListRoots': 1,
    'organizations:ListOrganizationalUnitsForParent': 1 + numbers.organizationalUnits,
    'organizations:ListPolicies': numbers.enabledPolicyTypes,
    'organizations:DescribePolicy': numbers.policies,
    'organizations:ListTargetsForPolicy': numbers.policies,
    'organizations:ListAWSServiceAccessForOrganization': 1,
    'organizations:ListDelegatedAdministrators': 1,
    'organizations:ListDelegatedServicesForAccount': numbers.delegatedAdministrators,
    'organizations:DescribeResourcePolicy': 1,
    'organizations:ListHandshakesForOrganization': 1,
    'organizations:ListHandshakesForAccount': accounts,
    'sso-admin:ListInstances': everyRegion + 1,
    'sso-admin:ListPermissionSets': 1,
    'sso-admin:DescribePermissionSet': permissionSets,
    'sso-admin:GetInlinePolicyForPermissionSet': permissionSets,
    'sso-admin:GetPermissionsBoundaryForPermissionSet': permissionSets,
    'sso-admin:ListManagedPoliciesInPermissionSet': permissionSets,
    'sso-admin:ListCustomerManagedPolicyReferencesInPermissionSet': permissionSets,
    'sso-admin:ListAccountsForProvisionedPermissionSet': permissionSets,
    'sso-admin:ListAccountAssignments': numbers.provisioned,
    'sso-admin:ListApplications': 1,
    'sso-admin:ListTrustedTokenIssuers': 1,
    'sso-admin:DescribeInstanceAccessControlAttributeConfiguration': 1,
    'identitystore:ListUsers': 1,
    'identitystore:ListGroups': 1,
    'identitystore:ListGroupMemberships': numbers.groups,
  };
}
