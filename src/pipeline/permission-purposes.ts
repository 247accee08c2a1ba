import { ownOperations } from '../aws/read-only-guard.ts';
import { discoveryOperations } from '../collect/organization-reads.ts';
import type { NeededPermission, PolicyRole } from '../collect/permissions.ts';
import { triageAccountOperations, triageCallerOperations } from '../triage/triage-operations.ts';

/** What `afterleak permissions --for` prints policies for. */
type Purpose = 'sweep' | 'triage' | 'trace';

export function isPurpose(value: unknown): value is Purpose {
  return value === 'sweep' || value === 'triage' || value === 'trace';
}

const identity: readonly NeededPermission[] = ownOperations.filter(
  ({ command }) => command === 'GetCallerIdentity',
);

/** Event history and log files. Whoever knows the bucket narrows `*` to it; an encrypted one needs its key too. */
const traceAccount: readonly NeededPermission[] = [
  { permission: 'account:ListRegions' },
  { permission: 'cloudtrail:LookupEvents' },
];
const traceLogFiles: readonly NeededPermission[] = [
  { permission: 's3:GetObject', resources: ['arn:{partition}:s3:::*/AWSLogs/*'] },
  { permission: 's3:ListBucket', resources: ['arn:{partition}:s3:::*'] },
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
