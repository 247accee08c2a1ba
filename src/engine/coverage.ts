import type { AuditResult, ResultGap } from '../model/audit-result.ts';
import type { EvidenceManifest, StoredObservation, SweptAccount } from '../model/evidence-manifest.ts';
import type { Gap } from '../model/gap.ts';
import { gapsOf } from '../model/observation.ts';
import { unitName } from '../model/scope.ts';
import { type Acceptance, resultGap } from './exceptions.ts';

type State = 'complete' | 'partial' | 'missing';
type ByService = AuditResult['coverage']['byService'];

const rank = { complete: 0, partial: 1, missing: 2 } as const satisfies Record<State, number>;

interface ServiceCount {
  calls: number;
  observations: number;
  gaps: number;
  readonly accounts: Set<string>;
}

/** Adds up what was and was not seen, shard by shard. */
export interface CoverageSum {
  add(stored: readonly StoredObservation[]): void;
  /** An account in scope that could not be entered is itself a gap. */
  addUnswept(account: SweptAccount, observations: number): void;
  summary(): { readonly byService: ByService; readonly byAccount: AuditResult['coverage']['byAccount'] };
  gaps(acceptance: Acceptance): ResultGap[];
}

function serviceOf(key: string): string {
  return key.slice(0, key.indexOf('.'));
}

/** Told only where they differ from those of the whole scope: a thousand accounts mostly have the same. */
function ownRegions(account: SweptAccount | undefined, all: readonly string[]): { regions?: string[] } {
  return account === undefined || !account.inScope || account.regions.length === all.length
    ? {}
    : { regions: [...account.regions].sort() };
}

export function coverageOf(manifest: EvidenceManifest): CoverageSum {
  const services = new Map<string, ServiceCount>();
  const accounts = new Map<string, Map<string, State>>();
  const gaps = new Map<string, Omit<ResultGap, 'accepted'>>();

  const addGap = ({ unit: where, ...gap }: Gap): void => {
    const row = { ...gap, unit: unitName(where) };
    gaps.set(JSON.stringify([row.operation, row.unit, row.reason, row.resource ?? '', row.detail]), row);
  };
  manifest.gaps.forEach(addGap);

  const addOne = ({ key, unit, observation }: StoredObservation): void => {
    const service = serviceOf(key);
    const count = services.get(service) ?? {
      calls: 0,
      observations: 0,
      gaps: 0,
      accounts: new Set<string>(),
    };
    services.set(service, count);
    count.observations += 1;
    count.gaps += gapsOf(observation).length;
    if (observation.state !== 'missing') {
      count.calls += observation.provenance.reduce((sum, one) => sum + one.calls, 0);
    }
    const account = unit.accountId ?? 'organization';
    count.accounts.add(account);
    const states = accounts.get(account) ?? new Map<string, State>();
    accounts.set(account, states);
    const known = states.get(service) ?? 'complete';
    states.set(service, rank[observation.state] > rank[known] ? observation.state : known);
    gapsOf(observation).forEach(addGap);
  };

  return {
    add(stored) {
      for (const one of stored) {
        addOne(one);
      }
    },
    addUnswept(account, observations) {
      if (!account.swept && observations === 0) {
        const row = {
          reason: 'not-collected' as const,
          operation: 'sts:AssumeRole',
          unit: account.accountId,
          detail: account.reason ?? 'the account was not swept',
          retryable: false,
        };
        gaps.set(JSON.stringify([row.operation, row.unit]), row);
      }
    },
    summary() {
      const sorted = [...services].sort(([left], [right]) => (left < right ? -1 : 1));
      const byService = Object.fromEntries(
        sorted.map(([service, { accounts: seen, ...count }]) => [service, { ...count, accounts: seen.size }]),
      );
      const known = new Map(manifest.accounts.map((account) => [account.accountId, account]));
      const ids = [...(accounts.has('organization') ? ['organization'] : []), ...[...known.keys()].sort()];
      const regions = [...new Set(manifest.accounts.flatMap((account) => account.regions))];
      const byAccount = ids.map((accountId) => ({
        accountId,
        name: known.get(accountId)?.name ?? null,
        swept: known.get(accountId)?.swept ?? true,
        ...ownRegions(known.get(accountId), regions),
        keys: Object.fromEntries(
          [...(accounts.get(accountId) ?? [])].sort(([left], [right]) => (left < right ? -1 : 1)),
        ),
      }));
      return { byService, byAccount };
    },
    gaps(acceptance) {
      return [...gaps]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([, gap]) => resultGap(gap, acceptance));
    },
  };
}
