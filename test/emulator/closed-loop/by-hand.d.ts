import type { Emulator } from '../start.js';
import type { ClosedLoopWorld } from './world.js';

export declare const doByHand: (emulator: Emulator, world: ClosedLoopWorld, step: string) => Promise<boolean>;
