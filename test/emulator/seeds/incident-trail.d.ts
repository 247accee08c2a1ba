import type { TrailRecord } from '../start.js';

export declare const TRAIL_FROM: string;
export declare const deliveredRecords: (records: readonly TrailRecord[]) => readonly TrailRecord[];
