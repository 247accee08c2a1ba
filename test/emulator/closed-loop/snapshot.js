import { awsIn } from '../seeds/aws.js';
import { DEVELOPMENT_ACCOUNT, MANAGEMENT_ACCOUNT, PRODUCTION_ACCOUNT, SECURITY_ACCOUNT } from '../start.js';

const ACCOUNTS = [MANAGEMENT_ACCOUNT, SECURITY_ACCOUNT, PRODUCTION_ACCOUNT, DEVELOPMENT_ACCOUNT];
const REGIONS = ['us-east-1', 'eu-west-1', 'eu-central-1', 'ap-southeast-2'];
/** What changes by being used or read, and what a thing that was put back cannot have again. */
const VOLATILE = new Set([
  '$metadata',
  'RoleLastUsed',
  'PasswordLastUsed',
  'UpdateDate',
  'LastModified',
  'LastModifiedTime',
  'LastUpdatedDate',
  'lastUpdatedDate',
  'UpdatedAt',
  'UpdatedBy',
  'RevisionId',
  'createdAt',
  'DateEnabled',
  'DelegationEnabledDate',
  'AttachmentCount',
]);

const canonical = (value) => {
  if (Array.isArray(value)) {
    const items = value.map(canonical);
    return items.every((item) => typeof item !== 'object' || item === null)
      ? items.sort()
      : items.sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.keys(value)
        .filter((key) => !VOLATILE.has(key) && value[key] !== undefined)
        .sort()
        .map((key) => [key, canonical(value[key])]),
    );
  }
  if (typeof value === 'string' && /^(%7B|\{)/.test(value)) {
    try {
      return canonical(JSON.parse(value.startsWith('%') ? decodeURIComponent(value) : value));
    } catch {
      return value;
    }
  }
  return value;
};

/** Every item of a list, page by page. */
const all = async (call, operation, input, name) => {
  const items = [];
  let token = {};
  do {
    const answer = await call(operation, { ...input, ...token });
    items.push(...(answer[name] ?? []));
    const next = ['NextToken', 'nextToken', 'Marker', 'NextMarker', 'position'].find((key) => answer[key]);
    const asked = next === 'NextMarker' ? 'Marker' : next;
    token = next === undefined || answer.IsTruncated === false ? {} : { [asked]: answer[next] };
  } while (Object.keys(token).length > 0);
  return items;
};

/** The answer, or null where there is nothing. */
const optional = (answer, ...codes) =>
  answer.catch((error) => {
    if (codes.includes(error.name)) {
      return null;
    }
    throw error;
  });

const users = async (aws, note, accountId) => {
  const { iam } = aws;
  for (const { UserName, Arn } of await all(iam, 'ListUsers', {}, 'Users')) {
    const of = { UserName };
    note(`iam-user-credentials ${Arn}`, {
      keys: (await all(iam, 'ListAccessKeys', of, 'AccessKeyMetadata')).map(({ AccessKeyId, Status }) => ({
        AccessKeyId,
        Status,
      })),
      password:
        (await optional(iam('GetLoginProfile', of), 'NoSuchEntity', 'NoSuchEntityException')) !== null,
      devices: await all(iam, 'ListMFADevices', of, 'MFADevices'),
      ssh: await all(iam, 'ListSSHPublicKeys', of, 'SSHPublicKeys'),
      certificates: await all(iam, 'ListSigningCertificates', of, 'Certificates'),
      services: await all(iam, 'ListServiceSpecificCredentials', of, 'ServiceSpecificCredentials'),
    });
  }
  note(`virtual-mfa-devices ${accountId}`, await all(iam, 'ListVirtualMFADevices', {}, 'VirtualMFADevices'));
};

const identity = async (aws, note, accountId) => {
  const { iam } = aws;
  const Filter = ['User', 'Group', 'Role', 'LocalManagedPolicy'];
  for (const [type, list] of [
    ['iam-user', 'UserDetailList'],
    ['iam-group', 'GroupDetailList'],
    ['iam-role', 'RoleDetailList'],
    ['iam-policy', 'Policies'],
  ]) {
    for (const item of await all(iam, 'GetAccountAuthorizationDetails', { Filter }, list)) {
      note(`${type} ${item.Arn}`, item);
    }
  }
  await users(aws, note, accountId);
  const { OpenIDConnectProviderList } = await iam('ListOpenIDConnectProviders');
  const { SAMLProviderList } = await iam('ListSAMLProviders');
  note(`identity-providers ${accountId}`, [
    ...OpenIDConnectProviderList.map(({ Arn }) => Arn),
    ...SAMLProviderList.map(({ Arn }) => Arn),
  ]);
  const { PasswordPolicy } = await iam('GetAccountPasswordPolicy');
  note(`password-policy ${accountId}`, PasswordPolicy);
  const { AlternateContact } = await aws.account('GetAlternateContact', { AlternateContactType: 'SECURITY' });
  note(`alternate-contact ${accountId}`, AlternateContact);
  note(`regions ${accountId}`, await all(aws.account, 'ListRegions', {}, 'Regions'));
};

