import type { ConnectedEmulator } from '../start.js';
import type { InnocentOrganization } from './innocent-organization.js';

export interface SeededIncident {
  readonly window: { readonly from: string; readonly to: string };
  readonly leakedAccessKeyId: string;
  readonly leakedPrincipalArn: string;
  readonly federatedUserArn: string;
  readonly madeUserArns: readonly string[];
  readonly madeGroupArn: string;
  readonly disabledServices: readonly string[];
  readonly keys: {
    readonly 'svc-backup': string;
    readonly 'aws-support': string;
    readonly 'ops-sync': string;
  };
  /** Secret keys of the users, for tests that go on as the intruder. */
  readonly secrets: {
    readonly 'svc-backup': string;
    readonly 'aws-support': string;
    readonly 'ops-sync': string;
  };
  readonly bedrockCredentialId: string;
  readonly endpointRoleArn: string;
  readonly endpointFunctionArn: string;
  readonly endpointApiId: string;
  readonly endpointRouteId: string;
  readonly functionUrl: string;
  readonly intruderGroupId: string;
  readonly intruderDirectoryUserId: string;
  readonly intruderMembershipId: string;
  readonly lengthenedPermissionSetArn: string;
  /** With `story` alone: */
  readonly consoleAccessKeyId?: string;
  readonly functionMadeUserArn?: string;
  readonly functionMadeAccessKeyId?: string;
  readonly functionMadeSecret?: string;
  readonly memberSessionArn?: string;
  readonly memberAccessKeyId?: string;
  readonly deletedRoleArn?: string;
}

export declare const seedIncident: (
  emulator: ConnectedEmulator,
  innocent: InnocentOrganization,
  options?: { readonly story?: boolean },
) => Promise<SeededIncident>;
