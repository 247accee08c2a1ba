import { describe, expect, test } from '@jest/globals';
import resourcesAccount from '../../../src/derive/resources-account.ts';
import resourcesOrganization from '../../../src/derive/resources-organization.ts';
import resourcesRegion from '../../../src/derive/resources-region.ts';
import type { ResourceFact } from '../../../src/model/evidence/derived.ts';
import { buildOrganizationAccount } from '../../../src/testing/builders/account.ts';
import {
  buildApiKey,
  buildAuthorizer,
  buildDomainName,
  buildHttpApi,
  buildOpenRoute,
  buildRestApi,
  buildRoute,
  buildStage,
} from '../../../src/testing/builders/api-gateway.ts';
import { buildAnalyzer, buildTrail } from '../../../src/testing/builders/detection.ts';
import {
  adminDocument,
  buildAccessKey,
  buildAuthorizationDetails,
  buildIamGroup,
  buildIamUser,
  buildLoginProfile,
  buildManagedPolicy,
  buildMfaDevice,
  buildOidcProvider,
  buildPolicyVersion,
  buildRole,
  buildSamlProvider,
  buildServiceSpecificCredential,
  buildSigningCertificate,
  buildSshPublicKey,
} from '../../../src/testing/builders/iam.ts';
import {
  buildEventSourceMapping,
  buildFunction,
  buildFunctionPolicy,
  buildFunctionUrl,
  buildLayer,
  functionArn,
} from '../../../src/testing/builders/lambda.ts';
import { accountContext, organizationContext } from './derivation-contexts.ts';
import { regionContext } from './endpoint-cases.ts';

type AccountInputs = Parameters<typeof resourcesAccount.compute>[0];
type RegionInputs = Parameters<typeof resourcesRegion.compute>[0];
type OrganizationInputs = Parameters<typeof resourcesOrganization.compute>[0];

const nothingInAccount: AccountInputs = {
  'iam.authorization-details': null,
  'iam.access-keys': null,
  'iam.login-profiles': null,
  'iam.mfa-devices': null,
  'iam.service-specific-credentials': null,
  'iam.ssh-public-keys': null,
  'iam.signing-certificates': null,
  'iam.saml-providers': null,
  'iam.oidc-providers': null,
  'cloudtrail.trails': null,
  'organizations.account-handshakes': null,
  'account.regions': null,
};

const nothingInRegion: RegionInputs = {
  'lambda.functions': null,
  'lambda.function-urls': null,
  'lambda.function-policies': [],
  'lambda.aliases': null,
  'lambda.event-source-mappings': null,
  'lambda.layers': null,
  'api-gateway.rest-apis': null,
  'api-gateway.http-apis': null,
  'api-gateway.domain-names': null,
  'api-gateway.api-keys': null,
  'access-analyzer.analyzers': null,
  'identity-center.instances': null,
};

const nothingInOrganization: OrganizationInputs = {
  'organizations.accounts': null,
  'organizations.roots': null,
  'organizations.organizational-units': null,
  'organizations.policies': null,
  'organizations.trusted-services': null,
  'organizations.delegated-administrators': null,
  'organizations.resource-policy': null,
  'organizations.handshakes': null,
  'identity-center.organization-instances': null,
  'identity-center.permission-sets': null,
  'identity-center.assignments': null,
  'identity-center.applications': null,
  'identity-center.trusted-token-issuers': null,
  'identity-center.access-control-attributes': null,
  'identity-store.users': null,
  'identity-store.groups': null,
  'identity-store.memberships': null,
};

const inAccount = (given: Partial<AccountInputs>): readonly ResourceFact[] =>
  resourcesAccount.compute({ ...nothingInAccount, ...given }, accountContext);
const inRegion = (given: Partial<RegionInputs>): readonly ResourceFact[] =>
  resourcesRegion.compute({ ...nothingInRegion, ...given }, regionContext);
const inOrganization = (given: Partial<OrganizationInputs>): readonly ResourceFact[] =>
  resourcesOrganization.compute({ ...nothingInOrganization, ...given }, organizationContext);

