import pMap from 'p-map';
import type { AwsSession } from '../aws/clients.ts';
import { userAgentOf } from '../aws/clients.ts';
import type { AwsEdge } from '../aws/edge.ts';
import { FatalAwsError } from '../aws/fatal-aws-error.ts';
import { homeRegion } from '../aws/partitions.ts';
import type { LedgerEntry } from '../model/coverage.ts';
import { evidenceScopes } from '../model/evidence-catalog.ts';
import type { EvidenceManifest, StoredObservation, SweptAccount } from '../model/evidence-manifest.ts';
import type { Gap } from '../model/gap.ts';
import { accountUnit, organizationUnit, type ScopeKind, type ScopeUnit } from '../model/scope.ts';
import type { AnyCollector } from './define-collector.ts';
import { orderCollectors } from './order-collectors.ts';
import {
  type AccountCollectors,
  collectRegions,
  enterAccount,
  runAccount,
  runClosing,
} from './run-account.ts';
import { createRunState, type Known, stopReason } from './run-state.ts';
import { putMissing, type Run, runUnit } from './run-unit.ts';
import type { SweepPlan } from './sweep-plan.ts';

/** Takes observations as they come, account by account. */
export interface EvidenceSink {
  put(observation: StoredObservation): Promise<void>;
  /** Nothing more comes for this account until the closing pass; it is called again after that. */
  closeAccount(accountId: string): Promise<void>;
}

export interface RunProgress {
  readonly accountsDone: number;
  readonly accountsTotal: number;
  readonly regionsDone: number;
  readonly regionsTotal: number;
  readonly calls: number;
  readonly rateWaits: number;
  /** Evidence key that was collected last. */
  readonly current: string;
}

export interface RunSettings {
  readonly edge: AwsEdge;
  readonly plan: SweepPlan;
  /** Selected collectors, with all that they depend on. */
  readonly collectors: readonly AnyCollector[];
  readonly sink: EvidenceSink;
  readonly regions: 'all' | readonly string[];
  /** Collectors started at once; calls in flight are bounded by the edge. */
  readonly concurrency: number;
  readonly onProgress?: (progress: RunProgress) => void;
  /** Called when an account's evidence has been handed to the sink for good (but for the closing pass). */
  readonly onAccount?: (account: SweptAccount, soFar: CollectedFacts) => Promise<void>;
  /** Accounts whose evidence is already there, from an interrupted run. */
  readonly resumed?: ReadonlyMap<string, SweptAccount>;
}

/** What a run knows of itself at any time. */
export interface CollectedFacts {
  /** Gaps of the scope itself, which no single observation carries. */
  readonly gaps: readonly Gap[];
  readonly ownTraces: EvidenceManifest['ownTraces'];
  readonly redactions: Readonly<Record<string, number>>;
  readonly clockSkewSeconds: number;
}

export interface RunOutcome extends CollectedFacts {
  readonly accounts: readonly SweptAccount[];
  readonly ledger: readonly LedgerEntry[];
  /** Set when the run ended early: by the user (`next` null) or because nothing more could be read. */
  readonly stopped: { readonly message: string; readonly next: string | null } | null;
}

/** Accounts in flight: each holds the evidence of one account until it is closed. */
const accountsAtOnce = 8;

function ofScope(
  collectors: readonly AnyCollector[],
  scope: ScopeKind,
  closing: boolean,
): readonly AnyCollector[] {
  return collectors.filter(
    (collector) => evidenceScopes[collector.key] === scope && (collector.closing ?? false) === closing,
  );
}

/** Keeps the order of dependencies and leaves out what is of another scope. */
function groupsOf(
  groups: readonly (readonly AnyCollector[])[],
  scope: ScopeKind,
  closing: boolean,
): readonly (readonly AnyCollector[])[] {
  return groups.map((group) => ofScope(group, scope, closing)).filter((group) => group.length > 0);
}

interface Counts {
  accountsDone: number;
  regionsDone: number;
  regionsTotal: number;
}

/**
 * Collects everything of a plan: the organization, then account by account, then the closing pass. Trouble becomes
 * gaps; it throws only when the sink does.
 */
