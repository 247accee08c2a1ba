import type { ConnectedEmulator } from '../start.js';
import type { SeededIncident } from './incident.js';
import type { InnocentOrganization } from './innocent-organization.js';

export declare const FOREIGN_ACCOUNT: '999988887777';
export declare const INVITED_ACCOUNT: '555566667777';
export declare const DEPARTING_ACCOUNT: '123412341234';

/**
 * One thing that a sweep must find. `artefact` is the check's id where one check is meant; `arn` follows
 * src/model/resource-arn.ts and is the id itself where AWS has no ARN (a service principal).
 */
export interface ExpectedArtefact {
  readonly artefact: string;
  readonly arn: string;
  readonly accountId: string;
  readonly region?: string;
  /** No read call shows it: only a baseline that holds the ARN can tell. */
  readonly needs?: 'baseline';
}

export declare const seedEveryArtefact: (
  emulator: ConnectedEmulator,
  innocent: InnocentOrganization,
  incident: SeededIncident,
) => Promise<{
  readonly expected: readonly ExpectedArtefact[];
  /** An HTTP API whose stage serves an open route that the draft no longer has. */
  readonly deployedOpenHttpApiId: string;
  /** A function whose alias lets in a foreign account. */
  readonly sharedFunctionArn: string;
}>;
