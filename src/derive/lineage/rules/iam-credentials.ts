import {
  loginProfileArn,
  serviceSpecificCredentialArn,
  signingCertificateArn,
  sshPublicKeyArn,
} from '../../../model/resource-arn.ts';
import { accessKeySubject } from '../../../model/subject.ts';
import type { TrailEvent } from '../../../model/trail-event.ts';
import type { Act, LineageRule, NodeSeed, Relation, RuleTable } from './lineage-rule.ts';
import { accountOf, nameOf, parseArn, partitionOf, principalKey } from './place.ts';
import { text } from './read-member.ts';
import { setting } from './setting.ts';
import { act, rule, sameRule } from './shape.ts';
import { mfaDevice, user } from './shapes-iam.ts';

interface Owner {
  readonly key: string;
  readonly arn: string;
  readonly name: string;
}

function isRoot(event: TrailEvent, name: string | null): boolean {
  return name === null ? event.actor.type === 'Root' : /^(?:root|aws root user)$/i.test(name);
}

/** Whose credential it is: named in the call, told by the answer (own key), else the caller itself. */
function ownerOf(event: TrailEvent, meant: string | undefined): Owner | null {
  const accountId = accountOf(event);
  const told = text(
    event,
    'request.userName',
    'response.accessKey.userName',
    'response.loginProfile.userName',
    'response.serviceSpecificCredential.userName',
    'response.sSHPublicKey.userName',
    'response.certificate.userName',
  );
  const partition = partitionOf(event.region);
  const named = meant === undefined ? null : parseArn(meant);
  if (meant !== undefined && named?.service === 'iam' && named.resource.startsWith('user/')) {
    const userName = nameOf(meant);
    return { key: principalKey('iam-user', named.accountId, userName), arn: meant, name: userName };
  }
  if (event.errorCode !== null && told === null) {
    return null;
  }
  if (isRoot(event, told)) {
    return {
      key: `root-user ${accountId}`,
      arn: `arn:${partition}:iam::${accountId}:root`,
      name: '<root_account>',
    };
  }
  const name = told ?? (event.actor.type === 'IAMUser' ? event.actor.userName : null);
  if (name === null) {
    return null;
  }
  const ownArn = event.actor.arn?.endsWith(`/${name}`) && event.actor.type === 'IAMUser';
  const arn =
    ownArn && event.actor.arn !== null ? event.actor.arn : `arn:${partition}:iam::${accountId}:user/${name}`;
  return { key: principalKey('iam-user', accountId, name), arn, name };
}

type SeedOf = (event: TrailEvent, owner: Owner) => NodeSeed | null;

function credential(
  event: TrailEvent,
  type: string,
  id: string,
  fields: Pick<NodeSeed, 'label' | 'arn'> & Partial<NodeSeed>,
): NodeSeed {
  const accountId = accountOf(event);
  return {
    kind: 'credential',
    type,
    key: `${type} ${id}`,
    uniqueId: id,
    accountId: accountId === '' ? null : accountId,
    region: null,
    ...fields,
  };
}

const accessKey: SeedOf = (event, owner) => {
  const id = text(event, 'response.accessKey.accessKeyId', 'request.accessKeyId');
  return id === null
    ? null
    : credential(event, 'access-key', id, {
        key: `key ${id}`,
        label: `${id} (${owner.name})`,
        arn: accessKeySubject({ userArn: owner.arn, accessKeyId: id }).arn,
        accessKeyId: id,
      });
};

/** A user has at most one password, so its ARN names it. */
const loginProfile: SeedOf = (event, owner) =>
  credential(event, 'login-profile', owner.key, {
    label: `console password of ${owner.name}`,
    arn: loginProfileArn(owner.arn),
    uniqueId: null,
  });

function identified(
  type: string,
  paths: Parameters<typeof text>[1][],
  arnOf: (userArn: string, id: string) => string,
): SeedOf {
  return (event, owner) => {
    const id = text(event, ...paths);
    return id === null
      ? null
      : credential(event, type, id, { label: `${id} (${owner.name})`, arn: arnOf(owner.arn, id) });
  };
}

