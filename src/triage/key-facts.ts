import {
  GetAccessKeyLastUsedCommand,
  GetLoginProfileCommand,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
} from '@aws-sdk/client-iam';
import type { AwsSession } from '../aws/clients.ts';
import { homeRegion } from '../aws/partitions.ts';
import type { AwsReader } from '../aws/reader.ts';
import { accountUnit } from '../model/scope.ts';
import type { TriageOwner, TriageResult } from '../model/triage-result.ts';
import type { AccessKeyId } from './access-key-id.ts';
import { gapAt, type Probe, part, readerFor } from './probe.ts';

/** What IAM says of a long-term key. */
export interface KeyFacts {
  readonly status: TriageResult['key']['status'];
  readonly createdAt: string | null;
  readonly lastUsed: TriageResult['key']['lastUsed'];
  readonly userName: string | null;
  readonly otherKeys: TriageOwner['otherKeys'];
}

export const unknownKeyFacts: KeyFacts = {
  status: 'unknown',
  createdAt: null,
  lastUsed: null,
  userName: null,
  otherKeys: null,
};

/** IAM's wire code lacks the suffix of its SDK class. */
const absentOn = ['NoSuchEntityException', 'NoSuchEntity'] as const;

type UserFacts = Pick<TriageOwner, 'consolePassword' | 'mfaDevices'>;

const statuses = ['Active', 'Inactive', 'Expired'] as const;

function isoTime(date: Date | undefined): string | null {
  return date === undefined ? null : date.toISOString();
}

function iamReader(probe: Probe, session: AwsSession): AwsReader {
  const unit = accountUnit(probe.partition, session.accountId);
  return readerFor(probe, session, unit, homeRegion(probe.partition));
}

async function readKeyFacts(probe: Probe, session: AwsSession, key: AccessKeyId): Promise<KeyFacts> {
  const reader = iamReader(probe, session);
  const unit = accountUnit(probe.partition, session.accountId);
  const used = await reader.read(
    GetAccessKeyLastUsedCommand,
    { AccessKeyId: key.id },
    { resource: key.id, absentOn },
  );
  if (used.kind === 'absent') {
    return { ...unknownKeyFacts, status: 'deleted' };
  }
  if (used.kind === 'gap') {
    // IAM refuses keys that are gone, and those of other accounts, in the same words as a missing permission.
    const hint = used.gap.reason === 'access-denied' ? '; IAM says the same of a key that was deleted' : '';
    probe.gaps.push({ ...used.gap, detail: `${used.gap.detail}${hint}` });
    return unknownKeyFacts;
  }
  const { UserName: userName, AccessKeyLastUsed: last } = used.value;
  const at = isoTime(last?.LastUsedDate);
  const lastUsed = at === null ? null : { at, service: last?.ServiceName ?? '', region: last?.Region ?? '' };
  if (userName === undefined) {
    probe.gaps.push(gapAt(unit, 'iam:GetAccessKeyLastUsed', 'malformed', 'the answer names no user'));
    return { ...unknownKeyFacts, lastUsed };
  }
  const keys = await reader.readAll(
    ListAccessKeysCommand,
    { UserName: userName },
    (output) => output.AccessKeyMetadata,
    { resource: userName, absentOn },
  );
  probe.gaps.push(...keys.gaps);
  const own = keys.items.find(({ AccessKeyId }) => AccessKeyId === key.id);
  const listed = statuses.find((status) => status === own?.Status);
  const gone = own === undefined && keys.gaps.length === 0;
  return {
    status: listed ?? (gone ? 'deleted' : 'unknown'),
    createdAt: isoTime(own?.CreateDate),
    lastUsed,
    userName,
    otherKeys:
      keys.gaps.length > 0
        ? null
        : keys.items
            .filter(({ AccessKeyId }) => AccessKeyId !== key.id)
            .map(({ AccessKeyId, Status, CreateDate }) => ({
              accessKeyId: AccessKeyId ?? '',
              status: Status ?? 'unknown',
              createdAt: isoTime(CreateDate),
            })),
  };
}

/** Who owns the key, whether it works, when it was last used. Of a temporary key IAM knows nothing. */
export async function keyFacts(probe: Probe, session: AwsSession, key: AccessKeyId): Promise<KeyFacts> {
  if (key.type !== 'long-term') {
    return { ...unknownKeyFacts, status: 'temporary' };
  }
  return part(
    probe,
    accountUnit(probe.partition, session.accountId),
    'iam:GetAccessKeyLastUsed',
    unknownKeyFacts,
    () => readKeyFacts(probe, session, key),
  );
}

/** The user's other way in, and what guards it. */
export async function userFacts(probe: Probe, session: AwsSession, userName: string): Promise<UserFacts> {
  const reader = iamReader(probe, session);
  const unit = accountUnit(probe.partition, session.accountId);
  const options = { resource: userName, absentOn };
  const [consolePassword, mfaDevices] = await Promise.all([
    part<UserFacts['consolePassword']>(probe, unit, 'iam:GetLoginProfile', null, async () => {
      const answer = await reader.read(GetLoginProfileCommand, { UserName: userName }, options);
      if (answer.kind === 'gap') {
        probe.gaps.push(answer.gap);
        return null;
      }
      return answer.kind === 'absent'
        ? { set: false, createdAt: null }
        : { set: true, createdAt: isoTime(answer.value.LoginProfile?.CreateDate) };
    }),
    part<number | null>(probe, unit, 'iam:ListMFADevices', null, async () => {
      const pages = await reader.readAll(
        ListMFADevicesCommand,
        { UserName: userName },
        (output) => output.MFADevices,
        options,
      );
      probe.gaps.push(...pages.gaps);
      return pages.gaps.length > 0 ? null : pages.items.length;
    }),
  ]);
  return { consolePassword, mfaDevices };
}
