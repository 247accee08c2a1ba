/** Ends the run: nothing more can be read. `next` is one line that says what to do. */
export class FatalAwsError extends Error {
  override readonly name: string = 'FatalAwsError';
  readonly next: string;

  constructor(message: string, next: string, options?: ErrorOptions) {
    super(message, options);
    this.next = next;
  }
}

/** The caller's own session ended while the run was under way. */
export class CredentialsExpired extends FatalAwsError {
  override readonly name = 'CredentialsExpired';

  constructor(detail: string, options?: ErrorOptions) {
    super(
      `the credentials expired: ${detail}`,
      'Sign in again (for example `aws sso login`) and go on with --resume.',
      options,
    );
  }
}
