import type { CollectionPart } from './collection-part.ts';
import type { CollectedKey } from './evidence-catalog.ts';
import type { Gap } from './gap.ts';
import type { Observation } from './observation.ts';
import type { ScopeUnit } from './scope.ts';

/** One collected fact as it lies in a shard: one line of NDJSON. */
export interface StoredObservation {
  readonly key: CollectedKey;
  readonly unit: ScopeUnit;
  readonly observation: Observation<unknown>;
}

export interface EvidenceShard {
  /** Relative to the evidence folder: `organization.ndjson.gz`, `accounts/111122223333.ndjson.gz`. */
  readonly path: string;
  /** Of the compressed file. */
  readonly sha256: string;
  readonly bytes: number;
  readonly observations: number;
}

/** An account of the organization: swept, or why it was not. */
export interface SweptAccount {
  readonly accountId: string;
  readonly name: string | null;
  /** False = left out on purpose (`--exclude-accounts`, `--ou` …) or closed: named, but not judged and no gap. */
  readonly inScope: boolean;
  readonly swept: boolean;
  /** Set when not swept: one line that names the reason (the role refused, excluded, suspended …). */
  readonly reason: string | null;
  readonly regions: readonly string[];
}

/** Describes an evidence folder; its own digest names the evidence everywhere else. */
export interface EvidenceManifest {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'afterleak'; readonly version: string };
  /** When the collection ended; the default `as of` of an audit. */
  readonly asOf: string;
  /** Of the first part. */
  readonly startedAt: string;
  readonly partition: string;
  readonly callerArn: string;
  readonly callerAccountId: string;
  readonly organizationId: string | null;
  readonly managementAccountId: string | null;
  readonly organizationInScope: boolean;
  /** Number of accounts in the organization, null when unknown. */
  readonly ofAccounts: number | null;
  readonly accounts: readonly SweptAccount[];
  /** What could not be found out about the scope itself; gaps of single facts lie with their observations. */
  readonly gaps: readonly Gap[];
  /** Evidence keys that were asked for, each with the version of its value's shape. */
  readonly keys: Readonly<Partial<Record<CollectedKey, number>>>;
  readonly shards: readonly EvidenceShard[];
  /** Set when the answers do not come from AWS itself (emulator, recording). */
  readonly banner: string | null;
  /** ARNs of our own sessions, and how our calls can be told in CloudTrail. */
  readonly ownTraces: {
    readonly sessions: readonly string[];
    readonly userAgent: string;
    readonly calls: number;
  };
  /** What was dropped at the edge: field name to number of values. */
  readonly redactions: Readonly<Record<string, number>>;
  /** Largest difference between the service's clock and ours, in seconds; positive when the service's is ahead. */
  readonly clockSkewSeconds: number;
  /**
   * Set where the collection was resumed, or has not ended: all its parts. `ownTraces`, `redactions` and
   * `clockSkewSeconds` are of all of them together, and the least that is certain where one did not end.
   */
  readonly parts?: readonly CollectionPart[];
}

/** Where an audit reads its evidence from; account by account, so that memory does not grow with the organization. */
export interface EvidenceSource {
  readonly manifest: EvidenceManifest;
  /** sha256 of the manifest's bytes. */
  readonly digest: string;
  organization(): Promise<readonly StoredObservation[]>;
  account(accountId: string): Promise<readonly StoredObservation[]>;
}
