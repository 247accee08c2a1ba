import { z } from 'zod';
import { openEvidence } from '../evidence/read-evidence.ts';
import type { EvidenceWriter } from '../evidence/write-evidence.ts';
import type { CollectedKey } from '../model/evidence-catalog.ts';
import type { StoredObservation, SweptAccount } from '../model/evidence-manifest.ts';
import type { Gap } from '../model/gap.ts';
import { gapsOf } from '../model/observation.ts';
import type { EarlierPart } from './whole-collection.ts';

/** What the run that goes on is asked for. */
export interface Asked {
  readonly keys: readonly CollectedKey[];
  readonly regions: 'all' | readonly string[];
}

export interface TakenOver extends EarlierPart {
  readonly accounts: ReadonlyMap<string, SweptAccount>;
  /** Observations among those taken over that carry gaps. */
  readonly incomplete: number;
}

const regionList = z.array(z.object({ name: z.string(), status: z.string() }));

/** Regions of an account that a run would read now; null when its list cannot be understood. */
function wantedRegions(
  stored: readonly StoredObservation[],
  asked: Asked['regions'],
): readonly string[] | null {
  const list = stored.find(({ key }) => key === 'account.regions')?.observation;
  if (list === undefined || list.state === 'missing') {
    return asked === 'all' ? [] : asked;
  }
  const regions = regionList.safeParse(list.value);
  return regions.success
    ? regions.data
        .filter(({ name, status }) => status !== 'DISABLED' && (asked === 'all' || asked.includes(name)))
        .map(({ name }) => name)
    : null;
}

function isOfTakenOver({ unit, operation }: Gap, accounts: ReadonlyMap<string, SweptAccount>): boolean {
  return unit.accountId === null
    ? operation === 'account.regions' && accounts.size > 0
    : accounts.has(unit.accountId);
}

/**
 * Takes over from an interrupted collection every account that was swept to its end: nothing in it was cut off by the
 * interruption, and it was asked for all that is asked for now. The closing pass is made anew.
 * @throws EvidenceError
 */
export async function takeOver(directory: string, writer: EvidenceWriter, asked: Asked): Promise<TakenOver> {
  const earlier = await openEvidence(directory);
  const { manifest, digest } = earlier;
  const accounts = new Map<string, SweptAccount>();
  let incomplete = 0;
  const hasKeys = asked.keys.every((key) => manifest.keys[key] !== undefined);
  for (const account of hasKeys ? manifest.accounts.filter(({ swept }) => swept) : []) {
    const stored = await earlier.account(account.accountId);
    const kept = stored.filter(({ key }) => key !== 'iam.closing-authorization-details');
    const cut = kept.some(({ observation }) =>
      gapsOf(observation).some(({ reason }) => reason === 'aborted'),
    );
    const wanted = wantedRegions(kept, asked.regions);
    const isWide = wanted?.every((region) => account.regions.includes(region)) === true;
    if (!cut && kept.length > 0 && isWide) {
      for (const one of kept) {
        await writer.put(one);
      }
      await writer.closeAccount(account.accountId);
      accounts.set(account.accountId, account);
      incomplete += kept.filter(({ observation }) => gapsOf(observation).length > 0).length;
    }
  }
  return {
    accounts,
    incomplete,
    evidence: { manifest, digest },
    gaps: manifest.gaps.filter((gap) => isOfTakenOver(gap, accounts)),
  };
}
