/**
 * What hangs on a thing that may have to be removed or put back: the plan needs it, because AWS refuses to delete what
 * still has children, and because a removal must name each of them. Values of the `dependents.*` evidence keys.
 */

/** Inline policy: name and digest of its document (`contentDigest`). */
export interface NamedDigest {
  readonly name: string;
  readonly digest: string | null;
}

interface Dependent {
  readonly arn: string;
  readonly name: string;
  readonly accountId: string;
}

export interface UserDependents extends Dependent {
  readonly type: 'iam-user';
  readonly uniqueId: string;
  /** Null = could not be seen; empty = there is none. The same for every nullable list below. */
  readonly accessKeys: readonly { readonly id: string; readonly status: string }[] | null;
  readonly hasLoginProfile: boolean | null;
  readonly serviceSpecificCredentials:
    | readonly { readonly id: string; readonly status: string; readonly serviceName: string }[]
    | null;
  readonly sshPublicKeys: readonly { readonly id: string; readonly status: string }[] | null;
  readonly signingCertificates: readonly { readonly id: string; readonly status: string }[] | null;
  readonly mfaDevices: readonly { readonly serialNumber: string; readonly virtual: boolean }[] | null;
  readonly groups: readonly string[];
  readonly attachedPolicyArns: readonly string[];
  readonly inlinePolicies: readonly NamedDigest[];
  readonly permissionsBoundaryArn: string | null;
}

export interface GroupDependents extends Dependent {
  readonly type: 'iam-group';
  readonly uniqueId: string;
  readonly members: readonly string[];
  readonly attachedPolicyArns: readonly string[];
  readonly inlinePolicies: readonly NamedDigest[];
}

export interface RoleDependents extends Dependent {
  readonly type: 'iam-role';
  readonly uniqueId: string;
  readonly path: string;
  readonly managedBy: 'customer' | 'service-linked' | 'identity-center';
  /** The trust policy as JSON text; null where it could not be read. */
  readonly trustDocument: string | null;
  readonly trustDigest: string | null;
  /** Service principals of the trust policy (`lambda.amazonaws.com`). */
  readonly trustedServices: readonly string[];
  readonly instanceProfileArns: readonly string[];
  readonly attachedPolicyArns: readonly string[];
  readonly inlinePolicies: readonly NamedDigest[];
  readonly permissionsBoundaryArn: string | null;
}

export interface PolicyDependents extends Dependent {
  readonly type: 'iam-policy';
  readonly uniqueId: string;
  readonly versions: readonly {
    readonly id: string;
    readonly isDefault: boolean;
    readonly createdAt: string;
    readonly digest: string | null;
  }[];
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  readonly boundaryOfUsers: readonly string[];
  readonly boundaryOfRoles: readonly string[];
}

export interface FunctionDependents extends Dependent {
  readonly type: 'lambda-function';
  readonly region: string;
  readonly roleArn: string;
  readonly codeSha256: string;
  readonly versions: readonly { readonly version: string; readonly codeSha256: string }[];
  readonly aliases: readonly string[] | null;
  /** Versions of layers, in their order; absent where the evidence does not tell. */
  readonly layerArns?: readonly string[];
  /** Qualifier of each function URL; null = the unqualified function. */
  readonly urlQualifiers: readonly (string | null)[] | null;
  readonly permissions:
    | readonly {
        readonly qualifier: string | null;
        /** Empty where the statement has none: no call can remove it singly then. */
        readonly sid: string;
        /** The statement as JSON text. */
        readonly statement: string;
      }[]
    | null;
  readonly eventSourceMappings: readonly { readonly id: string; readonly state: string }[] | null;
}

interface DependentsOfApi<Type extends 'rest-api' | 'http-api' | 'websocket-api'> extends Dependent {
  readonly type: Type;
  readonly region: string;
  readonly apiId: string;
  readonly stages: readonly string[];
  readonly routes: readonly string[];
  /** Unqualified; of integrations and authorizers, drafts included. */
  readonly functionArns: readonly string[];
  /** Custom domain names that lead to it; null = could not be seen. */
  readonly mappings:
    | readonly { readonly domainName: string; readonly path: string; readonly stage: string }[]
    | null;
}

/** One member per kind, so that a kind can be picked out of `Dependents`. */
export type ApiDependents =
  | DependentsOfApi<'rest-api'>
  | DependentsOfApi<'http-api'>
  | DependentsOfApi<'websocket-api'>;

export interface DirectoryUserDependents extends Dependent {
  readonly type: 'directory-user';
  readonly userId: string;
  readonly identityStoreId: string;
  readonly instanceArn: string;
  readonly region: string;
  readonly memberships: readonly { readonly membershipId: string; readonly groupId: string }[] | null;
  readonly assignments: readonly { readonly accountId: string; readonly permissionSetArn: string }[] | null;
}

export interface DirectoryGroupDependents extends Dependent {
  readonly type: 'directory-group';
  readonly groupId: string;
  readonly identityStoreId: string;
  readonly instanceArn: string;
  readonly region: string;
  readonly memberships: readonly { readonly membershipId: string; readonly userId: string }[] | null;
  readonly assignments: readonly { readonly accountId: string; readonly permissionSetArn: string }[] | null;
}

export interface PermissionSetDependents extends Dependent {
  readonly type: 'permission-set';
  readonly instanceArn: string;
  readonly region: string;
  readonly sessionDuration: string;
  readonly provisionedAccounts: readonly string[];
  readonly assignments:
    | readonly {
        readonly accountId: string;
        readonly principalType: 'USER' | 'GROUP';
        readonly principalId: string;
      }[]
    | null;
}

export type Dependents =
  | UserDependents
  | GroupDependents
  | RoleDependents
  | PolicyDependents
  | FunctionDependents
  | ApiDependents
  | DirectoryUserDependents
  | DirectoryGroupDependents
  | PermissionSetDependents;
