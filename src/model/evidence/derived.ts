import type { Dependents } from '../dependents.ts';
import type { endpointExposures } from '../endpoint-chain.ts';
import type { Power } from '../power.ts';
import type { TrustGrant } from '../trust-grant.ts';
import type { ApiRoute } from './api-gateway.ts';

/** An IAM user, role or group together with what it can effectively do. */
export interface Principal {
  readonly arn: string;
  readonly uniqueId: string;
  readonly type: 'iam-user' | 'iam-role' | 'iam-group';
  readonly name: string;
  readonly path: string;
  readonly accountId: string;
  readonly createdAt: string;
  /** Who keeps it: service-linked roles and Identity Center's reserved roles belong to AWS services. */
  readonly managedBy: 'customer' | 'service-linked' | 'identity-center';
  readonly power: Power;
  /** Roles only; empty for users and groups. */
  readonly trust: readonly TrustGrant[];
  /** Users only: the groups it is in. */
  readonly groups: readonly string[];
  /** Roles: last use; users: null (their keys and password tell). */
  readonly lastUsedAt: string | null;
}

/** How a caller can get in. */
export type EndpointEntry =
  | { readonly kind: 'function-url'; readonly url: string }
  | {
      readonly kind: 'rest-api' | 'http-api' | 'websocket-api';
      readonly apiId: string;
      readonly apiName: string;
      readonly stage: string;
      readonly route: string;
    };

/**
 * public: anyone on the internet · any-aws-account: every AWS principal · restricted: anonymous but narrowed by network ·
 * latent: one resource-policy permission is missing · armed: configured open, refused only by the missing resource policy ·
 * authenticated: an authorizer, IAM or a JWT guards it · private: not reachable from the internet · unresolved: cannot be told
 */
export type EndpointExposure = (typeof endpointExposures)[number];

/** The chain: API or function URL, its route and authentication, integration, function, role, effective power. */
export interface Endpoint {
  /** ARN of the API or, for function URLs, of the (qualified) function. */
  readonly arn: string;
  readonly name: string;
  readonly entry: EndpointEntry;
  readonly exposure: EndpointExposure;
  /** Why the exposure was decided so, in field terms. */
  readonly exposureFacts: readonly string[];
  readonly route: ApiRoute | null;
  /** Null where the route reaches no function. */
  readonly functionArn: string | null;
  readonly functionQualifier: string | null;
  readonly functionName: string | null;
  readonly codeSha256: string | null;
  readonly roleArn: string | null;
  /** Null where the role lies outside the account or its power is not known. */
  readonly rolePower: Power | null;
  /** An AWS call made without a function (`iam:CreateAccessKey`), when the integration is a direct one. */
  readonly directAction: string | null;
  readonly createdAt: string | null;
  readonly modifiedAt: string | null;
}

/** Who holds administrator rights through Identity Center. */
export interface IdentityCenterAdministrator {
  readonly permissionSetArn: string;
  readonly permissionSetName: string;
  readonly accountId: string;
  readonly principalType: 'USER' | 'GROUP';
  readonly principalId: string;
  readonly principalName: string | null;
  /** Direct user, or the group's members. */
  readonly users: readonly { readonly id: string; readonly userName: string | null }[];
}

/** What differs between the first and the closing read of the authorization details. */
export interface ChangeDuringSweep {
  readonly arn: string;
  readonly uniqueId: string;
  readonly type: 'iam-user' | 'iam-role' | 'iam-group' | 'iam-policy';
  readonly name: string;
  readonly change: 'created' | 'deleted' | 'changed' | 're-created';
}

/** What is known of one thing, whatever it is: the engine's general signals come from here. */
export interface ResourceFact {
  readonly arn: string;
  /** Provider's unique id (AIDA…, AROA…), where there is one. */
  readonly uniqueId: string | null;
  /** Field term, kebab-case: `iam-user`, `lambda-function`, `permission-set`, … */
  readonly type: string;
  readonly name: string;
  readonly accountId: string | null;
  readonly region: string | null;
  readonly createdAt: string | null;
  readonly modifiedAt: string | null;
  /** complete: `modifiedAt` shows every change · created-only: no modification date exists · none: no date at all. */
  readonly changeCoverage: 'complete' | 'created-only' | 'none';
  /** Actor, where an API tells (Identity Store's CreatedBy). */
  readonly createdBy: string | null;
  /** Owner by tag or by an ownership file, where known. */
  readonly owner: string | null;
  /** sha256 of the content that matters (documents, code, settings); null where nothing but its existence matters. */
  readonly contentSha256: string | null;
}

export interface DerivedEvidence {
  principals: readonly Principal[];
  endpoints: readonly Endpoint[];
  'changes-during-sweep': readonly ChangeDuringSweep[];
  'identity-center.administrators': readonly IdentityCenterAdministrator[];
  /** Users, roles, groups and policies with what hangs on them. */
  'dependents.account': readonly Dependents[];
  /** Functions and APIs. */
  'dependents.region': readonly Dependents[];
  /** Identity Center. */
  'dependents.organization': readonly Dependents[];
  'resources.organization': readonly ResourceFact[];
  'resources.account': readonly ResourceFact[];
  'resources.region': readonly ResourceFact[];
}
