import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { contentDigest } from '../../../../src/model/content-digest.ts';
import type { Dependents } from '../../../../src/model/dependents.ts';
import {
  buildAuthorizer,
  buildDomainName,
  buildHttpApi,
  buildIntegration,
  buildOpenRoute,
  buildRestApi,
  buildStage,
  invocationUri,
} from '../../../../src/testing/builders/api-gateway.ts';
import {
  adminDocument,
  buildAccessKey,
  buildAuthorizationDetails,
  buildIamGroup,
  buildIamUser,
  buildLoginProfile,
  buildManagedPolicy,
  buildMfaDevice,
  buildPolicyVersion,
  buildRole,
  buildServiceSpecificCredential,
  buildSigningCertificate,
  buildSshPublicKey,
  buildTrustPolicy,
} from '../../../../src/testing/builders/iam.ts';
import {
  buildAssignment,
  buildDirectoryGroup,
  buildDirectoryUser,
  buildIdentityCenterInstance,
  buildMembership,
  buildPermissionSet,
  exampleInstanceArn,
  permissionSetArn,
} from '../../../../src/testing/builders/identity-center.ts';
import {
  buildEventSourceMapping,
  buildFunction,
  buildFunctionAlias,
  buildFunctionPolicy,
  buildFunctionUrl,
  functionArn,
} from '../../../../src/testing/builders/lambda.ts';
import { deriveIn, refused, type Sight, type World, type WorldKey } from './dependents-world.ts';

const policyArn = 'arn:aws:iam::111122223333:policy/deploy';
const alice = buildIamUser({ name: 'alice', groups: ['admins'] });
const bob = buildIamUser({
  name: 'bob',
  attachedPolicies: [{ arn: policyArn, name: 'deploy' }],
  inlinePolicies: [{ name: 'all', document: adminDocument }],
});

const account: World = {
  'iam.authorization-details': buildAuthorizationDetails({
    users: [alice, bob],
    groups: [
      buildIamGroup({ name: 'admins', attachedPolicies: [{ arn: policyArn, name: 'deploy' }] }),
      buildIamGroup({ name: 'nobody' }),
    ],
    roles: [
      buildRole({
        name: 'worker',
        trustPolicy: buildTrustPolicy({ Service: 'lambda.amazonaws.com' }),
        permissionsBoundaryArn: policyArn,
      }),
      buildRole({ name: 'broken', trustPolicy: '{"Version":' }),
    ],
    policies: [
      buildManagedPolicy({
        name: 'deploy',
        arn: policyArn,
        versions: [
          buildPolicyVersion({ versionId: 'v1', isDefault: false }),
          buildPolicyVersion({ versionId: 'v2', isDefault: true, document: adminDocument }),
        ],
      }),
      buildManagedPolicy({
        name: 'ReadOnlyAccess',
        awsManaged: true,
        arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
      }),
    ],
  }),
  'iam.access-keys': [
    buildAccessKey({ userName: 'alice', userArn: alice.arn, status: 'Inactive' }),
    buildAccessKey({ userName: 'alice', userArn: alice.arn, accessKeyId: 'AKIAI44QH8DHBEXAMPLE' }),
  ],
  'iam.login-profiles': [buildLoginProfile({ userName: 'alice', userArn: alice.arn })],
  'iam.mfa-devices': [buildMfaDevice({ userName: 'alice', userArn: alice.arn })],
  'iam.service-specific-credentials': [
    buildServiceSpecificCredential({ userName: 'alice', userArn: alice.arn }),
  ],
  'iam.ssh-public-keys': [buildSshPublicKey({ userName: 'alice', userArn: alice.arn })],
  'iam.signing-certificates': [buildSigningCertificate({ userName: 'alice', userArn: alice.arn })],
};

