import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRecording } from '../demo/recording.ts';
import { type ReplaySettings, startReplayEndpoint } from '../demo/replay-endpoint.ts';
import { demoAccessKeyId } from '../demo/request-key.ts';
import { type GivenOptions, type RunOptions, runOptionsSchema } from '../input/run-options.ts';
import type { PipelineHost } from './host.ts';
import { type RunFacts, type SweepOutcome, sweep } from './sweep.ts';

/** Stands in the evidence, the result and every report of a demo. */
export const demoBanner = 'recorded from an emulator, not AWS';

const files = {
  recording: '#examples/leaked-management-key/answers.ndjson.gz',
  incident: '#examples/leaked-management-key/incident.yaml',
  baseline: '#examples/leaked-management-key/baseline.yaml',
} as const;

/** Path of a bundled file, in a checkout and in an installed package. */
export function demoFile(name: keyof typeof files): string {
  return fileURLToPath(import.meta.resolve(files[name]));
}

/** The options of a demo sweep against a replay endpoint. */
export function demoOptions(endpointUrl: string, clock: string, more: GivenOptions = {}): RunOptions {
  return runOptionsSchema.parse({
    org: true,
    roleName: 'SecurityAudit',
    region: 'us-east-1',
    endpointUrl,
    asOf: clock,
    incident: demoFile('incident'),
    baseline: demoFile('baseline'),
    trail: [join(dirname(demoFile('incident')), 'trail')],
    ...more,
  });
}

/** The caller's credentials and the time of the recording; everything else is the given host's. */
export function demoHost(
  host: PipelineHost,
  head: { readonly clock: string; readonly callerAccountId: string },
): PipelineHost {
  const now = Date.parse(head.clock);
  return {
    ...host,
    runtime: { ...host.runtime, now: () => now },
    banner: demoBanner,
    credentials: async () => ({
      accessKeyId: demoAccessKeyId('AKIA', head.callerAccountId),
      secretAccessKey: 'demo',
    }),
  };
}

export interface DemoOutcome extends SweepOutcome {
  /** Nothing was left unseen: only then may a demo end well. */
  readonly complete: boolean;
  /** Calls that the recording does not hold. */
  readonly unrecorded: readonly string[];
  /** Recorded answers that nobody asked for. */
  readonly unused: readonly string[];
}

function sawEverything({ result, collected }: SweepOutcome): boolean {
  const unanswered = result.results.filter(
    ({ check, outcome, gaps = [] }) =>
      outcome === 'error' ||
      // The intruder of the story narrows the trail: that what follows is not known belongs to it.
      (!check.startsWith('lineage/') && (outcome === 'unevaluated' || gaps.length > 0)),
  );
  return (
    collected.stopped === null &&
    unanswered.length === 0 &&
    result.coverage.gaps.every(({ accepted }) => accepted)
  );
}

/**
 * Sweeps the bundled incident: the real pipeline against recorded answers on the loopback interface.
 * @throws RecordingError
 */
export async function demo(
  directory: string,
  host: PipelineHost,
  facts: RunFacts,
  settings: ReplaySettings = {},
  more: GivenOptions = {},
): Promise<DemoOutcome> {
  const recording = await readRecording(demoFile('recording'));
  const endpoint = await startReplayEndpoint(recording, settings);
  try {
    const { clock } = recording.head;
    const options = demoOptions(endpoint.url, clock, more);
    const outcome = await sweep(directory, options, demoHost(host, recording.head), facts);
    const unrecorded = endpoint.unrecorded();
    return {
      ...outcome,
      complete: unrecorded.length === 0 && sawEverything(outcome),
      unrecorded,
      unused: endpoint.unused(),
    };
  } finally {
    await endpoint.stop();
  }
}
