import pMap from 'p-map';
import type { AwsSession } from '../aws/clients.ts';
import { assumeRole } from '../aws/credentials.ts';
import { FatalAwsError } from '../aws/fatal-aws-error.ts';
import { homeRegion } from '../aws/partitions.ts';
import { RunAborted } from '../aws/runtime.ts';
import type { SweptAccount } from '../model/evidence-manifest.ts';
import type { Gap } from '../model/gap.ts';
import { gapsOf } from '../model/observation.ts';
import { accountUnit, organizationUnit, regionUnit } from '../model/scope.ts';
import type { AnyCollector } from './define-collector.ts';
import type { RegionList } from './run-collector.ts';
import { type Known, knownObservation, stopReason } from './run-state.ts';
import { putMissing, type Run, runUnit } from './run-unit.ts';
import type { PlannedAccount } from './sweep-plan.ts';

/** Collectors by scope, each in the order of its dependencies. */
export interface AccountCollectors {
  readonly account: readonly (readonly AnyCollector[])[];
  readonly region: readonly (readonly AnyCollector[])[];
  readonly closing: readonly (readonly AnyCollector[])[];
}

export interface AccountResult {
  readonly swept: SweptAccount;
  readonly session: AwsSession | null;
  /** Gaps that no single observation carries. */
  readonly gaps: readonly Gap[];
}

type Entered =
  | { readonly kind: 'session'; readonly session: AwsSession }
  | { readonly kind: 'closed'; readonly reason: string; readonly gap: Gap | null };

/** Regions of one account in flight at once; the calls in them are bounded over the whole run. */
const regionsAtOnce = 8;

/** Opens the session that reads an account. A refusal is told, never thrown. */
export async function enterAccount(run: Run, account: PlannedAccount): Promise<Entered> {
  const { plan, edge, state } = run;
  const unit = accountUnit(plan.partition, account.accountId);
  const { access } = account;
  const stopped = stopReason(state, edge.signal);
  const interrupted = (detail: string): Entered => ({
    kind: 'closed',
    reason: `interrupted: ${detail}`,
    gap: { reason: 'aborted', operation: 'sts:AssumeRole', unit, detail, retryable: true },
  });
  if (access.kind === 'none') {
    return { kind: 'closed', reason: access.reason, gap: access.gap };
  }
  if (stopped !== null) {
    return interrupted(stopped);
  }
  if (access.kind === 'session') {
    return access;
  }
  try {
    const result = await assumeRole(edge, {
      from: plan.callerSession,
      roleArn: access.roleArn,
      sessionName: plan.sessionName,
      ...(plan.externalId === undefined ? {} : { externalId: plan.externalId }),
      region: plan.region,
      accountId: account.accountId,
      unit,
    });
    if (result.kind === 'assumed') {
      state.sessionArns.add(result.sessionArn);
      return { kind: 'session', session: result.session };
    }
    const { gap } = result.failure;
    return { kind: 'closed', reason: `${access.roleArn} could not be assumed: ${gap.detail}`, gap };
  } catch (error) {
    if (error instanceof FatalAwsError) {
      state.fatal ??= error;
      return interrupted(error.message);
    }
    if (error instanceof RunAborted) {
      return interrupted(error.message);
    }
    throw error;
  }
}

/** Reads the region list of an account before everything else, which may be built on it. */
export async function collectRegions(
  run: Run,
  session: AwsSession,
  collectors: AccountCollectors,
  known: Known,
  asked: 'all' | readonly string[],
): Promise<RegionList> {
  const home = homeRegion(run.plan.partition);
  const first = collectors.account.flat().filter(({ key }) => key === 'account.regions');
  await runUnit(run, {
    unit: accountUnit(run.plan.partition, session.accountId),
    session,
    region: home,
    regions: { names: [home], gaps: [] },
    groups: [first],
    enclosing: [],
    known,
  });
  return regionsOf(run, known, asked);
}

/** The enabled regions of an account, from its own list; without one the home region and what was asked for. */
function regionsOf(run: Run, known: Known, asked: 'all' | readonly string[]): RegionList {
  const home = homeRegion(run.plan.partition);
  const list = knownObservation([known], 'account.regions');
  if (list === undefined || list.state === 'missing') {
    const names = new Set([home, ...(asked === 'all' ? [] : asked)]);
    const unknown: Gap = {
      reason: 'not-collected',
      operation: 'account.regions',
      unit: organizationUnit(run.plan.partition),
      detail: 'the list of enabled regions was not collected',
      retryable: false,
    };
    return { names: [...names].sort(), gaps: list === undefined ? [unknown] : list.gaps };
  }
  const names = list.value.filter((region) => region.status !== 'DISABLED').map((region) => region.name);
  return { names: names.sort(), gaps: gapsOf(list) };
}