const region: World = {
  'lambda.functions': [
    buildFunction({
      name: 'orders',
      publishedVersions: [
        { version: '1', codeSha256: 'old', lastModifiedAt: '2025-01-01T00:00:00.000Z', roleArn: 'arn:role' },
      ],
    }),
    buildFunction({ name: 'orders-copy' }),
  ],
  'lambda.aliases': [buildFunctionAlias()],
  'lambda.function-urls': [buildFunctionUrl(), buildFunctionUrl({ qualifier: 'live' })],
  'lambda.function-policies': [
    buildFunctionPolicy([{ sid: 'one', principal: '*', action: 'lambda:InvokeFunction' }]),
    buildFunctionPolicy([{ sid: 'two', principal: '*', action: 'lambda:InvokeFunction' }], {
      qualifier: 'live',
    }),
  ],
  'lambda.event-source-mappings': [buildEventSourceMapping({ functionArn: `${functionArn('orders')}:live` })],
  'api-gateway.rest-apis': [
    buildRestApi({
      stages: [
        buildStage({
          variables: { target: 'orders' },
          deployedRoutes: [
            buildOpenRoute({
              path: '/old',
              integration: buildIntegration({ uri: invocationUri(functionArn('orders-copy')) }),
            }),
          ],
        }),
      ],
      routes: [
        buildOpenRoute({
          integration: buildIntegration({
            uri: invocationUri(functionArn('orders').replace('orders', `\${stageVariables.target}`)),
          }),
        }),
      ],
      authorizers: [buildAuthorizer()],
    }),
  ],
  'api-gateway.http-apis': [buildHttpApi(), buildHttpApi({ id: 'socket', protocol: 'WEBSOCKET' })],
  'api-gateway.domain-names': [
    buildDomainName({
      name: 'api.example.com',
      mappings: [{ apiId: 'restapi001', stage: 'production', path: 'orders' }],
    }),
  ],
};

const organization: World = {
  'identity-center.organization-instances': [buildIdentityCenterInstance({ region: 'eu-west-1' })],
  'identity-center.permission-sets': [buildPermissionSet({ provisionedAccounts: ['222233334444'] })],
  'identity-center.assignments': [
    buildAssignment(),
    buildAssignment({ principalType: 'USER', principalId: 'user-alice' }),
  ],
  'identity-store.users': [buildDirectoryUser(), buildDirectoryUser({ userName: 'bob' })],
  'identity-store.groups': [buildDirectoryGroup(), buildDirectoryGroup({ displayName: 'others' })],
  'identity-store.memberships': [buildMembership()],
};

const everything: World = { ...account, ...region, ...organization };
const kinds = ['account', 'region', 'organization'] as const;
type Kind = (typeof kinds)[number];

function find<Type extends Dependents['type']>(kind: Kind, type: Type, name: string, sight: Sight = {}) {
  const all = deriveIn(everything, sight).dependents(kind) ?? [];
  return all.find(
    (one): one is Extract<Dependents, { type: Type }> => one.type === type && one.name === name,
  );
}

describe('dependents of an account', () => {
  test('a user comes with every credential, group and policy', () => {
    expect(find('account', 'iam-user', 'alice')).toMatchObject({
      arn: alice.arn,
      uniqueId: alice.userId,
      accountId: '111122223333',
      accessKeys: [
        { id: 'AKIAI44QH8DHBEXAMPLE', status: 'Active' },
        { id: 'AKIAIOSFODNN7EXAMPLE', status: 'Inactive' },
      ],
      hasLoginProfile: true,
      mfaDevices: [expect.objectContaining({ virtual: expect.any(Boolean) })],
      serviceSpecificCredentials: [expect.objectContaining({ id: expect.any(String) })],
      sshPublicKeys: [expect.objectContaining({ id: expect.any(String) })],
      signingCertificates: [expect.objectContaining({ id: expect.any(String) })],
      groups: ['admins'],
    });
    expect(find('account', 'iam-user', 'bob')).toMatchObject({
      accessKeys: [],
      hasLoginProfile: false,
      attachedPolicyArns: [policyArn],
      inlinePolicies: [{ name: 'all', digest: contentDigest(adminDocument) }],
    });
  });

  test('groups, roles and policies name each other', () => {
    expect(find('account', 'iam-group', 'admins')).toMatchObject({ members: ['alice'] });
    expect(find('account', 'iam-role', 'worker')).toMatchObject({
      trustedServices: ['lambda.amazonaws.com'],
      managedBy: 'customer',
      permissionsBoundaryArn: policyArn,
    });
    expect(find('account', 'iam-policy', 'deploy')).toMatchObject({
      users: ['bob'],
      groups: ['admins'],
      roles: [],
      boundaryOfUsers: [],
      boundaryOfRoles: ['worker'],
      versions: [
        { id: 'v1', isDefault: false },
        { id: 'v2', isDefault: true, digest: contentDigest(adminDocument) },
      ],
    });
  });

  test('a trust policy that cannot be read is null, not empty', () => {
    expect(find('account', 'iam-role', 'broken')).toMatchObject({ trustDocument: null, trustDigest: null });
  });

  test('a list refused for one user is null for that user alone', () => {
    const sight: Sight = { 'iam.access-keys': [refused('iam:ListAccessKeys', bob.arn)] };
    expect(find('account', 'iam-user', 'bob', sight)?.accessKeys).toBeNull();
    expect(find('account', 'iam-user', 'alice', sight)?.accessKeys).toHaveLength(2);
  });

  test('an unknown last use hides no key; a gap that names nobody counts against all', () => {
    const lastUse: Sight = {
      'iam.access-keys': [refused('iam:GetAccessKeyLastUsed', 'AKIAIOSFODNN7EXAMPLE')],
    };
    expect(find('account', 'iam-user', 'alice', lastUse)?.accessKeys).toHaveLength(2);
    const all: Sight = { 'iam.access-keys': [refused('iam:ListAccessKeys')] };
    expect(find('account', 'iam-user', 'alice', all)?.accessKeys).toBeNull();
  });
});

