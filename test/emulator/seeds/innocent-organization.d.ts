import type { ConnectedEmulator } from '../start.js';

export declare const HOME_REGION: 'us-east-1';

export interface InnocentOrganization {
  readonly accounts: {
    readonly management: string;
    readonly security: string;
    readonly production: string;
    readonly development: string;
  };
  readonly sweepRoleName: string;
  readonly responderRoleArn: string;
  readonly trusted: {
    readonly accounts: readonly string[];
    readonly identityProviders: readonly string[];
    readonly roles: readonly string[];
  };
  readonly vendorRoleArn: string;
  readonly trustedServices: readonly string[];
  readonly organizationId: string;
  readonly rootId: string;
  readonly units: { readonly Security: string; readonly Workloads: string };
  readonly guardrailsId: string;
  readonly trailArn: string;
  readonly analyzerArn: string;
  readonly instanceArn: string;
  readonly identityStoreId: string;
  readonly permissionSets: { readonly AdministratorAccess: string; readonly ReadOnlyAccess: string };
  readonly groups: { readonly 'platform-admins': string; readonly engineers: string };
  readonly directoryUsers: { readonly alice: string; readonly bob: string; readonly carol: string };
  readonly ciRoleArn: string;
  readonly githubProviderArn: string;
  readonly functions: { readonly orders: string; readonly authorizer: string; readonly nightly: string };
  readonly restApiId: string;
  readonly httpApiId: string;
  /** Only with `leakableUser: true`. */
  readonly deploy?: {
    readonly userName: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
}

export declare const seedInnocentOrganization: (
  emulator: ConnectedEmulator,
  options?: { readonly leakableUser?: boolean },
) => Promise<InnocentOrganization>;
