/** A risk that someone accepted until a date. */
export type Exception =
  | {
      readonly kind: 'finding';
      readonly check: string;
      /** Exact subject ARN. */
      readonly subject: string;
      readonly reason: string;
      readonly approvedBy: string;
      readonly expires: string;
    }
  | {
      readonly kind: 'gap';
      readonly operation: string;
      /** Unit name as in `unitName`. */
      readonly unit: string;
      readonly reason: string;
      readonly approvedBy: string;
      readonly expires: string;
    };

/** What a person states about something that no API shows. */
export interface Attestation {
  /** Id of the manual check it answers. */
  readonly control: string;
  readonly statement: string;
  readonly by: string;
  readonly at: string;
  readonly expires: string;
}
