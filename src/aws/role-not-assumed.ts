import type { Failure } from './classify-error.ts';

/** A role session could not be made or renewed; thrown by credential providers, whose contract knows only throwing. */
export class RoleNotAssumed extends Error {
  override readonly name = 'RoleNotAssumed';
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.gap.detail, options);
    this.failure = failure;
  }
}
