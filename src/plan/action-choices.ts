import type { ActionId } from '../model/action-id.ts';

/** What can be taken back, in place of what cannot, until an owner has answered. Others only ask. */
export const freezes: Readonly<Partial<Record<ActionId, ActionId>>> = {
  'access-key.deactivate': 'access-key.deactivate',
  'access-key.rotate': 'access-key.deactivate',
  'api-key.disable': 'api-key.disable',
  'api.delete': 'api.restrict-policy',
  'api.restrict-policy': 'api.restrict-policy',
  'function.delete': 'function.freeze',
  'function.freeze': 'function.freeze',
  'function-url.delete': 'function.freeze',
  'group.delete': 'principal.contain',
  'principal.contain': 'principal.contain',
  'role.delete': 'principal.contain',
  'service-specific-credential.deactivate': 'service-specific-credential.deactivate',
  'signing-certificate.deactivate': 'signing-certificate.deactivate',
  'ssh-public-key.deactivate': 'ssh-public-key.deactivate',
  'user.delete': 'principal.contain',
};

/** What is done with a thing of the intruder's own making, whether or not the check that saw it says so. */
export const removalOf: Readonly<Record<string, readonly ActionId[]>> = {
  'access-key': ['access-key.deactivate'],
  'api-key': ['api-key.disable'],
  application: ['identity-center.application-delete'],
  assignment: ['identity-center.assignment-delete'],
  'delegated-administrator': ['delegated-administrator.deregister'],
  'directory-group': ['identity-center.group-delete'],
  'directory-membership': ['identity-center.membership-delete'],
  'directory-user': ['identity-center.user-delete'],
  'domain-name': ['api.delete'],
  'function-url': ['function-url.delete'],
  handshake: ['handshake.cancel'],
  'http-api': ['api.delete'],
  'iam-group': ['group.delete'],
  'iam-policy': ['policy.delete'],
  'iam-role': ['principal.contain', 'session.revoke', 'role.delete'],
  'iam-user': ['principal.contain', 'session.revoke', 'user.delete'],
  'identity-center-instance': ['identity-center.instance-delete'],
  'lambda-function': ['function.freeze', 'function.delete'],
  'lambda-layer': ['layer.restrict-policy'],
  'login-profile': ['login-profile.delete'],
  'mfa-device': ['mfa-device.remove'],
  'oidc-provider': ['identity-provider.delete'],
  'organization-account': ['account.remove-from-organization'],
  'organization-resource-policy': ['organization-resource-policy.restore'],
  'permission-set': ['identity-center.permission-set-delete'],
  'rest-api': ['api.delete'],
  'saml-provider': ['identity-provider.delete'],
  'service-specific-credential': ['service-specific-credential.deactivate'],
  'signing-certificate': ['signing-certificate.deactivate'],
  'ssh-public-key': ['ssh-public-key.deactivate'],
  'trusted-service': ['trusted-service.disable'],
  'trusted-token-issuer': ['identity-center.token-issuer-delete'],
  'websocket-api': ['api.delete'],
};

/** A credential that the incident altered works for whoever altered it: it is stopped, not only put back. */
export const alteredCredentials: Readonly<Record<string, readonly ActionId[]>> = {
  'access-key': ['access-key.deactivate'],
  'login-profile': ['login-profile.delete'],
};

/** What is done with a legitimate credential or principal that strangers held. */
export const containmentOf: Readonly<Record<string, readonly ActionId[]>> = {
  'access-key': ['access-key.deactivate', 'access-key.rotate'],
  'iam-role': ['principal.contain', 'session.revoke'],
  'iam-user': ['principal.contain', 'session.revoke', 'access-key.deactivate', 'access-key.rotate'],
  'service-specific-credential': ['service-specific-credential.deactivate'],
  'signing-certificate': ['signing-certificate.deactivate'],
  'ssh-public-key': ['ssh-public-key.deactivate'],
};
