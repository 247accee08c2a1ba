import type { Principal } from './evidence/derived.ts';
import type { Trail } from './evidence/detection.ts';
import type { AccessKey, IamUser, MfaDevice, ServiceSpecificCredential } from './evidence/iam.ts';
import type { Subject } from './finding.ts';
import { regionArn, serviceSpecificCredentialArn } from './resource-arn.ts';
import { type ScopeUnit, unitName } from './scope.ts';

/** Subjects for things that many checks speak of; the types and ARNs are those of ResourceFact. */
export function principalSubject(principal: Principal): Subject {
  return {
    arn: principal.arn,
    uniqueId: principal.uniqueId,
    type: principal.type,
    name: principal.name,
  };
}

export function userSubject(user: IamUser): Subject {
  return { arn: user.arn, uniqueId: user.userId, type: 'iam-user', name: user.name };
}

/** Access keys have no ARN of their own: the user's, with the key id below it. */
export function accessKeySubject(key: Pick<AccessKey, 'userArn' | 'accessKeyId'>): Subject {
  return {
    arn: `${key.userArn}/access-key/${key.accessKeyId}`,
    uniqueId: key.accessKeyId,
    type: 'access-key',
    name: key.accessKeyId,
  };
}

export function serviceSpecificCredentialSubject(credential: ServiceSpecificCredential): Subject {
  return {
    arn: serviceSpecificCredentialArn(credential.userArn, credential.credentialId),
    uniqueId: credential.credentialId,
    type: 'service-specific-credential',
    name: credential.alias ?? credential.credentialId,
  };
}

/** The serial number of a virtual device or a passkey is an ARN; that of a hardware token is not. */
export function mfaDeviceSubject(device: MfaDevice): Subject {
  return { arn: device.serialNumber, type: 'mfa-device', name: device.serialNumber.split('/').at(-1) ?? '' };
}

/** The root user; it has no unique id other than the account's. */
export function rootUserSubject(unit: ScopeUnit): Subject {
  return { arn: rootArn(unit), type: 'root-user', name: '<root_account>' };
}

/** The account itself, for what is missing in it. */
export function accountSubject(unit: ScopeUnit): Subject {
  return { arn: rootArn(unit), type: 'account', name: unit.accountId ?? unitName(unit) };
}

export function regionSubject(unit: ScopeUnit, region: string): Subject {
  return {
    arn: regionArn(unit.partition, unit.accountId ?? '', region),
    type: 'region',
    name: region,
  };
}

function rootArn(unit: ScopeUnit): string {
  return `arn:${unit.partition}:iam::${unit.accountId ?? ''}:root`;
}

export function trailSubject({ arn, name }: Trail): Subject {
  return { arn, type: 'trail', name };
}
