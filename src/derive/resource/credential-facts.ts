import type { ResourceFact } from '../../model/evidence/derived.ts';
import type { EvidenceCatalog } from '../../model/evidence-catalog.ts';
import {
  loginProfileArn,
  serviceSpecificCredentialArn,
  signingCertificateArn,
  sshPublicKeyArn,
} from '../../model/resource-arn.ts';
import { contentDigest, resourceFact, sortedTexts } from './resource-fact.ts';

type CredentialKey =
  | 'iam.access-keys'
  | 'iam.login-profiles'
  | 'iam.mfa-devices'
  | 'iam.service-specific-credentials'
  | 'iam.ssh-public-keys'
  | 'iam.signing-certificates'
  | 'iam.saml-providers'
  | 'iam.oidc-providers';

export type CredentialEvidence = { readonly [Key in CredentialKey]: EvidenceCatalog[Key] | null };

/** Every credential is dated when it is made; switching it on and off, or a new password, is not. */
const createdOnly = { changeCoverage: 'created-only' } as const;

function userCredentials(evidence: CredentialEvidence): readonly ResourceFact[] {
  return [
    ...(evidence['iam.access-keys'] ?? []).map((key) =>
      resourceFact({
        arn: `${key.userArn}/access-key/${key.accessKeyId}`,
        uniqueId: key.accessKeyId,
        type: 'access-key',
        name: key.accessKeyId,
        createdAt: key.createdAt,
      }),
    ),
    ...(evidence['iam.login-profiles'] ?? []).map((profile) =>
      resourceFact({
        arn: loginProfileArn(profile.userArn),
        type: 'login-profile',
        name: profile.userName,
        createdAt: profile.createdAt,
      }),
    ),
    ...(evidence['iam.service-specific-credentials'] ?? []).map((credential) =>
      resourceFact({
        arn: serviceSpecificCredentialArn(credential.userArn, credential.credentialId),
        uniqueId: credential.credentialId,
        type: 'service-specific-credential',
        name: credential.credentialId,
        createdAt: credential.createdAt,
      }),
    ),
    ...(evidence['iam.ssh-public-keys'] ?? []).map((key) =>
      resourceFact({
        arn: sshPublicKeyArn(key.userArn, key.keyId),
        uniqueId: key.keyId,
        type: 'ssh-public-key',
        name: key.keyId,
        createdAt: key.uploadedAt,
      }),
    ),
    ...(evidence['iam.signing-certificates'] ?? []).map((certificate) =>
      resourceFact({
        arn: signingCertificateArn(certificate.userArn, certificate.certificateId),
        uniqueId: certificate.certificateId,
        type: 'signing-certificate',
        name: certificate.certificateId,
        createdAt: certificate.uploadedAt,
      }),
    ),
    ...(evidence['iam.mfa-devices'] ?? []).map((device) =>
      resourceFact({
        arn: device.serialNumber,
        type: 'mfa-device',
        name: device.userName ?? device.serialNumber,
        createdAt: device.enabledAt,
      }),
    ),
  ];
}

function identityProviders(evidence: CredentialEvidence): readonly ResourceFact[] {
  return [
    ...(evidence['iam.saml-providers'] ?? []).map((provider) =>
      resourceFact({
        arn: provider.arn,
        type: 'saml-provider',
        name: provider.name,
        createdAt: provider.createdAt,
        contentSha256: contentDigest({ issuer: provider.issuer, metadata: provider.metadataSha256 }),
      }),
    ),
    ...(evidence['iam.oidc-providers'] ?? []).map((provider) =>
      resourceFact({
        arn: provider.arn,
        type: 'oidc-provider',
        name: provider.url,
        createdAt: provider.createdAt,
        contentSha256: contentDigest({
          url: provider.url,
          clientIds: sortedTexts(provider.clientIds),
          thumbprints: sortedTexts(provider.thumbprints),
        }),
      }),
    ),
  ];
}

export function credentialFacts(evidence: CredentialEvidence, accountId: string): readonly ResourceFact[] {
  return [...userCredentials(evidence), ...identityProviders(evidence)].map((fact) => ({
    ...fact,
    ...(fact.createdAt === null ? {} : createdOnly),
    accountId,
  }));
}
