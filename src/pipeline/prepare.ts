import { callerCredentials } from '../aws/credentials.ts';
import { type AwsEdge, createEdge } from '../aws/edge.ts';
import type { Operation } from '../aws/operation.ts';
import { resolveRegion } from '../aws/resolve-region.ts';
import type { AnyCollector } from '../collect/define-collector.ts';
import { discoverScope } from '../collect/discover-scope.ts';
import { discoveryOperations } from '../collect/organization-reads.ts';
import type { SweepPlan } from '../collect/sweep-plan.ts';
import type { RunOptions } from '../input/run-options.ts';
import type { PipelineHost } from './host.ts';
import { isLoopback } from './loopback.ts';
import { scopeOptions } from './scope-options.ts';
import { toolVersion } from './tool-version.ts';

export interface Prepared {
  readonly edge: AwsEdge;
  readonly plan: SweepPlan;
  /** Region that the caller starts from. */
  readonly region: string;
  readonly version: string;
}

/**
 * Builds the edge (guard, budget, clients) for these collectors and finds out the scope.
 * @throws FatalAwsError without usable credentials or endpoint, and for accounts outside the organization
 */
export async function prepare(
  options: RunOptions,
  collectors: readonly AnyCollector[],
  host: PipelineHost,
  further: readonly Operation[] = [],
): Promise<Prepared> {
  const version = await toolVersion();
  const unshared = options.endpointUrl !== undefined && isLoopback(options.endpointUrl);
  const edge = createEdge({
    runtime: host.runtime,
    signal: host.signal,
    version,
    operations: [
      ...discoveryOperations,
      ...collectors.flatMap((collector) => collector.operations),
      ...further,
    ],
    ...(options.endpointUrl === undefined ? {} : { endpointUrl: options.endpointUrl }),
    rateShare: unshared ? null : options.rateShare,
    concurrency: options.concurrency,
    timeoutSeconds: options.timeout,
    ...(host.maxAttempts === undefined ? {} : { maxAttempts: host.maxAttempts }),
  });
  const region = options.region ?? (await resolveRegion(options.profile));
  const credentials = host.credentials ?? callerCredentials(options.profile);
  const plan = await discoverScope({ edge, credentials, region }, scopeOptions(options));
  return { edge, plan, region, version };
}