const oneFunction = async (lambda, FunctionName) => {
  const versions = await all(lambda, 'ListVersionsByFunction', { FunctionName }, 'Versions');
  const aliases = await all(lambda, 'ListAliases', { FunctionName }, 'Aliases');
  const qualifiers = [undefined, ...aliases.map(({ Name }) => Name)];
  const policies = [];
  for (const Qualifier of qualifiers) {
    const answer = await optional(
      lambda('GetPolicy', { FunctionName, ...(Qualifier === undefined ? {} : { Qualifier }) }),
      'ResourceNotFoundException',
    );
    policies.push({ qualifier: Qualifier ?? '', policy: answer?.Policy ?? null });
  }
  return {
    versions: versions.map(({ Version, CodeSha256, Role, Handler, Layers, Environment }) => ({
      Version,
      CodeSha256,
      Role,
      Handler,
      Layers,
      Environment,
    })),
    aliases,
    policies,
    urls: await all(lambda, 'ListFunctionUrlConfigs', { FunctionName }, 'FunctionUrlConfigs'),
    sources: await all(lambda, 'ListEventSourceMappings', { FunctionName }, 'EventSourceMappings'),
    concurrency: await lambda('GetFunctionConcurrency', { FunctionName }),
  };
};

const restApi = async (apiGateway, restApiId) => ({
  resources: await all(apiGateway, 'GetResources', { restApiId, embed: ['methods'] }, 'items'),
  stages: (await apiGateway('GetStages', { restApiId })).item,
  authorizers: await all(apiGateway, 'GetAuthorizers', { restApiId }, 'items'),
});

const httpApi = async (apiGatewayV2, ApiId) => ({
  routes: await all(apiGatewayV2, 'GetRoutes', { ApiId }, 'Items'),
  integrations: await all(apiGatewayV2, 'GetIntegrations', { ApiId }, 'Items'),
  authorizers: await all(apiGatewayV2, 'GetAuthorizers', { ApiId }, 'Items'),
  stages: await all(apiGatewayV2, 'GetStages', { ApiId }, 'Items'),
});

const workloads = async (aws, note, accountId, region) => {
  const { lambda, apiGateway, apiGatewayV2 } = aws;
  for (const { FunctionName, FunctionArn } of await all(lambda, 'ListFunctions', {}, 'Functions')) {
    note(`lambda-function ${FunctionArn}`, await oneFunction(lambda, FunctionName));
  }
  for (const { LayerName, LayerArn } of await all(lambda, 'ListLayers', {}, 'Layers')) {
    note(
      `lambda-layer ${LayerArn}`,
      (await all(lambda, 'ListLayerVersions', { LayerName }, 'LayerVersions')).map(({ Version }) => Version),
    );
  }
  for (const api of await all(apiGateway, 'GetRestApis', {}, 'items')) {
    note(`rest-api ${accountId} ${region} ${api.id}`, { api, ...(await restApi(apiGateway, api.id)) });
  }
  for (const api of await all(apiGatewayV2, 'GetApis', {}, 'Items')) {
    note(`http-api ${accountId} ${region} ${api.ApiId}`, {
      api,
      ...(await httpApi(apiGatewayV2, api.ApiId)),
    });
  }
  for (const { domainName } of await all(apiGateway, 'GetDomainNames', {}, 'items')) {
    note(
      `rest-domain ${accountId} ${region} ${domainName}`,
      await all(apiGateway, 'GetBasePathMappings', { domainName }, 'items'),
    );
  }
  for (const { DomainName } of await all(apiGatewayV2, 'GetDomainNames', {}, 'Items')) {
    note(
      `http-domain ${accountId} ${region} ${DomainName}`,
      await all(apiGatewayV2, 'GetApiMappings', { DomainName }, 'Items'),
    );
  }
  for (const analyzer of await all(aws.accessAnalyzer, 'ListAnalyzers', {}, 'analyzers')) {
    note(`analyzer ${analyzer.arn}`, { type: analyzer.type, status: analyzer.status });
  }
};

const trails = async ({ cloudTrail }, note) => {
  const { trailList } = await cloudTrail('DescribeTrails', { includeShadowTrails: false });
  for (const trail of trailList) {
    const { EventSelectors, AdvancedEventSelectors } = await cloudTrail('GetEventSelectors', {
      TrailName: trail.TrailARN,
    });
    note(`trail ${trail.TrailARN}`, {
      trail: { ...trail, HasCustomEventSelectors: undefined },
      logging: (await cloudTrail('GetTrailStatus', { Name: trail.TrailARN })).IsLogging,
      selectors: EventSelectors ?? AdvancedEventSelectors,
    });
  }
};

