import { derivations } from '../derive/index.ts';
import { indexObservations } from '../engine/observation-index.ts';
import type { Principal } from '../model/evidence/derived.ts';
import type { AuthorizationDetails } from '../model/evidence/iam.ts';
import type { StoredObservation } from '../model/evidence-manifest.ts';
import type { TimeWindow } from '../model/incident.ts';
import { accountUnit } from '../model/scope.ts';

/** Something about the role that the sweep runs as which an intruder may have arranged. */
export interface OwnPathProblem {
  readonly accountId: string;
  readonly roleName: string;
  readonly problem: string;
}

const assumedRole = /^arn:[^:]*:sts::(\d{12}):assumed-role\/([^/]+)\//;

function inWindow(time: string, window: TimeWindow | null): boolean {
  return window !== null && time >= window.from && time < window.to;
}

function isPrincipalList(value: unknown): value is readonly Principal[] {
  return Array.isArray(value);
}

function isDetails(value: unknown): value is AuthorizationDetails {
  return typeof value === 'object' && value !== null && 'roles' in value && 'policies' in value;
}

function problemsOf(
  role: Principal,
  details: AuthorizationDetails | null,
  window: TimeWindow | null,
): readonly string[] {
  const attached =
    details?.roles.find(({ arn }) => arn === role.arn)?.attachedPolicies.map(({ arn }) => arn) ?? [];
  const changed = (details?.policies ?? []).filter(
    (policy) => !policy.awsManaged && attached.includes(policy.arn) && inWindow(policy.updatedAt, window),
  );
  const doors = role.trust.filter(
    ({ relation, verdict }) => relation === 'anyone' || (relation === 'outside' && verdict === 'open'),
  );
  return [
    ...(inWindow(role.createdAt, window)
      ? [`it was created in the incident window (${role.createdAt})`]
      : []),
    ...changed.map(
      ({ name, updatedAt }) => `its policy ${name} was changed in the incident window (${updatedAt})`,
    ),
    ...doors.map(({ principal }) => `its trust policy lets in ${principal} with nothing that narrows it`),
    ...(role.power.administrator === 'no' ? [] : ['it is an administrator: a read-only role is enough']),
  ];
}

/** Looks at the roles behind our own sessions: made or changed in the window, open to outsiders, too powerful. */
export function ownPathProblems(
  sessions: readonly string[],
  stored: readonly StoredObservation[],
  partition: string,
  window: TimeWindow | null,
  asOf: string,
): readonly OwnPathProblem[] {
  const contextFor = (unit: StoredObservation['unit']) => ({
    unit,
    partition,
    managementAccountId: null,
    organizationAccountIds: null,
    incident: null,
    baseline: null,
  });
  const index = indexObservations(stored, derivations, contextFor, asOf);
  return sessions.flatMap((session) => {
    const [, accountId, roleName] = assumedRole.exec(session) ?? [];
    if (accountId === undefined || roleName === undefined) {
      return [];
    }
    const unit = accountUnit(partition, accountId);
    const principals = index.lookup('principals', unit);
    const raw = index.lookup('iam.authorization-details', unit);
    if (principals.state === 'missing' || !isPrincipalList(principals.value)) {
      return [
        { accountId, roleName, problem: 'cannot be judged: the authorization details could not be read' },
      ];
    }
    const role = principals.value.find(({ type, name }) => type === 'iam-role' && name === roleName);
    const details = raw.state !== 'missing' && isDetails(raw.value) ? raw.value : null;
    const problems =
      role === undefined
        ? ['the role is not in the account it says it is from']
        : problemsOf(role, details, window);
    return problems.map((problem) => ({ accountId, roleName, problem }));
  });
}
