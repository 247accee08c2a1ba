import type { AwsRuntime } from '../aws/runtime.ts';
import type { RunProgress } from '../collect/run-collectors.ts';

/** What the program that runs a pipeline gives it: time, a way to stop, a listener, and (for tests) other credentials. */
export interface PipelineHost {
  readonly runtime: AwsRuntime;
  /** Aborting it keeps what was collected; the rest becomes gaps. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
  /** Instead of the SDK's default chain. */
  readonly credentials?: () => Promise<{
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  }>;
  /** Set where the answers do not come from AWS itself; stands in the evidence and on every report. */
  readonly banner?: string;
  readonly maxAttempts?: number;
  /** For the passphrase of an encrypted `sign` key; null when nobody can be asked. */
  readonly askPassphrase?: () => Promise<string | null>;
}
