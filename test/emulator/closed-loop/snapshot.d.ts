import type { ConnectedEmulator } from '../start.js';

/** What and where (`iam-role arn:…`) to canonical JSON. */
export type Snapshot = ReadonlyMap<string, string>;

export declare const snapshot: (emulator: ConnectedEmulator) => Promise<Snapshot>;
export declare const differences: (wanted: Snapshot, found: Snapshot) => readonly string[];
