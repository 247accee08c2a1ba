/** One thing that was reviewed and found right. It counts only once `reviewedBy` is filled. */
export interface BaselineEntry {
  /** Resource type as in ResourceFact (`iam-user`, `lambda-function`, `trusted-service`, …). */
  readonly type: string;
  /** ARN, or the service principal of a trusted service. */
  readonly id: string;
  readonly uniqueId: string | null;
  readonly contentSha256: string | null;
  readonly owner: string | null;
  readonly reason: string | null;
  readonly reviewedBy: string | null;
  readonly reviewedAt: string | null;
}

export interface Baseline {
  readonly capturedAt: string;
  /** Digest of the evidence it was written from. */
  readonly evidence: string | null;
  readonly expected: readonly BaselineEntry[];
}