export async function runCollectors(settings: RunSettings): Promise<RunOutcome> {
  const { edge, plan, sink } = settings;
  const state = createRunState(plan.sessionArns);
  const groups = orderCollectors(settings.collectors);
  const collectors: AccountCollectors = {
    account: groupsOf(groups, 'account', false),
    region: groupsOf(groups, 'region', false),
    closing: groupsOf(groups, 'account', true),
  };
  const counts: Counts = { accountsDone: 0, regionsDone: 0, regionsTotal: 0 };
  const run: Run = {
    edge,
    plan,
    state,
    concurrency: settings.concurrency,
    async put(stored) {
      try {
        await sink.put(stored);
      } catch (error) {
        state.fatal ??= new FatalAwsError('evidence could not be written', 'Check the disk.', {
          cause: error,
        });
        throw error;
      }
    },
    progress: (current) =>
      settings.onProgress?.({
        ...counts,
        accountsTotal: plan.accounts.length,
        calls: edge.ledger.calls(),
        rateWaits: edge.rateBudget.waits(),
        current,
      }),
  };

  const organization: Known = new Map();
  const early = new Map<string, Known>();
  if (plan.organizationInScope) {
    const session = plan.vantage.kind === 'none' ? plan.callerSession : plan.vantage.session;
    const known: Known = new Map();
    early.set(session.accountId, known);
    const swept = plan.accounts.some(
      (account) => account.accountId === session.accountId && account.access.kind === 'session',
    );
    const quiet: Run =
      swept && settings.resumed?.has(session.accountId) !== true
        ? run
        : { ...run, put: async () => undefined };
    const regions = await collectRegions(quiet, session, collectors, known, 'all');
    await runUnit(run, {
      unit: organizationUnit(plan.partition),
      session,
      region: homeRegion(plan.partition),
      regions,
      groups: groupsOf(groups, 'organization', false),
      enclosing: [],
      known: organization,
    });
  }

  const gaps: Gap[] = [...plan.gaps];
  const soFar = (): CollectedFacts => ({
    gaps: sortedGaps(gaps),
    ownTraces: {
      sessions: [...state.sessionArns].sort(),
      userAgent: userAgentOf(edge.version),
      calls: edge.ledger.calls(),
    },
    redactions: Object.fromEntries([...state.redactions].sort(([left], [right]) => (left < right ? -1 : 1))),
    clockSkewSeconds: edge.times.skewSeconds(),
  });
  const sessions = new Map<string, AwsSession>();
  const accounts = await pMap(
    plan.accounts,
    async (account): Promise<SweptAccount> => {
      const resumed = settings.resumed?.get(account.accountId);
      if (resumed !== undefined) {
        counts.accountsDone += 1;
        return resumed;
      }
      const result = await runAccount(run, {
        account,
        collectors,
        asked: settings.regions,
        organization,
        known: early.get(account.accountId) ?? new Map(),
        regionDone: () => {
          counts.regionsDone += 1;
        },
        regionsFound: (count) => {
          counts.regionsTotal += count;
        },
      });
      early.delete(account.accountId);
      gaps.push(...result.gaps);
      if (result.session !== null) {
        sessions.set(account.accountId, result.session);
      }
      await sink.closeAccount(account.accountId);
      edge.clients.release(account.accountId);
      await settings.onAccount?.(result.swept, soFar());
      counts.accountsDone += 1;
      run.progress(account.accountId);
      return result.swept;
    },
    { concurrency: accountsAtOnce },
  );

  await closingPass(run, settings, collectors, accounts, sessions);

  const stopped = stopReason(state, edge.signal);
  return {
    ...soFar(),
    accounts,
    ledger: edge.ledger.entries(),
    stopped:
      stopped === null ? null : { message: state.fatal?.message ?? stopped, next: state.fatal?.next ?? null },
  };
}

/** Runs in every account that was swept, resumed ones too: only now is the end of the sweep. */
async function closingPass(
  run: Run,
  settings: RunSettings,
  collectors: AccountCollectors,
  accounts: readonly SweptAccount[],
  sessions: ReadonlyMap<string, AwsSession>,
): Promise<void> {
  if (collectors.closing.length === 0) {
    return;
  }
  const planned = new Map(run.plan.accounts.map((account) => [account.accountId, account]));
  await pMap(
    accounts.filter((account) => account.swept),
    async ({ accountId }) => {
      const session = sessions.get(accountId);
      const account = planned.get(accountId);
      const entered =
        session === undefined && account !== undefined ? await enterAccount(run, account) : undefined;
      if (entered?.kind === 'closed') {
        const unit = accountUnit(run.plan.partition, accountId);
        const gap = entered.gap ?? closedGap(unit, entered.reason);
        await putMissing(run, unit, collectors.closing.flat(), gap);
      }
      const current = session ?? (entered?.kind === 'session' ? entered.session : undefined);
      if (current !== undefined) {
        await runClosing(run, accountId, current, collectors);
      }
      await settings.sink.closeAccount(accountId);
      run.edge.clients.release(accountId);
    },
    { concurrency: accountsAtOnce },
  );
}

function closedGap(unit: ScopeUnit, detail: string): Gap {
  return { reason: 'not-collected', operation: 'sts:AssumeRole', unit, detail, retryable: false };
}

function gapKey(gap: Gap): string {
  return [gap.unit.accountId, gap.unit.region, gap.operation, gap.resource, gap.reason, gap.detail].join(' ');
}

function sortedGaps(gaps: readonly Gap[]): readonly Gap[] {
  const unique = new Map(gaps.map((gap) => [gapKey(gap), gap]));
  return [...unique.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, gap]) => gap);
}
