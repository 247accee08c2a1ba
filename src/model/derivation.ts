import type { BaselineView } from './check.ts';
import type { DerivedKey, EvidenceCatalog, EvidenceKey } from './evidence-catalog.ts';
import type { Gap } from './gap.ts';
import type { Incident } from './incident.ts';
import type { ScopeUnit } from './scope.ts';

export interface DerivationContext {
  readonly unit: ScopeUnit;
  readonly partition: string;
  readonly managementAccountId: string | null;
  /** Null when the list could not be seen in full. */
  readonly organizationAccountIds: ReadonlySet<string> | null;
  readonly incident: Incident | null;
  readonly baseline: BaselineView | null;
  /**
   * Gaps of a declared input, also where it has a value: a list that was seen in part must not read as whole. Where it
   * is not given, it is not known whether there are any.
   */
  readonly gapsOf?: (key: EvidenceKey) => readonly Gap[];
}

/**
 * A fact computed from other facts: pure and memoised per unit. Its state is the worst of its required inputs; a
 * missing optional input arrives as null and its gaps travel with the result.
 */
export interface Derivation<
  Key extends DerivedKey = DerivedKey,
  Input extends EvidenceKey = EvidenceKey,
  Optional extends EvidenceKey = EvidenceKey,
> {
  readonly key: Key;
  readonly inputs: readonly Input[];
  /** Inputs without which the fact can still be told; their gaps make it partial, unless it is also `ignorable`. */
  readonly optional?: readonly Optional[];
  /** Optional inputs whose absence does not weaken the result. */
  readonly ignorable?: readonly Optional[];
  readonly compute: (
    evidence: { readonly [K in Input]: EvidenceCatalog[K] } & {
      readonly [K in Optional]: EvidenceCatalog[K] | null;
    },
    context: DerivationContext,
  ) => EvidenceCatalog[Key];
}

/** A derivation as the engine holds it. */
export interface AnyDerivation {
  readonly key: DerivedKey;
  readonly inputs: readonly EvidenceKey[];
  readonly optional?: readonly EvidenceKey[];
  readonly ignorable?: readonly EvidenceKey[];
  /** A method, so that derivations of any inputs fit: the engine hands over what the derivation declares. */
  compute(evidence: Readonly<Record<string, unknown>>, context: DerivationContext): unknown;
}

export function defineDerivation<
  const Key extends DerivedKey,
  const Input extends EvidenceKey,
  const Optional extends EvidenceKey = never,
>(derivation: Derivation<Key, Input, Optional>): Derivation<Key, Input, Optional> {
  return derivation;
}
