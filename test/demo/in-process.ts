import { setMaxListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultKind } from '../../src/demo/fault-answers.ts';
import type { Recording } from '../../src/demo/recording.ts';
import { startReplayEndpoint } from '../../src/demo/replay-endpoint.ts';
import type { RequestKey } from '../../src/demo/request-key.ts';
import type { AuditResult } from '../../src/model/audit-result.ts';
import type { LedgerEntry } from '../../src/model/coverage.ts';
import { collectedKeys } from '../../src/model/evidence-catalog.ts';
import { audit } from '../../src/pipeline/audit.ts';
import { type Collected, collect } from '../../src/pipeline/collect.ts';
import { demoHost, demoOptions } from '../../src/pipeline/demo.ts';
import type { PipelineHost } from '../../src/pipeline/host.ts';

/** Left out is what is like something else in the recording and would only take time: two empty regions, an empty account. */
const narrower = { regions: ['us-east-1', 'eu-west-1'], excludeAccounts: ['444455556666'] };

/** A host without waits: every back-off is over at once. */
export function impatientHost(): PipelineHost {
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  return {
    signal,
    runtime: { now: () => 0, sleep: async () => undefined, random: () => 0.5 },
    maxAttempts: 2,
  };
}

export interface Swept {
  readonly result: AuditResult;
  readonly ledger: readonly LedgerEntry[];
  readonly stopped: Collected['stopped'];
}

/** The demo without its reports: real collectors and SDK against the recording, real checks over the evidence. */
export async function sweepRecording(
  recording: Recording,
  fault: (key: RequestKey) => FaultKind | null,
): Promise<Swept> {
  const endpoint = await startReplayEndpoint(recording, { fault });
  const directory = await mkdtemp(join(tmpdir(), 'afterleak-walk-'));
  try {
    const { clock } = recording.head;
    // The walk is about reading AWS; the trail is files and has tests of its own.
    const options = demoOptions(endpoint.url, clock, { ...narrower, trail: ['none'] });
    const { ledger, stopped } = await collect(
      directory,
      options,
      collectedKeys,
      demoHost(impatientHost(), recording.head),
    );
    const result = await audit(directory, options);
    return { result, ledger, stopped };
  } finally {
    await endpoint.stop();
    await rm(directory, { recursive: true, force: true });
  }
}
