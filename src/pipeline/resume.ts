import { openEvidence } from '../evidence/read-evidence.ts';
import type { EvidenceWriter } from '../evidence/write-evidence.ts';
import type { SweptAccount } from '../model/evidence-manifest.ts';
import { gapsOf } from '../model/observation.ts';

/**
 * Takes over from an interrupted collection every account that was swept to its end: nothing in it was cut off by the
 * interruption. The closing pass is made anew.
 * @throws EvidenceError
 */
export async function takeOver(
  directory: string,
  writer: EvidenceWriter,
): Promise<ReadonlyMap<string, SweptAccount>> {
  const earlier = await openEvidence(directory);
  const taken = new Map<string, SweptAccount>();
  for (const account of earlier.manifest.accounts.filter(({ swept }) => swept)) {
    const stored = await earlier.account(account.accountId);
    const kept = stored.filter(({ key }) => key !== 'iam.closing-authorization-details');
    const cut = kept.some(({ observation }) =>
      gapsOf(observation).some(({ reason }) => reason === 'aborted'),
    );
    if (!cut && kept.length > 0) {
      for (const one of kept) {
        await writer.put(one);
      }
      await writer.closeAccount(account.accountId);
      taken.set(account.accountId, account);
    }
  }
  return taken;
}
