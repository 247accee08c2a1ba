import type { Emulator } from '../start.js';
import type { ClosedLoopWorld } from './world.js';

export interface MadeByIntruder {
  readonly type: 'iam-user' | 'access-key';
  readonly accountId: string;
  readonly arn: string;
  readonly userName: string;
  readonly by: string;
}

export interface Intruder {
  turn(): Promise<void>;
  made(): readonly MadeByIntruder[];
  turns(): number;
  tried(): ReadonlyMap<string, { readonly done: number; readonly refused: number; readonly last: string }>;
  stillIn(): Promise<readonly string[]>;
  left(): Promise<readonly string[]>;
}

export declare const createIntruder: (emulator: Emulator, world: ClosedLoopWorld) => Intruder;
