import type { ActionId } from './action-id.ts';
import type { BaselineEntry } from './baseline.ts';
import type { EvidenceCatalog, EvidenceKey } from './evidence-catalog.ts';
import type { FindingKind, Sighting } from './finding.ts';
import type { Incident } from './incident.ts';
import type { ScopeKind, ScopeUnit } from './scope.ts';
import type { Severity } from './severity.ts';

/** Reviewed state, as checks and the engine may ask for it. Unreviewed entries are not in it. */
export interface BaselineView {
  readonly capturedAt: string;
  /** The entry for this thing, or null. */
  find(type: string, id: string): BaselineEntry | null;
  /** All reviewed entries of a type, sorted by id. */
  ofType(type: string): readonly BaselineEntry[];
}

/** What a check may know besides its evidence. `asOf` is the only time there is. */
export interface CheckContext {
  /** UTC time at which ages and expiries are judged. */
  readonly asOf: string;
  readonly unit: ScopeUnit;
  readonly partition: string;
  /** Null when the account is in no organization or the organization could not be seen. */
  readonly organizationId: string | null;
  readonly managementAccountId: string | null;
  /** Every account of the organization; null when the list could not be seen in full. */
  readonly organizationAccountIds: ReadonlySet<string> | null;
  readonly incident: Incident | null;
  readonly baseline: BaselineView | null;
  /** The check's own options, defaults filled in. */
  readonly options: Readonly<Record<string, number | string | boolean | readonly string[]>>;
}

export type EvidenceOf<Required extends EvidenceKey, Optional extends EvidenceKey> = {
  readonly [Key in Required]: EvidenceCatalog[Key];
} & { readonly [Key in Optional]: EvidenceCatalog[Key] | null };

export interface Remediation {
  readonly actions: readonly ActionId[];
  /** Why this removes the problem. */
  readonly why: string;
  readonly cautions: readonly string[];
}

/**
 * Text of a message; `{name}` takes the sighting's data. A message may be worse or milder than its check;
 * `raise: false` keeps it so whatever the signals say.
 */
export type Message = string | { readonly text: string; readonly severity: Severity; readonly raise?: false };

export interface CheckMeta<
  Required extends EvidenceKey = EvidenceKey,
  Optional extends EvidenceKey = EvidenceKey,
  MessageId extends string = string,
> {
  /** Equals the file's path below `checks/` without its ending; a noun of the failing thing. */
  readonly id: string;
  /** The passing state. */
  readonly title: string;
  readonly failureTitle: string;
  /** Why it matters; Markdown, two to five sentences. */
  readonly description: string;
  readonly kind: FindingKind;
  readonly severity: Severity;
  /** A signal that makes a sighting worse: code to severity. Never makes it milder. */
  readonly raise?: Readonly<Record<string, Severity>>;
  readonly scope: ScopeKind;
  readonly requires: readonly Required[];
  readonly optional?: readonly Optional[];
  /** Required keys whose partial evidence still allows findings (never a pass). */
  readonly tolerates?: readonly NoInfer<Required>[];
  /** What is looked at, in the plural: `access keys`. */
  readonly population: string;
  readonly messages: Readonly<Record<MessageId, Message>>;
  readonly remediation: Remediation;
  /** ATT&CK technique ids, version 19. */
  readonly techniques: readonly string[];
  /** Framework name to control ids: `CIS AWS 7.0`, `NIST 800-53 r5`, `NIST CSF 2.0`. */
  readonly frameworks: Readonly<Record<string, readonly string[]>>;
  readonly references: readonly string[];
  readonly options?: Readonly<
    Record<
      string,
      { readonly default: number | string | boolean | readonly string[]; readonly description: string }
    >
  >;
  /** Version of afterleak in which the check appeared. */
  readonly since: string;
  readonly deprecated?: { readonly replacedBy: string };
}

export interface Check<
  Required extends EvidenceKey = EvidenceKey,
  Optional extends EvidenceKey = EvidenceKey,
  MessageId extends string = string,
> {
  readonly meta: CheckMeta<Required, Optional, MessageId>;
  /** Number of things looked at; must be the declared population. */
  readonly examined: (evidence: EvidenceOf<Required, Optional>, context: CheckContext) => number;
  /** Null = applies; else the reason why it does not. With `manual.appliesTo` the only way to `not-applicable`. */
  readonly appliesTo?: (context: CheckContext) => string | null;
  /** Present = no API shows it: the outcome is `manual` with these instructions, and findings are still yielded. */
  readonly manual?: {
    readonly instructions: string;
    /**
     * Asked only of complete evidence. Null = there is something to ask about; else the reason why there is not
     * (no Identity Center exists): the outcome is then `not-applicable`.
     */
    readonly appliesTo?: (evidence: EvidenceOf<Required, Optional>, context: CheckContext) => string | null;
  };
  readonly evaluate: (
    evidence: EvidenceOf<Required, Optional>,
    context: CheckContext,
  ) => Iterable<Sighting<NoInfer<MessageId>>>;
}

/** A check as the engine holds it, whatever keys it declared. */
export interface AnyCheck {
  readonly meta: CheckMeta;
  readonly examined: (evidence: Readonly<Record<string, unknown>>, context: CheckContext) => number;
  readonly appliesTo?: (context: CheckContext) => string | null;
  readonly manual?: {
    readonly instructions: string;
    readonly appliesTo?: (
      evidence: Readonly<Record<string, unknown>>,
      context: CheckContext,
    ) => string | null;
  };
  readonly evaluate: (
    evidence: Readonly<Record<string, unknown>>,
    context: CheckContext,
  ) => Iterable<Sighting>;
}

/**
 * Declares a check. Reading undeclared evidence, a misspelt key and an undeclared message id are compile errors;
 * a check cannot say `pass`.
 */
export function defineCheck<
  const Required extends EvidenceKey,
  const MessageId extends string,
  const Optional extends EvidenceKey = never,
>(check: Check<Required, Optional, MessageId>): Check<Required, Optional, MessageId> {
  return check;
}
