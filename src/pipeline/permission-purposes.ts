import { ownOperations } from '../aws/read-only-guard.ts';
import { discoveryOperations } from '../collect/organization-reads.ts';
import type { NeededPermission, PolicyRole } from '../collect/permissions.ts';
import { lookupOperations } from '../events/lookup-source.ts';
import { s3TrailOperations } from '../events/s3-source.ts';
import { triageAccountOperations, triageCallerOperations } from '../triage/triage-operations.ts';

/** What `afterleak permissions --for` prints policies for. */
type Purpose = 'sweep' | 'triage' | 'trace';

export function isPurpose(value: unknown): value is Purpose {
  return value === 'sweep' || value === 'triage' || value === 'trace';
}

const identity: readonly NeededPermission[] = ownOperations.filter(
  ({ command }) => command === 'GetCallerIdentity',
);

/** What opening a trail asks in an account: its regions, then its event history. */
const traceAccount: readonly NeededPermission[] = [
  { permission: 'account:ListRegions' },
  ...lookupOperations,
];

const trailResources: Readonly<Record<string, readonly string[]>> = {
  's3:GetObject': ['arn:{partition}:s3:::*/AWSLogs/*'],
  's3:ListBucket': ['arn:{partition}:s3:::*'],
};

/**
 * Log files. Whoever knows the bucket narrows `*` to it. Objects under SSE-KMS are read with the caller's right to the key,
 * although no call to KMS is ever made: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
const traceLogFiles: readonly NeededPermission[] = [
  ...s3TrailOperations.map(({ permission }) => ({
    permission,
    resources: trailResources[permission] ?? ['*'],
  })),
  { permission: 'kms:Decrypt', resources: ['arn:{partition}:kms:*:*:key/*'] },
];

export function operationsForPurpose(
  purpose: Exclude<Purpose, 'sweep'>,
  role: PolicyRole,
): readonly NeededPermission[] {
  const caller =
    purpose === 'triage'
      ? [...discoveryOperations, ...triageCallerOperations]
      : [...discoveryOperations, ...traceLogFiles];
  const account = purpose === 'triage' ? triageAccountOperations : traceAccount;
  switch (role) {
    case 'caller':
      return [...identity, ...caller];
    case 'member':
      return [...identity, ...account];
    case 'management':
    case 'delegated-administrator':
      return [...identity, ...caller, ...account];
    default:
      return role satisfies never;
  }
}
