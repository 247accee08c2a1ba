import type { UserDependents } from '../../../model/dependents.ts';
import type { PlanCommand } from '../../../model/plan.ts';
import {
  serviceSpecificCredentialArn,
  signingCertificateArn,
  sshPublicKeyArn,
} from '../../../model/resource-arn.ts';
import { accessKeySubject } from '../../../model/subject.ts';
import { command, unlessGone } from './command-line.ts';

/** Long-term credentials of IAM users that can be switched off and on again; AWS handles all of them alike. */
export type CredentialKind =
  | 'access-key'
  | 'service-specific-credential'
  | 'signing-certificate'
  | 'ssh-public-key';

interface Handling {
  readonly action:
    | 'access-key.deactivate'
    | 'service-specific-credential.deactivate'
    | 'signing-certificate.deactivate'
    | 'ssh-public-key.deactivate';
  readonly noun: string;
  readonly operation: string;
  readonly list: string;
  readonly idOption: string;
  /** Member of the list's answer, and of its entries. */
  readonly member: string;
  readonly id: string;
  readonly arnOf: (userArn: string, id: string) => string;
  /** Null = could not be seen. */
  readonly of: (user: UserDependents) => readonly { readonly id: string; readonly status: string }[] | null;
}

export const credentialKinds = {
  'access-key': {
    action: 'access-key.deactivate',
    noun: 'access key',
    operation: 'access-key',
    list: 'list-access-keys',
    idOption: 'accessKeyId',
    member: 'AccessKeyMetadata',
    id: 'AccessKeyId',
    arnOf: (userArn, accessKeyId) => accessKeySubject({ userArn, accessKeyId }).arn,
    of: ({ accessKeys }) => accessKeys,
  },
  'service-specific-credential': {
    action: 'service-specific-credential.deactivate',
    noun: 'service-specific credential',
    operation: 'service-specific-credential',
    list: 'list-service-specific-credentials',
    idOption: 'serviceSpecificCredentialId',
    member: 'ServiceSpecificCredentials',
    id: 'ServiceSpecificCredentialId',
    arnOf: serviceSpecificCredentialArn,
    of: ({ serviceSpecificCredentials }) => serviceSpecificCredentials,
  },
  'signing-certificate': {
    action: 'signing-certificate.deactivate',
    noun: 'signing certificate',
    operation: 'signing-certificate',
    list: 'list-signing-certificates',
    idOption: 'certificateId',
    member: 'Certificates',
    id: 'CertificateId',
    arnOf: signingCertificateArn,
    of: ({ signingCertificates }) => signingCertificates,
  },
  'ssh-public-key': {
    action: 'ssh-public-key.deactivate',
    noun: 'SSH public key',
    operation: 'ssh-public-key',
    list: 'list-ssh-public-keys',
    idOption: 'sshPublicKeyId',
    member: 'SSHPublicKeys',
    id: 'SSHPublicKeyId',
    arnOf: sshPublicKeyArn,
    of: ({ sshPublicKeys }) => sshPublicKeys,
  },
} as const satisfies Record<CredentialKind, Handling>;

/** One credential of one user. */
export interface Credential {
  readonly kind: CredentialKind;
  readonly userName: string;
  readonly userArn: string;
  readonly id: string;
}

function namedOptions({ kind, userName, id }: Credential): Readonly<Record<string, string>> {
  return { userName, [credentialKinds[kind].idOption]: id };
}

export function setStatus(credential: Credential, status: 'Active' | 'Inactive'): PlanCommand {
  const { operation } = credentialKinds[credential.kind];
  return command('iam', `update-${operation}`, { ...namedOptions(credential), status });
}

export function deleteCredential(credential: Credential): PlanCommand {
  return unlessGone('iam', `delete-${credentialKinds[credential.kind].operation}`, namedOptions(credential));
}
