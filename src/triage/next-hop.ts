import { ListAccessKeysCommand } from '@aws-sdk/client-iam';
import type { AwsSession } from '../aws/clients.ts';
import { homeRegion } from '../aws/partitions.ts';
import { accountUnit } from '../model/scope.ts';
import type { MintedCredential } from '../model/triage-result.ts';
import { type History, type HistorySeed, readHistory } from './event-history.ts';
import type { HistoryEvent } from './history-event.ts';
import { createdUserNames } from './key-owner.ts';
import { gapAt, type Probe, part, readerFor } from './probe.ts';

const mostSeeds = 12;
const pagesPerSeed = 4;

/** What the minted credentials and the users that were made did in turn: one hop, newest first; the sweep does the rest. */
export async function readNextHop(
  probe: Probe,
  session: AwsSession,
  regions: readonly string[],
  events: readonly HistoryEvent[],
  minted: readonly MintedCredential[],
): Promise<History> {
  const keys = [
    ...new Set(
      minted.flatMap(({ credential, kind }) =>
        kind === 'session' || kind === 'access-key' ? (credential ?? []) : [],
      ),
    ),
  ];
  const wanted: readonly HistorySeed[] = [
    ...keys.sort().map((value) => ({ attribute: 'AccessKeyId' as const, value, mostPages: pagesPerSeed })),
    ...createdUserNames(events).map((value) => ({
      attribute: 'Username' as const,
      value,
      mostPages: pagesPerSeed,
    })),
  ];
  if (wanted.length > mostSeeds) {
    const left = wanted.slice(mostSeeds).map(({ value }) => value);
    const detail = `${wanted.length} minted credentials and new users, of which ${mostSeeds} were followed; not followed: ${left.slice(0, 20).join(', ')}`;
    const unit = accountUnit(probe.partition, session.accountId);
    probe.gaps.push(gapAt(unit, 'cloudtrail:LookupEvents', 'truncated', detail));
  }
  return readHistory(probe, session, regions, wanted.slice(0, mostSeeds));
}

/** Sessions that went into other accounts act there, where triage does not look: said, not passed over. */
export function noteForeignSessions(
  probe: Probe,
  accountId: string,
  minted: readonly MintedCredential[],
): void {
  const accounts = minted
    .filter(({ kind }) => kind === 'session')
    .map(({ principal }) => principal?.split(':')[4] ?? accountId)
    .filter((id) => /^\d{12}$/.test(id) && id !== accountId);
  for (const id of [...new Set(accounts)].sort()) {
    const detail =
      'a role here was assumed; what the session did is recorded in this account, and triage did not look there';
    probe.gaps.push(
      gapAt(accountUnit(probe.partition, id), 'cloudtrail:LookupEvents', 'not-collected', detail),
    );
  }
}

/** How often each was used. Null where Event history was not read to its end and shows none. */
export function withUse(
  minted: readonly MintedCredential[],
  events: readonly HistoryEvent[],
  lookups: History['lookups'],
): readonly MintedCredential[] {
  return minted.map((one) => {
    const asked = lookups.filter(({ seed }) => seed === one.credential);
    if (one.credential === null || asked.length === 0) {
      return one;
    }
    const calls = events.filter(({ accessKeyId }) => accessKeyId === one.credential).length;
    return calls > 0 || asked.every(({ complete }) => complete) ? { ...one, calls } : one;
  });
}

/** Keys that were made may have been switched off since. Whoever cannot be asked may live. */
export async function withKeyStatus(
  probe: Probe,
  session: AwsSession,
  minted: readonly MintedCredential[],
): Promise<readonly MintedCredential[]> {
  const unit = accountUnit(probe.partition, session.accountId);
  const reader = readerFor(probe, session, unit, homeRegion(probe.partition));
  const users = minted.flatMap(({ kind, principal }) => (kind === 'access-key' ? (principal ?? []) : []));
  const statuses = new Map<string, ReadonlySet<string> | null>();
  await Promise.all(
    [...new Set(users)].map(async (UserName) => {
      const active = await part<ReadonlySet<string> | null>(
        probe,
        unit,
        'iam:ListAccessKeys',
        null,
        async () => {
          const pages = await reader.readAll(
            ListAccessKeysCommand,
            { UserName },
            (output) => output.AccessKeyMetadata,
            { resource: UserName, absentOn: ['NoSuchEntityException', 'NoSuchEntity'] },
          );
          probe.gaps.push(...pages.gaps);
          return pages.gaps.length > 0
            ? null
            : new Set(
                pages.items.flatMap((key) => (key.Status === 'Inactive' ? [] : (key.AccessKeyId ?? []))),
              );
        },
      );
      statuses.set(UserName, active);
    }),
  );
  return minted.map((one) => {
    const active = one.kind === 'access-key' ? statuses.get(one.principal ?? '') : null;
    return active === null || active === undefined || one.credential === null
      ? one
      : { ...one, alive: active.has(one.credential) };
  });
}
