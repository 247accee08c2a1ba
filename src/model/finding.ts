import type { EvidenceKey } from './evidence-catalog.ts';

/** residue: live access left behind · tampering: an altered control or blinded eye · hardening: standing weakness. */
export const findingKinds = ['residue', 'tampering', 'hardening'] as const;
export type FindingKind = (typeof findingKinds)[number];

/** Strongest first; the first that holds is the attribution. */
export const attributions = [
  'attributed',
  'shared-credential',
  'in-window',
  'explained',
  'unexplained',
  'predates-window',
  'unknown',
] as const;
export type Attribution = (typeof attributions)[number];

/** What is to be done; the order is the order of the report. */
export const decisions = ['eradicate', 'restore', 'contain-and-rotate', 'explain', 'harden'] as const;
export type Decision = (typeof decisions)[number];

/** The general signals that the engine computes; checks add their own codes. */
export type GeneralSignal =
  | 'in-window'
  | 'not-in-baseline'
  | 'changed-since-baseline'
  | 'not-owned-by-code'
  | 'owned-by-code'
  | 'outside-account'
  | 'created-by-incident'
  | 'changed-by-incident'
  | 'shared-credential'
  | 'compromised-principal'
  | 'indicator-match'
  | 'trusted-by-incident-file';

export interface Signal {
  readonly code: string;
  readonly fact: string;
  /** Where the fact comes from: an evidence key, `incident`, `baseline` or `lineage`. */
  readonly source: string;
}

/** What a finding is about. */
export interface Subject {
  readonly arn: string;
  readonly uniqueId?: string;
  /** Field term as in ResourceFact: `iam-user`, `lambda-function`, … */
  readonly type: string;
  readonly name: string;
}

/** What a check yields: never a verdict, a severity or prose. */
export interface Sighting<MessageId extends string = string> {
  readonly messageId: MessageId;
  readonly subject: Subject;
  /** Fills the message's `{placeholders}`. */
  readonly data: Readonly<Record<string, string | number>>;
  /** Tells two sightings of one message on one subject apart (an access key id); part of the fingerprint. */
  readonly discriminator?: string;
  /** Specific facts (never-used, can-mint …). */
  readonly signals?: readonly Signal[];
  /** JSON pointers into the evidence that was looked at. */
  readonly evidence?: readonly { readonly key: EvidenceKey; readonly pointer: string }[];
  readonly survivesKeyRevocation?: {
    readonly answer: 'yes' | 'no' | 'until' | 'unbounded-until-condition';
    readonly why: string;
    readonly until?: string;
  };
}