const serviceSpecific = identified(
  'service-specific-credential',
  ['response.serviceSpecificCredential.serviceSpecificCredentialId', 'request.serviceSpecificCredentialId'],
  serviceSpecificCredentialArn,
);
const sshKey = identified(
  'ssh-public-key',
  ['response.sSHPublicKey.sSHPublicKeyId', 'request.sSHPublicKeyId'],
  sshPublicKeyArn,
);
const certificate = identified(
  'signing-certificate',
  ['response.certificate.certificateId', 'request.certificateId'],
  signingCertificateArn,
);

function ownerSeed(event: TrailEvent, owner: Owner): NodeSeed {
  const accountId = accountOf(event);
  return {
    kind: 'principal',
    type: owner.key.startsWith('root-user') ? 'root-user' : 'iam-user',
    key: owner.key,
    label: owner.name,
    arn: owner.arn,
    uniqueId: null,
    accountId: accountId === '' ? null : accountId,
    region: null,
  };
}

/** The credential itself; who owns it was changed by the same call. */
function onCredential(relation: Relation, seedOf: SeedOf): LineageRule {
  const seeds = (event: TrailEvent, meant?: string): { owner: Owner; seed: NodeSeed | null } | null => {
    const owner = ownerOf(event, meant);
    return owner === null ? null : { owner, seed: seedOf(event, owner) };
  };
  return {
    acts: (event, meant): readonly Act[] => {
      const found = seeds(event, meant);
      return found === null
        ? []
        : [
            ...(found.seed === null ? [] : [{ relation, seed: found.seed }]),
            { relation: 'changed', seed: ownerSeed(event, found.owner) },
          ];
    },
    links: (event) => {
      const found = seeds(event);
      return found?.seed ? [{ from: found.owner.key, to: found.seed.key }] : [];
    },
  };
}

/** Long-term credentials of users and of root, second factors, the account's password settings. */
export const iamCredentialRules: RuleTable = {
  CreateAccessKey: onCredential('issued', accessKey),
  UpdateAccessKey: onCredential('changed', accessKey),
  DeleteAccessKey: onCredential('deleted', accessKey),
  CreateLoginProfile: onCredential('created', loginProfile),
  UpdateLoginProfile: onCredential('changed', loginProfile),
  ChangePassword: onCredential('changed', loginProfile),
  DeleteLoginProfile: onCredential('deleted', loginProfile),
  CreateServiceSpecificCredential: onCredential('issued', serviceSpecific),
  UpdateServiceSpecificCredential: onCredential('changed', serviceSpecific),
  ResetServiceSpecificCredential: onCredential('changed', serviceSpecific),
  DeleteServiceSpecificCredential: onCredential('deleted', serviceSpecific),
  UploadSSHPublicKey: onCredential('created', sshKey),
  UpdateSSHPublicKey: onCredential('changed', sshKey),
  DeleteSSHPublicKey: onCredential('deleted', sshKey),
  UploadSigningCertificate: onCredential('created', certificate),
  UpdateSigningCertificate: onCredential('changed', certificate),
  DeleteSigningCertificate: onCredential('deleted', certificate),
  CreateVirtualMFADevice: rule(act('created', mfaDevice)),
  DeleteVirtualMFADevice: rule(act('deleted', mfaDevice)),
  ...sameRule(
    ['EnableMFADevice', 'ResyncMFADevice', 'DeactivateMFADevice'],
    rule(act('changed', mfaDevice, user)),
  ),
  ...sameRule(
    ['UpdateAccountPasswordPolicy', 'DeleteAccountPasswordPolicy'],
    rule(setting('account-setting', 'password policy')),
  ),
  ...sameRule(
    ['CreateAccountAlias', 'DeleteAccountAlias'],
    rule(setting('account-setting', 'account alias')),
  ),
};
