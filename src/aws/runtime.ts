/** Time and chance come from outside, so that tests need neither. The command line gives the real ones. */
export interface AwsRuntime {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after the time; rejects as soon as the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** A number in [0, 1), for the jitter of back-offs. */
  random(): number;
}

/** The run was stopped (Ctrl-C, or a fatal error elsewhere): nothing was learned about the thing that was asked. */
export class RunAborted extends Error {
  override readonly name = 'RunAborted';
}

export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) {
    throw new RunAborted('the run was stopped');
  }
}
