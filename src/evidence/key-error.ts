/** A key cannot be used: not found, open to others, of another kind, or shut. The message never holds a part of it. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
  readonly next: string;

  constructor(message: string, next: string, options?: ErrorOptions) {
    super(message, options);
    this.next = next;
  }
}