const organization = async ({ organizations, iam }, note) => {
  note('accounts', await all(organizations, 'ListAccounts', {}, 'Accounts'));
  const services = await all(
    organizations,
    'ListAWSServiceAccessForOrganization',
    {},
    'EnabledServicePrincipals',
  );
  for (const { ServicePrincipal } of services) {
    note(`trusted-service ${ServicePrincipal}`, true);
  }
  for (const Filter of ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY']) {
    for (const { Id } of await all(organizations, 'ListPolicies', { Filter }, 'Policies')) {
      const { Policy } = await organizations('DescribePolicy', { PolicyId: Id });
      const targets = await all(organizations, 'ListTargetsForPolicy', { PolicyId: Id }, 'Targets');
      note(`organization-policy ${Id}`, { Policy, targets: targets.map(({ TargetId }) => TargetId) });
    }
  }
  for (const { Id } of await all(
    organizations,
    'ListDelegatedAdministrators',
    {},
    'DelegatedAdministrators',
  )) {
    const held = await all(
      organizations,
      'ListDelegatedServicesForAccount',
      { AccountId: Id },
      'DelegatedServices',
    );
    note(
      `delegated-administrator ${Id}`,
      held.map(({ ServicePrincipal }) => ServicePrincipal),
    );
  }
  const features = await optional(
    iam('ListOrganizationsFeatures'),
    'ServiceAccessNotEnabledException',
    'ServiceAccessNotEnabled',
  );
  note('root-features', features?.EnabledFeatures ?? null);
  const policy = await optional(organizations('DescribeResourcePolicy'), 'ResourcePolicyNotFoundException');
  note('organization-resource-policy', policy?.ResourcePolicy ?? null);
};

const identityCenter = async ({ ssoAdmin, identityStore }, note) => {
  const [{ InstanceArn, IdentityStoreId }] = await all(ssoAdmin, 'ListInstances', {}, 'Instances');
  for (const PermissionSetArn of await all(
    ssoAdmin,
    'ListPermissionSets',
    { InstanceArn },
    'PermissionSets',
  )) {
    const of = { InstanceArn, PermissionSetArn };
    const assignments = [];
    for (const AccountId of await all(
      ssoAdmin,
      'ListAccountsForProvisionedPermissionSet',
      of,
      'AccountIds',
    )) {
      assignments.push(
        ...(await all(ssoAdmin, 'ListAccountAssignments', { ...of, AccountId }, 'AccountAssignments')),
      );
    }
    note(`permission-set ${PermissionSetArn}`, {
      set: (await ssoAdmin('DescribePermissionSet', of)).PermissionSet,
      managed: await all(ssoAdmin, 'ListManagedPoliciesInPermissionSet', of, 'AttachedManagedPolicies'),
      inline: (await ssoAdmin('GetInlinePolicyForPermissionSet', of)).InlinePolicy,
      assignments,
    });
  }
  for (const user of await all(identityStore, 'ListUsers', { IdentityStoreId }, 'Users')) {
    note(`directory-user ${user.UserId}`, user);
  }
  for (const group of await all(identityStore, 'ListGroups', { IdentityStoreId }, 'Groups')) {
    const of = { IdentityStoreId, GroupId: group.GroupId };
    const members = await all(identityStore, 'ListGroupMemberships', of, 'GroupMemberships');
    note(`directory-group ${group.GroupId}`, { group, members });
  }
  for (const { ApplicationArn, ...more } of await all(
    ssoAdmin,
    'ListApplications',
    { InstanceArn },
    'Applications',
  )) {
    note(`application ${ApplicationArn}`, more);
  }
};

/** The state of everything in the organization: what and where to canonical JSON. */
export const snapshot = async (emulator) => {
  const found = new Map();
  const note = (key, value) => {
    found.set(key, JSON.stringify(canonical(value)));
  };
  const management = awsIn(emulator, MANAGEMENT_ACCOUNT);
  await organization(management, note);
  await identityCenter(management, note);
  for (const accountId of ACCOUNTS) {
    const aws = awsIn(emulator, accountId);
    await identity(aws, note, accountId);
    for (const region of REGIONS) {
      const inRegion = awsIn(emulator, accountId, { region });
      await workloads(inRegion, note, accountId, region);
      await trails(inRegion, note);
    }
  }
  return new Map([...found].sort(([left], [right]) => (left < right ? -1 : 1)));
};

/** What stands differently in two snapshots, as sentences. */
export const differences = (wanted, found) => {
  const lines = [];
  for (const [key, value] of wanted) {
    if (!found.has(key)) {
      lines.push(`missing: ${key}`);
    } else if (found.get(key) !== value) {
      lines.push(`changed: ${key}\n  was ${value}\n  is  ${found.get(key)}`);
    }
  }
  for (const key of found.keys()) {
    if (!wanted.has(key)) {
      lines.push(`new: ${key}`);
    }
  }
  return lines.sort();
};
