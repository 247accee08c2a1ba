import { loadCollectors } from '../collect/load-collectors.ts';
import { selectCollectors } from '../collect/order-collectors.ts';
import { runCollectors } from '../collect/run-collectors.ts';
import type { SweepPlan } from '../collect/sweep-plan.ts';
import type { RunOptions } from '../input/run-options.ts';
import type { CollectedKey } from '../model/evidence-catalog.ts';
import type { StoredObservation, SweptAccount } from '../model/evidence-manifest.ts';
import type { Gap } from '../model/gap.ts';
import { gapsOf } from '../model/observation.ts';
import type { PipelineHost } from './host.ts';
import { loadInputs } from './load-inputs.ts';
import { type OwnPathProblem, ownPathProblems } from './own-path.ts';
import { prepare } from './prepare.ts';

/** One light read per service and kind of permission: what a sweep would stumble over shows within seconds. */
const probes: readonly CollectedKey[] = [
  'access-analyzer.analyzers',
  'api-gateway.http-apis',
  'api-gateway.rest-apis',
  'cloudtrail.trails',
  'iam.account-summary',
  'iam.authorization-details',
  'iam.mfa-devices',
  'identity-center.instances',
  'identity-center.organization-instances',
  'lambda.functions',
  'organizations.accounts',
  'organizations.delegated-administrators',
  'organizations.policies',
  'organizations.roots',
  'organizations.trusted-services',
];

export interface DoctorReport {
  readonly plan: SweepPlan;
  readonly accounts: readonly SweptAccount[];
  readonly gaps: readonly Gap[];
  readonly ownPath: readonly OwnPathProblem[];
  readonly calls: number;
}

function distinct(gaps: readonly Gap[]): readonly Gap[] {
  const named = gaps.map(
    (gap) => [JSON.stringify([gap.unit, gap.operation, gap.reason, gap.resource ?? '']), gap] as const,
  );
  return [...new Map(named).values()];
}

/**
 * Preflight: enters every account and reads a little of each service in one region, keeping nothing.
 * @throws FatalAwsError, InputError
 */
export async function doctor(options: RunOptions, host: PipelineHost): Promise<DoctorReport> {
  const inputs = await loadInputs(options);
  const collectors = selectCollectors(await loadCollectors(), probes);
  const { edge, plan, region } = await prepare(options, collectors, host);
  const stored: StoredObservation[] = [];
  const outcome = await runCollectors({
    edge,
    plan,
    collectors,
    sink: {
      put: async (observation) => {
        stored.push(observation);
      },
      closeAccount: async () => undefined,
    },
    regions: options.regions.includes('all') ? [region] : options.regions.slice(0, 1),
    concurrency: options.concurrency,
    ...(host.onProgress === undefined ? {} : { onProgress: host.onProgress }),
  });
  const asOf = new Date(host.runtime.now()).toISOString();
  return {
    plan,
    accounts: outcome.accounts,
    gaps: distinct([...outcome.gaps, ...stored.flatMap(({ observation }) => gapsOf(observation))]),
    ownPath: ownPathProblems(
      outcome.ownTraces.sessions,
      stored,
      plan.partition,
      inputs.incident?.window ?? null,
      asOf,
    ),
    calls: outcome.ownTraces.calls,
  };
}
