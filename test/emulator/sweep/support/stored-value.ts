import { openEvidence } from '../../../../src/evidence/read-evidence.ts';
import type { CollectedKey } from '../../../../src/model/evidence-catalog.ts';

/** What the folder holds under a key, in one account and region; undefined when it was not seen. */
export async function storedValue(
  directory: string,
  key: CollectedKey,
  accountId: string | null,
  region: string | null = null,
): Promise<unknown> {
  const evidence = await openEvidence(directory);
  const stored = await (accountId === null ? evidence.organization() : evidence.account(accountId));
  const found = stored.find((one) => one.key === key && one.unit.region === region);
  return found === undefined || found.observation.state === 'missing' ? undefined : found.observation.value;
}
