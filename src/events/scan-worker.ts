import { parentPort, workerData } from 'node:worker_threads';
import { BatchScanner } from './scan-batch.ts';
import { runScanJob, type ScanJob } from './scan-job.ts';
import type { ScanWork } from './scan-pool.ts';

/** Entry of a worker thread: scans the jobs that arrive and sends their columns back without copying them. */
function serve({ filter, module }: ScanWork): void {
  const port = parentPort;
  const scanner = new BatchScanner(filter, module);
  port?.on('message', (job: ScanJob) => {
    const batch = runScanJob(scanner, job);
    const { buckets, rows, times, wholeRows, wholeActors, wholeBytes, wholeBounds } = batch;
    const arrays = [buckets, rows, times, wholeRows, wholeActors, wholeBytes, wholeBounds];
    port.postMessage(
      batch,
      arrays.map((array) => array.buffer).filter((buffer) => buffer instanceof ArrayBuffer),
    );
  });
}

serve(workerData);
