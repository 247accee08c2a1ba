import type { Operation } from '../aws/operation.ts';
import type { AwsReader } from '../aws/reader.ts';
import type { CollectedEvidence, CollectedKey } from '../model/evidence-catalog.ts';
import type { Gap } from '../model/gap.ts';
import type { Observation } from '../model/observation.ts';
import type { ScopeUnit } from '../model/scope.ts';

/**
 * Who may ask. `account`: a session in the unit's own account · `management`: only the management account ·
 * `management-or-delegated`: the management account or a delegated administrator.
 */
export type Vantage = 'account' | 'management' | 'management-or-delegated';

export interface CollectContext {
  readonly unit: ScopeUnit;
  readonly partition: string;
  /** Account whose session is used: for organization units the vantage account. */
  readonly accountId: string;
  /** The unit's region; for global services the partition's home region; never null. */
  readonly region: string;
  /** Enabled regions of the account, for collectors that must probe them. */
  readonly regions: readonly string[];
  readonly reader: AwsReader;
  /** An observation this collector depends on, of its own unit or an enclosing one. */
  dependency<Key extends CollectedKey>(key: Key): Observation<CollectedEvidence[Key]>;
  /** Counts values that are dropped here and never stored. */
  redacted(field: string, count: number): void;
  /** A gap at this unit with the collector's key as operation. */
  gap(reason: Gap['reason'], detail: string, resource?: string): Gap;
}

export interface Collector<Key extends CollectedKey = CollectedKey> {
  readonly key: Key;
  readonly vantage: Vantage;
  readonly operations: readonly Operation[];
  /** Keys that must be collected first. */
  readonly dependsOn?: readonly CollectedKey[];
  /** True for collectors that run in the closing pass, after everything else. */
  readonly closing?: boolean;
  readonly collect: (context: CollectContext) => Promise<Observation<CollectedEvidence[Key]>>;
}

/** A collector as the runner holds it. */
export interface AnyCollector {
  readonly key: CollectedKey;
  readonly vantage: Vantage;
  readonly operations: readonly Operation[];
  readonly dependsOn?: readonly CollectedKey[];
  readonly closing?: boolean;
  readonly collect: (context: CollectContext) => Promise<Observation<unknown>>;
}

export function defineCollector<const Key extends CollectedKey>(collector: Collector<Key>): Collector<Key> {
  return collector;
}
