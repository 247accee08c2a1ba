import { loadCollectors } from '../collect/load-collectors.ts';
import { selectCollectors } from '../collect/order-collectors.ts';
import { type EvidenceSink, type RunOutcome, runCollectors } from '../collect/run-collectors.ts';
import type { SweepPlan } from '../collect/sweep-plan.ts';
import { createEvidenceWriter } from '../evidence/write-evidence.ts';
import type { RunOptions } from '../input/run-options.ts';
import { type CollectedKey, evidenceVersion } from '../model/evidence-catalog.ts';
import type { EvidenceManifest, SweptAccount } from '../model/evidence-manifest.ts';
import { gapsOf } from '../model/observation.ts';
import type { PipelineHost } from './host.ts';
import { prepare } from './prepare.ts';
import { takeOver } from './resume.ts';
import { wholeCollection } from './whole-collection.ts';

export interface Collected {
  /** Of the whole collection: with `--resume`, of all its parts. */
  readonly manifest: EvidenceManifest;
  /** Of this run alone. */
  readonly ledger: RunOutcome['ledger'];
  readonly calls: number;
  /** Accounts whose evidence an earlier part has read. */
  readonly takenOver: ReadonlySet<string>;
  /** Observations that carry gaps, those taken over among them; the ledger does not tell of all of them. */
  readonly incomplete: number;
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
  const taken =
    options.resume === undefined
      ? null
      : await takeOver(options.resume, writer, {
          keys: collectors.map(({ key }) => key),
          regions: askedRegions(options),
        });
  const finished = new Map<string, SweptAccount>(taken?.accounts);
  let incomplete = taken?.incomplete ?? 0;
  const sink: EvidenceSink = {
    put: (stored) => {
      incomplete += gapsOf(stored.observation).length === 0 ? 0 : 1;
      return writer.put(stored);
    },
    closeAccount: (accountId) => writer.closeAccount(accountId),
  };
  const now = (): string => new Date(host.runtime.now()).toISOString();
  const outcome = await runCollectors({
    edge,
    plan,
    collectors,
    sink,
    regions: askedRegions(options),
    concurrency: options.concurrency,
    ...(host.onProgress === undefined ? {} : { onProgress: host.onProgress }),
    ...(taken === null ? {} : { resumed: taken.accounts }),
    onAccount: async (account, soFar) => {
      finished.set(account.accountId, account);
      const own = { ...facts, ...soFar, asOf: now(), accounts: accountsSoFar(plan, finished) };
      await writer.checkpoint(wholeCollection(own, false, taken));
    },
  });
  const { accounts, gaps, ownTraces, redactions, clockSkewSeconds, ledger, stopped } = outcome;
  const own = { ...facts, asOf: now(), accounts, gaps, ownTraces, redactions, clockSkewSeconds };
  const manifest = await writer.finish(wholeCollection(own, true, taken));
  return {
    manifest,
    ledger,
    stopped,
    calls: ownTraces.calls,
    takenOver: new Set(taken?.accounts.keys()),
    incomplete,
  };
}

/** How much could not be seen, whichever part of the collection met it; 0 = nothing. */
export function unseenOf({ manifest, ledger, incomplete }: Collected): number {
  const failed = ledger.filter(({ outcome }) => outcome !== 'ok' && outcome !== 'absent').length;
  const unswept = manifest.accounts.filter(({ inScope, swept }) => inScope && !swept).length;
  return manifest.gaps.length + failed + unswept + incomplete;
}

function askedRegions({ regions }: RunOptions): 'all' | readonly string[] {
  return regions.includes('all') ? 'all' : regions;
}

/** What a manifest says while the run goes on: accounts not yet read are not swept. */
function accountsSoFar(
  plan: SweepPlan,
  finished: ReadonlyMap<string, SweptAccount>,
): readonly SweptAccount[] {
  return plan.accounts.map(
    ({ accountId, name }) =>
      finished.get(accountId) ?? {
        accountId,
        name,
        inScope: true,
        swept: false,
        reason: 'the run ended before this account was read: go on with --resume',
        regions: [],
      },
  );
}