describe('dependents of a region', () => {
  test('a function comes with versions, aliases, URLs, permissions per qualifier and triggers', () => {
    expect(find('region', 'lambda-function', 'orders')).toMatchObject({
      region: 'us-east-1',
      versions: [{ version: '1', codeSha256: 'old' }],
      aliases: ['live'],
      urlQualifiers: [null, 'live'],
      permissions: [
        { qualifier: null, sid: 'one', statement: expect.stringContaining('"Sid":"one"') },
        { qualifier: 'live', sid: 'two' },
      ],
      eventSourceMappings: [{ state: 'Enabled' }],
    });
    expect(find('region', 'lambda-function', 'orders-copy')).toMatchObject({
      aliases: [],
      urlQualifiers: [],
      permissions: [],
      eventSourceMappings: [],
    });
  });

  test('a resource policy that is no JSON makes the permissions unknown', () => {
    const broken: World = {
      ...region,
      'lambda.function-policies': [buildFunctionPolicy([], { document: 'nonsense' })],
    };
    const [found] = (deriveIn(broken).dependents('region') ?? []).filter(({ name }) => name === 'orders');
    expect(found).toMatchObject({ permissions: null });
  });

  test('an API comes with stages, routes, the functions that it reaches and its custom domains', () => {
    expect(find('region', 'rest-api', 'orders-api')).toMatchObject({
      apiId: 'restapi001',
      stages: ['production'],
      routes: ['GET /old', 'GET /orders'],
      functionArns: [functionArn('authorizer'), functionArn('orders'), functionArn('orders-copy')],
      mappings: [{ domainName: 'api.example.com', path: 'orders', stage: 'production' }],
    });
    expect(find('region', 'http-api', 'orders-http')?.mappings).toEqual([]);
    expect(find('region', 'websocket-api', 'orders-http')?.apiId).toBe('socket');
  });

  test('a gap of one function is none of its namesake that is longer', () => {
    const sight: Sight = {
      'lambda.function-policies': [refused('lambda:GetPolicy', `${functionArn('orders')}:live`)],
    };
    expect(find('region', 'lambda-function', 'orders', sight)?.permissions).toBeNull();
    expect(find('region', 'lambda-function', 'orders-copy', sight)?.permissions).toEqual([]);
  });

  test('domain names seen in part make every mapping unknown', () => {
    const sight: Sight = {
      'api-gateway.domain-names': [refused('apigateway:GetApiMappings', 'arn:some-domain')],
    };
    expect(find('region', 'rest-api', 'orders-api', sight)?.mappings).toBeNull();
  });
});

describe('dependents of Identity Center', () => {
  test('users, groups and permission sets know their instance, memberships and assignments', () => {
    const place = { instanceArn: exampleInstanceArn, region: 'eu-west-1', accountId: '111122223333' };
    expect(find('organization', 'directory-user', 'alice')).toMatchObject({
      ...place,
      arn: 'arn:aws:identitystore:::user/user-alice',
      memberships: [{ groupId: 'group-engineers' }],
      assignments: [{ accountId: '222233334444', permissionSetArn: permissionSetArn('ps-readonlyaccess') }],
    });
    expect(find('organization', 'directory-group', 'engineers')).toMatchObject({
      ...place,
      memberships: [{ userId: 'user-alice' }],
      assignments: [{ accountId: '222233334444' }],
    });
    expect(find('organization', 'permission-set', 'ReadOnlyAccess')).toMatchObject({
      ...place,
      provisionedAccounts: ['222233334444'],
      assignments: [
        { principalType: 'GROUP', principalId: 'group-engineers' },
        { principalType: 'USER', principalId: 'user-alice' },
      ],
    });
  });

  test('memberships of one group refused: that group and every user are unknown, other groups are not', () => {
    const sight: Sight = {
      'identity-store.memberships': [refused('identitystore:ListGroupMemberships', 'group-others')],
    };
    expect(find('organization', 'directory-group', 'others', sight)?.memberships).toBeNull();
    expect(find('organization', 'directory-group', 'engineers', sight)?.memberships).toHaveLength(1);
    expect(find('organization', 'directory-user', 'bob', sight)?.memberships).toBeNull();
  });

  test('a permission set whose inline policy was refused keeps its assignments', () => {
    const gap = refused('sso:GetInlinePolicyForPermissionSet', permissionSetArn('ps-readonlyaccess'));
    const sight: Sight = { 'identity-center.assignments': [gap] };
    expect(find('organization', 'permission-set', 'ReadOnlyAccess', sight)?.assignments).toHaveLength(2);
    expect(find('organization', 'directory-user', 'alice', sight)?.assignments).toHaveLength(1);
  });

  test('without the instances nothing is told', () => {
    const sight: Sight = { 'identity-center.organization-instances': 'missing' };
    expect(deriveIn(organization, sight).dependents('organization')).toBeNull();
  });
});

