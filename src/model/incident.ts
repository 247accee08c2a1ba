import type { IncidentReview } from './review.ts';

/** A half-open interval of UTC times. */
export interface TimeWindow {
  readonly from: string;
  readonly to: string;
}

/** What people know of the incident; contracts.md §4 shows the file. Times are UTC ISO-8601. */
export interface Incident {
  readonly id: string;
  readonly title: string;
  readonly window: TimeWindow | null;
  readonly compromised: {
    readonly accessKeyIds: readonly string[];
    readonly principals: readonly string[];
  };
  readonly indicators: {
    readonly sourceIps: readonly string[];
    readonly userAgents: readonly string[];
    readonly names: readonly string[];
    readonly codeSha256: readonly string[];
  };
  readonly trusted: {
    readonly accounts: readonly string[];
    readonly networks: readonly string[];
    readonly identityProviders: readonly string[];
    readonly roles: readonly string[];
  };
  /** Name (`detected`, `contained`, …) to time. */
  readonly milestones: Readonly<Record<string, string>>;
  readonly review: IncidentReview;
}
