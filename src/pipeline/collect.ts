import { userAgentOf } from '../aws/clients.ts';
import { loadCollectors } from '../collect/load-collectors.ts';
import { selectCollectors } from '../collect/order-collectors.ts';
import { type EvidenceSink, type RunOutcome, runCollectors } from '../collect/run-collectors.ts';
import type { SweepPlan } from '../collect/sweep-plan.ts';
import { createEvidenceWriter } from '../evidence/write-evidence.ts';
import type { RunOptions } from '../input/run-options.ts';
import { type CollectedKey, evidenceVersion } from '../model/evidence-catalog.ts';
import type { EvidenceManifest, SweptAccount } from '../model/evidence-manifest.ts';
import type { PipelineHost } from './host.ts';
import { prepare } from './prepare.ts';
import { takeOver } from './resume.ts';

export interface Collected {
  readonly manifest: EvidenceManifest;
  readonly ledger: RunOutcome['ledger'];
  /** Set when the run ended before its time; everything not read is a gap in the evidence. */
  readonly stopped: RunOutcome['stopped'];
}

/** The facts of a manifest that are known before the first collector runs. */
function startFacts(
  plan: SweepPlan,
  version: string,
  keys: readonly CollectedKey[],
  startedAt: string,
  host: PipelineHost,
) {
  return {
    schemaVersion: 1,
    tool: { name: 'afterleak', version },
    startedAt,
    partition: plan.partition,
    callerArn: plan.caller.arn,
    callerAccountId: plan.caller.accountId,
    organizationId: plan.organizationId,
    managementAccountId: plan.managementAccountId,
    organizationInScope: plan.organizationInScope,
    ofAccounts: plan.ofAccounts,
    keys: Object.fromEntries(keys.map((key) => [key, evidenceVersion])),
    banner: host.banner ?? null,
  } as const;
}

/**
 * Reads the scope's evidence into a folder. Trouble becomes gaps; an interruption keeps what was read. After every
 * account the folder is whole evidence again, so that even a killed run can be resumed.
 * @throws FatalAwsError without usable credentials or endpoint, and for accounts outside the organization
 */
export async function collect(
  directory: string,
  options: RunOptions,
  keys: readonly CollectedKey[],
  host: PipelineHost,
): Promise<Collected> {
  const collectors = selectCollectors(await loadCollectors(), keys);
  const startedAt = new Date(host.runtime.now()).toISOString();
  const { edge, plan, version } = await prepare(options, collectors, host);
  const facts = startFacts(
    plan,
    version,
    collectors.map(({ key }) => key),
    startedAt,
    host,
  );
  const writer = createEvidenceWriter(directory);
  const resumed = options.resume === undefined ? undefined : await takeOver(options.resume, writer);
  const finished = new Map<string, SweptAccount>(resumed);
  const sink: EvidenceSink = {
    put: (observation) => writer.put(observation),
    closeAccount: (accountId) => writer.closeAccount(accountId),
  };
  const outcome = await runCollectors({
    edge,
    plan,
    collectors,
    sink,
    regions: options.regions.includes('all') ? 'all' : options.regions,
    concurrency: options.concurrency,
    ...(host.onProgress === undefined ? {} : { onProgress: host.onProgress }),
    ...(resumed === undefined ? {} : { resumed }),
    onAccount: async (account) => {
      finished.set(account.accountId, account);
      await writer.checkpoint({
        ...facts,
        ...unfinished(plan, finished, edge.ledger.calls(), version, host),
      });
    },
  });
  const manifest = await writer.finish({
    ...facts,
    asOf: new Date(host.runtime.now()).toISOString(),
    accounts: outcome.accounts,
    gaps: outcome.gaps,
    ownTraces: outcome.ownTraces,
    redactions: outcome.redactions,
    clockSkewSeconds: outcome.clockSkewSeconds,
  });
  return { manifest, ledger: outcome.ledger, stopped: outcome.stopped };
}

/** What a manifest says while the run goes on: accounts not yet read are not swept. */
function unfinished(
  plan: SweepPlan,
  finished: ReadonlyMap<string, SweptAccount>,
  calls: number,
  version: string,
  host: PipelineHost,
) {
  return {
    asOf: new Date(host.runtime.now()).toISOString(),
    accounts: plan.accounts.map(
      ({ accountId, name }) =>
        finished.get(accountId) ?? {
          accountId,
          name,
          inScope: true,
          swept: false,
          reason: 'the run ended before this account was read: go on with --resume',
          regions: [],
        },
    ),
    gaps: plan.gaps,
    ownTraces: { sessions: plan.sessionArns, userAgent: userAgentOf(version), calls },
    redactions: {},
    clockSkewSeconds: 0,
  };
}
