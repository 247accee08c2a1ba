import type { ConnectedEmulator } from '../start.js';

export interface AwsCommand {
  readonly argv: readonly string[];
  /** The access key id with which it is called. */
  readonly account: string;
}

export interface AwsCli {
  /** Holds `aws`. */
  readonly folder: string;
  environment(
    emulator: ConnectedEmulator,
    accountId: string,
    region?: string,
  ): Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export declare const startAwsCli: (options?: {
  readonly before?: (command: AwsCommand) => Promise<void>;
}) => Promise<AwsCli>;
