import type { SeededIncident } from '../seeds/incident.js';
import type { InnocentOrganization } from '../seeds/innocent-organization.js';
import type { Emulator, EmulatorCredentials, TrailRecord } from '../start.js';
import type { Snapshot } from './snapshot.js';

export declare const INTRUDERS_ACCOUNT: '999988887777';

export interface ClosedLoopWorld {
  readonly innocent: InnocentOrganization;
  readonly incident: SeededIncident;
  readonly entrenched: { readonly policyArn: string; readonly instanceRoleArn: string };
  /** A user in the intruder's own account. */
  readonly foreign: EmulatorCredentials;
  /** How everything innocent is meant to be. */
  readonly meant: Snapshot;
  /** How the function stands that the pipeline went on releasing with the leaked key. */
  readonly released: string;
  /** What the organization's trail delivered. */
  readonly trail: readonly TrailRecord[];
}

/** `memberPolicies`: what the role of the sweep may in member accounts, instead of SecurityAudit. */
export declare const seedClosedLoopWorld: (
  emulator: Emulator,
  options?: { readonly memberPolicies?: readonly string[] },
) => Promise<ClosedLoopWorld>;
