import type { Caller } from '../../src/aws/caller.ts';
import { createEdge } from '../../src/aws/edge.ts';
import type { AnyCollector, CollectContext } from '../../src/collect/define-collector.ts';
import type { EvidenceSink } from '../../src/collect/run-collectors.ts';
import type { SweepPlan } from '../../src/collect/sweep-plan.ts';
import type { CollectedKey } from '../../src/model/evidence-catalog.ts';
import type { StoredObservation } from '../../src/model/evidence-manifest.ts';
import { type Observation, observed } from '../../src/model/observation.ts';
import { unitName } from '../../src/model/scope.ts';
import { manualRuntime } from './aws-runtime.ts';

export const callerAccount = '111122223333';

const caller: Caller = {
  accountId: callerAccount,
  arn: `arn:aws:sts::${callerAccount}:assumed-role/audit/me`,
  userId: 'AROAEXAMPLE:me',
  partition: 'aws',
};

export const callerSession = {
  accountId: callerAccount,
  credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' }),
};

export function planOf(change: Partial<SweepPlan> = {}): SweepPlan {
  return {
    partition: 'aws',
    caller,
    callerSession,
    organizationId: 'o-example',
    managementAccountId: callerAccount,
    organizationInScope: true,
    vantage: { kind: 'management', session: callerSession },
    accounts: [
      { accountId: callerAccount, name: 'root', access: { kind: 'session', session: callerSession } },
    ],
    ofAccounts: 1,
    gaps: [],
    sessionArns: [caller.arn],
    sessionName: 'afterleak-20261121T101500',
    region: 'us-east-1',
    ...change,
  };
}

/** A collector that needs no AWS: its value is what the function gives. */
export function fakeCollector(
  key: CollectedKey,
  collect: (context: CollectContext) => unknown,
  change: Partial<AnyCollector> = {},
): AnyCollector {
  return {
    key,
    vantage: 'account',
    operations: [{ service: 'iam', command: 'ListUsers', permission: 'iam:ListUsers' }],
    collect: async (context): Promise<Observation<unknown>> =>
      observed(await collect(context), [], '2026-11-21T10:15:00.000Z', []),
    ...change,
  };
}

export function regionsCollector(...names: readonly string[]): AnyCollector {
  return fakeCollector('account.regions', () => names.map((name) => ({ name, status: 'ENABLED' })));
}

export interface MemorySink extends EvidenceSink {
  /** `put unit key state` and `close account`, in the order they came. */
  readonly events: readonly string[];
  readonly stored: readonly StoredObservation[];
  find(key: CollectedKey, unit: string): Observation<unknown> | undefined;
}

export function memorySink(): MemorySink {
  const events: string[] = [];
  const stored: StoredObservation[] = [];
  return {
    events,
    stored,
    async put(one) {
      stored.push(one);
      events.push(`put ${unitName(one.unit)} ${one.key} ${one.observation.state}`);
    },
    async closeAccount(accountId) {
      events.push(`close ${accountId}`);
    },
    find: (key, unit) => stored.find((one) => one.key === key && unitName(one.unit) === unit)?.observation,
  };
}

export function benchEdge(
  endpointUrl: string,
  signal: AbortSignal,
  collectors: readonly AnyCollector[] = [],
) {
  return createEdge({
    runtime: manualRuntime(),
    signal,
    version: '0.0.0',
    operations: collectors.flatMap((collector) => collector.operations),
    endpointUrl,
    rateShare: null,
    concurrency: 8,
    maxAttempts: 2,
    timeoutSeconds: 0.2,
  });
}