/** Regions to sweep: the enabled ones, or those of them that were asked for. */
function narrowed(
  run: Run,
  accountId: string,
  known: Known,
  regions: RegionList,
  asked: 'all' | readonly string[],
): { readonly names: readonly string[]; readonly gaps: readonly Gap[] } {
  const list = knownObservation([known], 'account.regions');
  if (asked === 'all' || list === undefined || list.state === 'missing') {
    return regions;
  }
  const exists = new Set(list.value.map((region) => region.name));
  const unknown = asked.filter((name) => !exists.has(name));
  const gaps = unknown.map(
    (name): Gap => ({
      reason: 'not-collected',
      operation: 'account.regions',
      unit: accountUnit(run.plan.partition, accountId),
      resource: name,
      detail: `the account knows no region ${name}`,
      retryable: false,
    }),
  );
  return { names: regions.names.filter((name) => asked.includes(name)), gaps: [...regions.gaps, ...gaps] };
}

async function putUnseen(
  run: Run,
  account: PlannedAccount,
  collectors: AccountCollectors,
  asked: 'all' | readonly string[],
  gap: Gap,
): Promise<readonly string[]> {
  const { partition } = run.plan;
  const { accountId } = account;
  const names = new Set([homeRegion(partition), ...(asked === 'all' ? [] : asked)]);
  const regions = [...names].sort();
  await putMissing(
    run,
    accountUnit(partition, accountId),
    [...collectors.account, ...collectors.closing].flat(),
    gap,
  );
  for (const region of regions) {
    await putMissing(run, regionUnit(partition, accountId, region), collectors.region.flat(), gap);
  }
  return regions;
}

export interface AccountTask {
  readonly account: PlannedAccount;
  readonly collectors: AccountCollectors;
  readonly asked: 'all' | readonly string[];
  /** The organization's observations. */
  readonly organization: Known;
  /** What was already collected in this account. */
  readonly known: Known;
  regionDone(): void;
  regionsFound(count: number): void;
}

/** One account: first what is of the whole account, then its regions. */
export async function runAccount(run: Run, task: AccountTask): Promise<AccountResult> {
  const { account, collectors, asked, known } = task;
  const { accountId, name } = account;
  const { partition } = run.plan;
  const entered = await enterAccount(run, account);
  if (entered.kind === 'closed') {
    const { reason, gap } = entered;
    const regions = gap === null ? [] : await putUnseen(run, account, collectors, asked, gap);
    return {
      swept: { accountId, name, inScope: gap !== null, swept: false, reason, regions },
      session: null,
      gaps: [],
    };
  }
  const { session } = entered;
  const all = await collectRegions(run, session, collectors, known, asked);
  await runUnit(run, {
    unit: accountUnit(partition, accountId),
    session,
    region: homeRegion(partition),
    regions: all,
    groups: collectors.account,
    enclosing: [task.organization],
    known,
  });
  const { names, gaps } = narrowed(run, accountId, known, all, asked);
  task.regionsFound(names.length);
  await pMap(
    names,
    async (region) => {
      await runUnit(run, {
        unit: regionUnit(partition, accountId, region),
        session,
        region,
        regions: all,
        groups: collectors.region,
        enclosing: [known, task.organization],
        known: new Map(),
      });
      task.regionDone();
    },
    { concurrency: regionsAtOnce },
  );
  return {
    swept: { accountId, name, inScope: true, swept: true, reason: null, regions: names },
    session,
    gaps,
  };
}

/** What is read once more at the very end: what changed while the sweep ran. */
export async function runClosing(
  run: Run,
  accountId: string,
  session: AwsSession,
  collectors: AccountCollectors,
): Promise<void> {
  const home = homeRegion(run.plan.partition);
  await runUnit(run, {
    unit: accountUnit(run.plan.partition, accountId),
    session,
    region: home,
    regions: { names: [home], gaps: [] },
    groups: collectors.closing,
    enclosing: [],
    known: new Map(),
  });
}