const typesOf = (facts: readonly ResourceFact[]) => facts.map(({ type }) => type).sort();
const digestOf = (facts: readonly ResourceFact[]) => facts[0]?.contentSha256;

describe('resources of an account', () => {
  test('are everything that IAM and CloudTrail show, each with its own ARN', () => {
    const facts = inAccount({
      'iam.authorization-details': buildAuthorizationDetails({
        users: [buildIamUser()],
        groups: [buildIamGroup()],
        roles: [buildRole()],
        policies: [buildManagedPolicy(), buildManagedPolicy({ name: 'ReadOnlyAccess', awsManaged: true })],
      }),
      'iam.access-keys': [buildAccessKey()],
      'iam.login-profiles': [buildLoginProfile()],
      'iam.mfa-devices': [buildMfaDevice()],
      'iam.service-specific-credentials': [buildServiceSpecificCredential()],
      'iam.ssh-public-keys': [buildSshPublicKey()],
      'iam.signing-certificates': [buildSigningCertificate()],
      'iam.saml-providers': [buildSamlProvider()],
      'iam.oidc-providers': [buildOidcProvider()],
      'cloudtrail.trails': [buildTrail()],
      'account.regions': [{ name: 'us-east-1', status: 'ENABLED_BY_DEFAULT' }],
    });
    expect(typesOf(facts)).toEqual([
      'access-key',
      'iam-group',
      'iam-policy',
      'iam-role',
      'iam-user',
      'login-profile',
      'mfa-device',
      'oidc-provider',
      'region',
      'saml-provider',
      'service-specific-credential',
      'signing-certificate',
      'ssh-public-key',
      'trail',
    ]);
    expect(new Set(facts.map(({ arn }) => arn)).size).toBe(facts.length);
    expect(facts.find(({ type }) => type === 'access-key')).toMatchObject({
      arn: 'arn:aws:iam::111122223333:user/alice/access-key/AKIAIOSFODNN7EXAMPLE',
      uniqueId: 'AKIAIOSFODNN7EXAMPLE',
      accountId: '111122223333',
      changeCoverage: 'created-only',
    });
  });

  test('a policy dates every change only while it has a single version', () => {
    const coverage = (versions: number) =>
      inAccount({
        'iam.authorization-details': buildAuthorizationDetails({
          policies: [
            buildManagedPolicy({
              versions: Array.from({ length: versions }, (_, index) =>
                buildPolicyVersion({ versionId: `v${index + 1}`, isDefault: index === 0 }),
              ),
            }),
          ],
        }),
      })[0]?.changeCoverage;
    expect([coverage(1), coverage(2)]).toEqual(['complete', 'created-only']);
  });

  test('the digest follows what matters and nothing else', () => {
    const digest = (fields: Parameters<typeof buildRole>[0]) =>
      digestOf(
        inAccount({
          'iam.authorization-details': buildAuthorizationDetails({ roles: [buildRole(fields)] }),
        }),
      );
    const plain = digest({});
    expect(digest({ tags: [{ key: 'owner', value: 'x' }], createdAt: '2026-01-01T00:00:00.000Z' })).toBe(
      plain,
    );
    expect(digest({ inlinePolicies: [{ name: 'all', document: adminDocument }] })).not.toBe(plain);
    expect(digest({ trustPolicy: adminDocument })).not.toBe(plain);
    expect(digest({ permissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/boundary' })).not.toBe(plain);
  });

  test('the owner is told by tag, a stack before a name that anybody may write', () => {
    const owner = (...tags: readonly { readonly key: string; readonly value: string }[]) =>
      inAccount({
        'iam.authorization-details': buildAuthorizationDetails({ users: [buildIamUser({ tags })] }),
      })[0]?.owner;
    const stack = { key: 'aws:cloudformation:stack-name', value: 'platform' };
    expect([
      owner(),
      owner({ key: 'Owner', value: 'team-a' }),
      owner({ key: 'owner', value: 'team-a' }, stack),
    ]).toEqual([null, 'team-a', 'platform']);
  });

  test('a trail that was stopped is dated by that', () => {
    const [trail] = inAccount({
      'cloudtrail.trails': [buildTrail({ logging: false, stoppedAt: '2026-11-03T10:00:00.000Z' })],
    });
    expect(trail).toMatchObject({ modifiedAt: '2026-11-03T10:00:00.000Z', changeCoverage: 'none' });
  });
});

describe('resources of a region', () => {
  test('are functions, APIs and what belongs to them, each with its own ARN', () => {
    const facts = inRegion({
      'lambda.functions': [buildFunction()],
      'lambda.function-urls': [buildFunctionUrl(), buildFunctionUrl({ qualifier: 'live' })],
      'lambda.layers': [buildLayer()],
      'lambda.event-source-mappings': [buildEventSourceMapping({ arn: null })],
      'api-gateway.rest-apis': [buildRestApi()],
      'api-gateway.http-apis': [buildHttpApi(), buildHttpApi({ id: 'socket', protocol: 'WEBSOCKET' })],
      'api-gateway.domain-names': [buildDomainName({ arn: null })],
      'api-gateway.api-keys': [buildApiKey()],
      'access-analyzer.analyzers': [buildAnalyzer()],
    });
    expect(typesOf(facts)).toEqual([
      'analyzer',
      'api-key',
      'domain-name',
      'event-source-mapping',
      'function-url',
      'function-url',
      'http-api',
      'lambda-function',
      'lambda-layer',
      'rest-api',
      'websocket-api',
    ]);
    expect(new Set(facts.map(({ arn }) => arn)).size).toBe(facts.length);
    expect(facts.every(({ region }) => region === 'us-east-1')).toBe(true);
  });

  test('a function dates every change only where it is known to have no policy', () => {
    const coverage = (policies: RegionInputs['lambda.function-policies']) =>
      inRegion({ 'lambda.functions': [buildFunction()], 'lambda.function-policies': policies })[0]
        ?.changeCoverage;
    const own = buildFunctionPolicy([{ principal: '*', action: 'lambda:InvokeFunction' }]);
    const other = buildFunctionPolicy([], { functionName: 'other', functionArn: functionArn('other') });
    expect([coverage([]), coverage([other]), coverage([own]), coverage(null)]).toEqual([
      'complete',
      'complete',
      'created-only',
      'created-only',
    ]);
  });

  test('the digest of a function follows code, role, layers and policy', () => {
    const digest = (fields: Parameters<typeof buildFunction>[0], more: Partial<RegionInputs> = {}) =>
      digestOf(inRegion({ 'lambda.functions': [buildFunction(fields)], ...more }));
    const plain = digest({});
    expect(digest({ lastModifiedAt: '2026-11-03T10:00:00.000Z', state: 'Inactive' })).toBe(plain);
    const changed = [
      digest({ codeSha256: 'other' }),
      digest({ roleArn: 'arn:aws:iam::111122223333:role/other' }),
      digest({ layerArns: ['arn:aws:lambda:us-east-1:999988887777:layer:helper:1'] }),
      digest({}, { 'lambda.function-policies': [buildFunctionPolicy([])] }),
    ];
    expect(new Set([plain, ...changed]).size).toBe(5);
  });

  test('the digest of an API follows routes, stages and authorizers, whatever their order and ids', () => {
    const digest = (fields: Parameters<typeof buildRestApi>[0]) =>
      digestOf(inRegion({ 'api-gateway.rest-apis': [buildRestApi(fields)] }));
    const routes = [buildRoute(), buildRoute({ path: '/z' })];
    const plain = digest({ routes });
    expect(
      digest({
        routes: [...routes].reverse().map((route) => ({ ...route, authorizerId: 'renamed' })),
        authorizers: [buildAuthorizer({ id: 'renamed' })],
        stages: [buildStage({ deploymentId: 'later', modifiedAt: '2026-11-01T00:00:00.000Z' })],
      }),
    ).toBe(plain);
    const changed = [
      digest({ routes: [buildOpenRoute(), buildRoute({ path: '/z' })] }),
      digest({ routes, stages: [buildStage({ variables: { handler: 'other' } })] }),
      digest({ routes, stages: [buildStage({ deployedRoutes: [buildOpenRoute()] })] }),
      digest({ routes, authorizers: [] }),
      digest({ routes, policy: '{}' }),
    ];
    expect(new Set([plain, ...changed]).size).toBe(6);
  });

  test('an API is dated by its newest stage', () => {
    const [api] = inRegion({
      'api-gateway.rest-apis': [
        buildRestApi({
          stages: [
            buildStage({ modifiedAt: '2026-11-03T10:00:00.000Z' }),
            buildStage({ name: 'old', createdAt: null }),
          ],
        }),
      ],
    });
    expect(api).toMatchObject({ modifiedAt: '2026-11-03T10:00:00.000Z', changeCoverage: 'created-only' });
  });
});

describe('resources of the organization', () => {
  const account = buildOrganizationAccount({ id: '444455556666' });

  test('tell accounts from delegated administrators, and name services by their principal', () => {
    const facts = inOrganization({
      'organizations.accounts': [account],
      'organizations.delegated-administrators': [
        {
          accountId: account.id,
          arn: account.arn,
          name: account.name,
          enabledAt: '2026-11-03T10:00:00.000Z',
          services: [],
        },
      ],
      'organizations.trusted-services': [
        { servicePrincipal: 'config.amazonaws.com', enabledAt: '2025-01-01T00:00:00.000Z' },
      ],
    });
    expect(facts.map(({ arn, type, createdAt }) => [arn, type, createdAt])).toEqual([
      [account.arn, 'organization-account', account.joinedAt],
      [`${account.arn}/delegated-administrator`, 'delegated-administrator', '2026-11-03T10:00:00.000Z'],
      ['config.amazonaws.com', 'trusted-service', '2025-01-01T00:00:00.000Z'],
    ]);
  });

  test('name the parts of the directory as the authorization reference does, with who made them', () => {
    const stamps = {
      createdAt: '2026-11-03T10:00:00.000Z',
      createdBy: 'arn:aws:iam::111122223333:user/deploy',
      updatedAt: '2026-11-03T10:05:00.000Z',
      updatedBy: null,
    };
    const facts = inOrganization({
      'identity-store.users': [
        {
          id: 'u-1',
          identityStoreId: 'd-1',
          userName: 'mallory',
          status: null,
          externalIssuers: [],
          ...stamps,
        },
      ],
      'identity-store.groups': [{ id: 'g-1', identityStoreId: 'd-1', displayName: 'admins', ...stamps }],
      'identity-store.memberships': [
        {
          id: 'm-1',
          groupId: 'g-1',
          userId: 'u-1',
          createdAt: stamps.createdAt,
          createdBy: stamps.createdBy,
        },
      ],
    });
    expect(facts).toMatchObject([
      { arn: 'arn:aws:identitystore:::group/g-1', type: 'directory-group', name: 'admins' },
      { arn: 'arn:aws:identitystore:::membership/m-1', type: 'directory-membership' },
      {
        arn: 'arn:aws:identitystore:::user/u-1',
        type: 'directory-user',
        createdBy: stamps.createdBy,
        modifiedAt: stamps.updatedAt,
        changeCoverage: 'complete',
      },
    ]);
  });

  test('leave out the policies that AWS keeps, and a resource policy that does not exist', () => {
    const policy = {
      id: 'p-FullAWSAccess',
      arn: 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess',
      name: 'FullAWSAccess',
      type: 'SERVICE_CONTROL_POLICY',
      awsManaged: true,
      document: adminDocument,
      targets: [],
    };
    expect(
      inOrganization({
        'organizations.policies': [policy],
        'organizations.resource-policy': { present: false },
      }),
    ).toEqual([]);
  });
});