const ofDependents: ReadonlySet<string> = new Set<Dependents['type']>([
  'iam-user',
  'iam-group',
  'iam-role',
  'iam-policy',
  'lambda-function',
  'rest-api',
  'http-api',
  'websocket-api',
  'directory-user',
  'directory-group',
  'permission-set',
]);

/** What each input fills: null wherever the input is missing. */
const filledBy: Partial<Record<WorldKey, readonly string[]>> = {
  'iam.access-keys': ['iam-user.accessKeys'],
  'iam.login-profiles': ['iam-user.hasLoginProfile'],
  'iam.mfa-devices': ['iam-user.mfaDevices'],
  'iam.service-specific-credentials': ['iam-user.serviceSpecificCredentials'],
  'iam.ssh-public-keys': ['iam-user.sshPublicKeys'],
  'iam.signing-certificates': ['iam-user.signingCertificates'],
  'lambda.aliases': ['lambda-function.aliases'],
  'lambda.function-urls': ['lambda-function.urlQualifiers'],
  'lambda.function-policies': ['lambda-function.permissions'],
  'lambda.event-source-mappings': ['lambda-function.eventSourceMappings'],
  'api-gateway.domain-names': ['rest-api.mappings', 'http-api.mappings', 'websocket-api.mappings'],
  'identity-center.assignments': [
    'directory-user.assignments',
    'directory-group.assignments',
    'permission-set.assignments',
  ],
  'identity-store.memberships': ['directory-user.memberships', 'directory-group.memberships'],
};

const nullable: readonly string[] = Object.values(filledBy).flat();
const optionalKeys = Object.keys(everything).filter(
  (key): key is WorldKey => key !== 'identity-center.organization-instances',
);
const sights = fc
  .subarray(optionalKeys)
  .chain((keys) =>
    fc.tuple(
      fc.constant(keys),
      fc.array(fc.constantFrom<'missing' | 'partial'>('missing', 'partial'), {
        minLength: keys.length,
        maxLength: keys.length,
      }),
    ),
  )
  .map(
    ([keys, states]): Sight =>
      Object.fromEntries(
        keys.map((key, at) => [key, states[at] === 'missing' ? 'missing' : [refused(`test:${key}`)]]),
      ),
  );

const nameOf = ({ type, arn }: { readonly type: string; readonly arn: string }) => `${type} ${arn}`;

function fieldsOf(kind: Kind, sight: Sight): readonly (readonly [string, unknown])[] {
  return (deriveIn(everything, sight).dependents(kind) ?? []).flatMap((one) =>
    Object.entries(one).map(([field, value]) => [`${one.type}.${field}`, value] as const),
  );
}

describe('whatever was seen', () => {
  test('facts and dependents are of the same things', () => {
    fc.assert(
      fc.property(sights, (sight) => {
        const derived = deriveIn(everything, sight);
        for (const kind of kinds) {
          const facts = (derived.facts(kind) ?? []).filter(({ type }) => ofDependents.has(type));
          const dependents = derived.dependents(kind) ?? [];
          expect(dependents.map(nameOf).sort()).toEqual(facts.map(nameOf).sort());
        }
      }),
      { numRuns: 100 },
    );
  });

  test('what was not seen in full is null and never an empty list', () => {
    fc.assert(
      fc.property(sights, (sight) => {
        const unseen = new Set(
          Object.entries(filledBy).flatMap(([key, fields]) => (Object.hasOwn(sight, key) ? fields : [])),
        );
        for (const [field, value] of kinds.flatMap((kind) => fieldsOf(kind, sight))) {
          if (nullable.includes(field)) {
            expect([field, value === null]).toEqual([field, unseen.has(field)]);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test('the same evidence gives the same dependents, sorted by ARN', () => {
    for (const kind of kinds) {
      const [first, second] = [deriveIn(everything), deriveIn(everything)].map((one) => one.dependents(kind));
      expect(JSON.stringify(first)).toBe(JSON.stringify(second));
      expect(first?.map(({ arn }) => arn)).toEqual(first?.map(({ arn }) => arn).sort());
    }
  });
});
