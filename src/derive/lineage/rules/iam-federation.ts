import type { RuleTable } from './lineage-rule.ts';
import { setting } from './setting.ts';
import { act, rule, type Shape, sameRule } from './shape.ts';
import { oidcProvider, samlProvider } from './shapes-iam.ts';

const delegationRequest = {
  type: 'delegation-request',
  scope: 'global',
  id: ['request.delegationRequestId', 'response.delegationRequestId'],
} as const satisfies Shape;

const trustAnchor = {
  type: 'trust-anchor',
  scope: 'regional',
  id: ['response.trustAnchor.trustAnchorArn', 'request.trustAnchorId', 'request.name'],
  label: ['response.trustAnchor.name', 'request.name'],
  arnTemplate: 'arn:{partition}:rolesanywhere:{region}:{account}:trust-anchor/{id}',
} as const satisfies Shape;

const profile = {
  type: 'roles-anywhere-profile',
  scope: 'regional',
  id: ['response.profile.profileArn', 'request.profileId', 'request.name'],
  label: ['response.profile.name', 'request.name'],
  arnTemplate: 'arn:{partition}:rolesanywhere:{region}:{account}:profile/{id}',
} as const satisfies Shape;

const revocationList = {
  type: 'roles-anywhere-revocation-list',
  scope: 'regional',
  id: ['response.crl.crlArn', 'request.crlId', 'request.name'],
  arnTemplate: 'arn:{partition}:rolesanywhere:{region}:{account}:crl/{id}',
} as const satisfies Shape;

const identityPool = {
  type: 'identity-pool',
  scope: 'regional',
  id: ['request.identityPoolId', 'response.identityPoolId'],
  arnTemplate: 'arn:{partition}:cognito-identity:{region}:{account}:identitypool/{id}',
} as const satisfies Shape;

const podIdentity = {
  type: 'pod-identity-association',
  scope: 'regional',
  id: ['response.association.associationArn', 'request.associationId'],
} as const satisfies Shape;

export const iamFederationRules: RuleTable = {
  CreateSAMLProvider: rule(act('created', samlProvider)),
  UpdateSAMLProvider: rule(act('changed', samlProvider)),
  DeleteSAMLProvider: rule(act('deleted', samlProvider)),
  CreateOpenIDConnectProvider: rule(act('created', oidcProvider)),
  ...sameRule(
    [
      'AddClientIDToOpenIDConnectProvider',
      'RemoveClientIDFromOpenIDConnectProvider',
      'UpdateOpenIDConnectProviderThumbprint',
    ],
    rule(act('changed', oidcProvider)),
  ),
  DeleteOpenIDConnectProvider: rule(act('deleted', oidcProvider)),
  ...sameRule(
    ['EnableOutboundWebIdentityFederation', 'DisableOutboundWebIdentityFederation'],
    rule(setting('account-setting', 'outbound web identity federation')),
  ),
  ...sameRule(
    ['AcceptDelegationRequest', 'SendDelegationToken', 'RejectDelegationRequest'],
    rule(act('changed', delegationRequest)),
  ),
  ...sameRule(
    ['EnableOrganizationsRootSessions', 'DisableOrganizationsRootSessions'],
    rule(setting('organization-setting', 'root sessions')),
  ),
  ...sameRule(
    ['EnableOrganizationsRootCredentialsManagement', 'DisableOrganizationsRootCredentialsManagement'],
    rule(setting('organization-setting', 'root credentials management')),
  ),
  SetSecurityTokenServicePreferences: rule(setting('account-setting', 'global endpoint token version')),
};

export const rolesAnywhereRules: RuleTable = {
  CreateTrustAnchor: rule(act('created', trustAnchor)),
  ...sameRule(
    ['UpdateTrustAnchor', 'EnableTrustAnchor', 'DisableTrustAnchor'],
    rule(act('changed', trustAnchor)),
  ),
  DeleteTrustAnchor: rule(act('deleted', trustAnchor)),
  CreateProfile: rule(act('created', profile)),
  ...sameRule(
    ['UpdateProfile', 'EnableProfile', 'DisableProfile', 'PutAttributeMapping', 'DeleteAttributeMapping'],
    rule(act('changed', profile)),
  ),
  DeleteProfile: rule(act('deleted', profile)),
  ImportCrl: rule(act('created', revocationList)),
  ...sameRule(['UpdateCrl', 'EnableCrl', 'DisableCrl'], rule(act('changed', revocationList))),
  DeleteCrl: rule(act('deleted', revocationList)),
};

export const cognitoIdentityRules: RuleTable = {
  CreateIdentityPool: rule(act('created', identityPool)),
  ...sameRule(['SetIdentityPoolRoles', 'UpdateIdentityPool'], rule(act('changed', identityPool))),
  DeleteIdentityPool: rule(act('deleted', identityPool)),
};

export const eksRules: RuleTable = {
  CreatePodIdentityAssociation: rule(act('created', podIdentity)),
  UpdatePodIdentityAssociation: rule(act('changed', podIdentity)),
  DeletePodIdentityAssociation: rule(act('deleted', podIdentity)),
};
