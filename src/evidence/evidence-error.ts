/** The evidence cannot be used: missing, truncated, changed after it was collected, or of another schema. */
export class EvidenceError extends Error {
  override readonly name = 'EvidenceError';
  readonly next: string;

  constructor(message: string, next: string, options?: ErrorOptions) {
    super(message, options);
    this.next = next;
  }
}
