import type { UserDependents } from '../../model/dependents.ts';
import type { DerivationContext } from '../../model/derivation.ts';
import type { IamUser } from '../../model/evidence/iam.ts';
import type { EvidenceCatalog } from '../../model/evidence-catalog.ts';
import type { Gap } from '../../model/gap.ts';
import { byText } from '../support/by-text.ts';
import { byName } from './by-name.ts';
import { wholeLists } from './whole-list.ts';

type CredentialKey =
  | 'iam.access-keys'
  | 'iam.login-profiles'
  | 'iam.mfa-devices'
  | 'iam.service-specific-credentials'
  | 'iam.ssh-public-keys'
  | 'iam.signing-certificates';

export type UserCredentialEvidence = { readonly [Key in CredentialKey]: EvidenceCatalog[Key] | null };

export type UserCredentials = Pick<
  UserDependents,
  | 'accessKeys'
  | 'hasLoginProfile'
  | 'serviceSpecificCredentials'
  | 'sshPublicKeys'
  | 'signingCertificates'
  | 'mfaDevices'
>;

/** Who is hidden has credentials that are hidden, too; of the users that are known these gaps take nothing. */
const ofOtherCalls: ReadonlySet<string> = new Set([
  'iam:GetAccountAuthorizationDetails',
  'iam.authorization-details',
  'iam:GetAccessKeyLastUsed',
]);

/** What each user holds to sign in with. A list that was not seen in full is null: it must not read as the whole. */
export function userCredentials(
  users: readonly IamUser[],
  evidence: UserCredentialEvidence,
  context: DerivationContext,
): (user: IamUser) => UserCredentials {
  const known = new Set(users.map(({ arn }) => arn));
  const keyIds = new Set(evidence['iam.access-keys']?.map(({ accessKeyId }) => accessKeyId));
  const hidesNothing = ({ operation, resource }: Gap): boolean =>
    ofOtherCalls.has(operation) || (resource !== undefined && keyIds.has(resource));

  /** The user's part of one list, or null. */
  const listOf = <Item extends { readonly userName: string | null }>(
    key: CredentialKey,
    items: readonly Item[] | null,
  ): ((user: IamUser) => readonly Item[] | null) => {
    const whole = wholeLists(key, context, known, hidesNothing);
    const ofUser = byName(items ?? [], ({ userName }) => userName);
    return ({ arn, name }) => (items !== null && whole(arn) ? ofUser(name) : null);
  };

  const accessKeys = listOf('iam.access-keys', evidence['iam.access-keys']);
  const profiles = listOf('iam.login-profiles', evidence['iam.login-profiles']);
  const credentials = listOf(
    'iam.service-specific-credentials',
    evidence['iam.service-specific-credentials'],
  );
  const sshKeys = listOf('iam.ssh-public-keys', evidence['iam.ssh-public-keys']);
  const certificates = listOf('iam.signing-certificates', evidence['iam.signing-certificates']);
  const devices = listOf('iam.mfa-devices', evidence['iam.mfa-devices']);

  return (user) => {
    const ownProfiles = profiles(user);
    return {
      accessKeys:
        accessKeys(user)
          ?.map(({ accessKeyId, status }) => ({ id: accessKeyId, status }))
          .sort(byText(({ id }) => id)) ?? null,
      hasLoginProfile: ownProfiles === null ? null : ownProfiles.length > 0,
      serviceSpecificCredentials:
        credentials(user)
          ?.map(({ credentialId, status, serviceName }) => ({ id: credentialId, status, serviceName }))
          .sort(byText(({ id }) => id)) ?? null,
      sshPublicKeys:
        sshKeys(user)
          ?.map(({ keyId, status }) => ({ id: keyId, status }))
          .sort(byText(({ id }) => id)) ?? null,
      signingCertificates:
        certificates(user)
          ?.map(({ certificateId, status }) => ({ id: certificateId, status }))
          .sort(byText(({ id }) => id)) ?? null,
      mfaDevices:
        devices(user)
          ?.map(({ serialNumber, virtual }) => ({ serialNumber, virtual }))
          .sort(byText(({ serialNumber }) => serialNumber)) ?? null,
    };
  };
}
