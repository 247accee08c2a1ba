import { Worker } from 'node:worker_threads';
import { loadRecordScanner } from './record-runner.ts';
import { BatchScanner, type ScanFilter, type ScannedBatch } from './scan-batch.ts';
import { runScanJob, type ScanJob } from './scan-job.ts';

/** `lane` tells whose strings and buckets the batch is written in. */
export interface LaneBatch {
  readonly lane: number;
  readonly batch: ScannedBatch;
}

/** Something that scans jobs. */
export interface ScanPool {
  readonly lanes: number;
  scan(job: ScanJob): Promise<LaneBatch>;
  close(): Promise<void>;
}

function inProcess(filter: ScanFilter): ScanPool {
  const scanner = new BatchScanner(filter, loadRecordScanner());
  return {
    lanes: 1,
    scan: (job) => Promise.resolve({ lane: 0, batch: runScanJob(scanner, job) }),
    close: () => Promise.resolve(),
  };
}

/** What a thread is started with. */
export interface ScanWork {
  readonly filter: ScanFilter;
  /** Compiled code, which threads share. */
  readonly module: WebAssembly.Module;
}

interface Lane {
  readonly worker: Worker;
  waiting: {
    readonly resolve: (batch: ScannedBatch) => void;
    readonly reject: (error: Error) => void;
  }[];
  failed: Error | null;
}

function startLane(work: ScanWork): Lane {
  const worker = new Worker(new URL('./scan-worker.js', import.meta.url), { workerData: work });
  const lane: Lane = { worker, waiting: [], failed: null };
  const fail = (error: Error): void => {
    lane.failed = error;
    for (const { reject } of lane.waiting.splice(0)) {
      reject(error);
    }
  };
  worker.on('message', (batch: ScannedBatch) => lane.waiting.shift()?.resolve(batch));
  worker.on('error', (error) => fail(new Error('a worker that scans the log failed', { cause: error })));
  worker.on('exit', (code) => fail(new Error(`a worker that scans the log ended (${code})`)));
  return lane;
}

/** Worker threads; a lane answers its jobs in the order in which it got them. */
function threads(filter: ScanFilter, count: number): ScanPool {
  const work = { filter, module: loadRecordScanner() };
  const lanes = Array.from({ length: count }, () => startLane(work));
  return {
    lanes: count,
    scan: async (job) => {
      const lane = lanes.reduce((idle, next) => (next.waiting.length < idle.waiting.length ? next : idle));
      if (lane.failed !== null) {
        throw lane.failed;
      }
      const batch = await new Promise<ScannedBatch>((resolve, reject) => {
        lane.waiting.push({ resolve, reject });
        lane.worker.postMessage(job);
      });
      return { lane: lanes.indexOf(lane), batch };
    },
    close: async () => {
      await Promise.all(lanes.map(({ worker }) => worker.terminate()));
    },
  };
}

/** Uncompiled sources (tests) cannot be a worker's entry: there the scan runs in this thread. */
export const workersAvailable = import.meta.url.endsWith('.js');

/** @param workers threads; 0 = scan in this thread */
export function openScanPool(filter: ScanFilter, workers: number): ScanPool {
  return workers === 0 || !workersAvailable ? inProcess(filter) : threads(filter, workers);
}
