import { callerCredentials } from '../aws/credentials.ts';
import { createEdge } from '../aws/edge.ts';
import { resolveRegion } from '../aws/resolve-region.ts';
import { discoveryOperations } from '../collect/organization-reads.ts';
import { InputError } from '../input/input-error.ts';
import type { RunOptions } from '../input/run-options.ts';
import type { TriageResult } from '../model/triage-result.ts';
import { parseAccessKeyId } from '../triage/access-key-id.ts';
import { startTimeBudget } from '../triage/time-budget.ts';
import { triage } from '../triage/triage.ts';
import { triageOperations } from '../triage/triage-operations.ts';
import type { PipelineHost } from './host.ts';
import { isLoopback } from './loopback.ts';
import { toolVersion } from './tool-version.ts';

/** Ten seconds below the two minutes that people are promised: the rest is start and print. */
const wallMilliseconds = 110_000;

/**
 * Almost the published limits instead of half of them: two calls a second to LookupEvents are little enough, and the
 * run is over in two minutes.
 */
const rateShare = 0.9;

/** A place that does not answer must not use up the wall. */
const timeoutSeconds = 10;
const maxAttempts = 4;

interface TriageRun {
  /** Says on stderr what is being done. */
  readonly note?: (step: string) => void;
  /** Shorter walls are for tests. */
  readonly wallMilliseconds?: number;
}

/**
 * The first fifteen minutes of a reported key.
 * @throws InputError for what is no access key id · FatalAwsError · RunAborted
 */
export async function triageKey(
  accessKeyId: string,
  options: RunOptions,
  host: PipelineHost,
  run: TriageRun = {},
): Promise<TriageResult> {
  const parsed = parseAccessKeyId(accessKeyId);
  if (!parsed.ok) {
    throw new InputError(parsed.problem, 'Give the id of the leaked key: afterleak triage AKIA…');
  }
  const version = await toolVersion();
  const region = options.region ?? (await resolveRegion(options.profile));
  const budget = startTimeBudget(host.runtime, host.signal, run.wallMilliseconds ?? wallMilliseconds);
  const unshared = options.endpointUrl !== undefined && isLoopback(options.endpointUrl);
  const edge = createEdge({
    runtime: host.runtime,
    signal: budget.signal,
    version,
    operations: [...discoveryOperations, ...triageOperations],
    ...(options.endpointUrl === undefined ? {} : { endpointUrl: options.endpointUrl }),
    rateShare: unshared ? null : rateShare,
    concurrency: Math.max(options.concurrency, 40),
    timeoutSeconds,
    maxAttempts: host.maxAttempts ?? maxAttempts,
  });
  try {
    return await triage(
      {
        key: parsed.key,
        edge,
        budget,
        credentials: host.credentials ?? callerCredentials(options.profile),
        region,
        ...(options.roleName === undefined ? {} : { roleName: options.roleName }),
        ...(options.externalId === undefined ? {} : { externalId: options.externalId }),
        ...(options.managementRoleArn === undefined ? {} : { managementRoleArn: options.managementRoleArn }),
        regions: options.regions,
        ...(run.note === undefined ? {} : { note: run.note }),
      },
      version,
    );
  } finally {
    budget.end();
  }
}
