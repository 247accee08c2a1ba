import type { AuditResult } from '../model/audit-result.ts';
import type { Baseline } from '../model/baseline.ts';
import type { AnyCheck } from '../model/check.ts';
import type { Dependents } from '../model/dependents.ts';
import type { EvidenceSource } from '../model/evidence-manifest.ts';
import type { Attestation, Exception } from '../model/exception.ts';
import type { Incident } from '../model/incident.ts';
import type { Ownership } from '../model/ownership.ts';
import type { TraceResult } from '../model/trace-result.ts';

export type CheckOptions = Readonly<
  Record<string, Readonly<Record<string, number | string | boolean | readonly string[]>>>
>;

/**
 * Adds to a judged result what follows from it: the plan, the history. Handed in, because the engine knows neither.
 * `dependents` are those of accounts in which something was found that is more than a ticket.
 */
export type ResultExtension = (
  result: AuditResult,
  dependents: readonly Dependents[],
  notSeen: readonly string[],
) => AuditResult;

/** Everything an audit depends on; nothing else may influence its result. */
export interface AuditInput {
  readonly checks: readonly AnyCheck[];
  readonly evidence: EvidenceSource;
  readonly incident: Incident | null;
  readonly baseline: Baseline | null;
  readonly exceptions: readonly Exception[];
  readonly attestations: readonly Attestation[];
  /** What ownership files claim; null without one. */
  readonly ownership: Ownership | null;
  /** What CloudTrail tells of the incident; null when no trail was read. */
  readonly trace?: TraceResult | null;
  /** Check id to option values. */
  readonly checkOptions: CheckOptions;
  /** UTC time at which ages and expiries are judged; null = when the evidence was collected. */
  readonly asOf: string | null;
  readonly toolVersion: string;
  /** Ids of the whole catalogue, so that a misspelt one in an exception is told from one that was not selected. */
  readonly checkIds?: ReadonlySet<string>;
  /** Checks of the catalogue that the selection left out: what they look at was not looked at. */
  readonly notRun?: readonly AnyCheck[];
  readonly extend?: ResultExtension;
}
