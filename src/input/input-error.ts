/** Something that a person wrote or typed cannot be used: says where, what was expected and what to do. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly next: string;

  constructor(message: string, next: string, options?: ErrorOptions) {
    super(message, options);
    this.next = next;
  }
}
