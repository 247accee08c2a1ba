/**
 * Names for things that have no ARN of their own or share one with something else. Checks and the `resources` derivation
 * must agree on them, because signals are found by ARN.
 */

/** A function URL; `functionArn` carries the alias where the URL belongs to one. */
export function functionUrlArn(functionArn: string): string {
  return `${functionArn}/url`;
}

export function loginProfileArn(userArn: string): string {
  return `${userArn}/login-profile`;
}

export function serviceSpecificCredentialArn(userArn: string, credentialId: string): string {
  return `${userArn}/service-specific-credential/${credentialId}`;
}

export function sshPublicKeyArn(userArn: string, keyId: string): string {
  return `${userArn}/ssh-public-key/${keyId}`;
}

export function signingCertificateArn(userArn: string, certificateId: string): string {
  return `${userArn}/signing-certificate/${certificateId}`;
}

export function assignmentArn(assignment: {
  readonly permissionSetArn: string;
  readonly accountId: string;
  readonly principalType: string;
  readonly principalId: string;
}): string {
  const { permissionSetArn, accountId, principalType, principalId } = assignment;
  return `${permissionSetArn}/assignment/${accountId}/${principalType}/${principalId}`;
}

/** One configuration per instance. */
export function accessControlAttributesArn(instanceArn: string): string {
  return `${instanceArn}/access-control-attributes`;
}

/** As the service authorization reference writes them: neither region nor account. */
export function directoryArn(kind: 'user' | 'group' | 'membership', partition: string, id: string): string {
  return `arn:${partition}:identitystore:::${kind}/${id}`;
}

/** Organizations gives a delegated administrator the ARN of its account. */
export function delegatedAdministratorArn(accountArn: string): string {
  return `${accountArn}/delegated-administrator`;
}

export function regionArn(partition: string, accountId: string, region: string): string {
  return `arn:${partition}:account::${accountId}:region/${region}`;
}

export function apiKeyArn(partition: string, region: string, id: string): string {
  return `arn:${partition}:apigateway:${region}::/apikeys/${id}`;
}

export function domainNameArn(partition: string, region: string, name: string): string {
  return `arn:${partition}:apigateway:${region}::/domainnames/${name}`;
}

export function eventSourceMappingArn(
  partition: string,
  region: string,
  accountId: string,
  id: string,
): string {
  return `arn:${partition}:lambda:${region}:${accountId}:event-source-mapping:${id}`;
}
