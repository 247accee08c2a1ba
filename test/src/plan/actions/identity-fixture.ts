import type { ActionId } from '../../../../src/model/action-id.ts';
import type { ResultFinding } from '../../../../src/model/audit-result.ts';
import type {
  Dependents,
  DirectoryGroupDependents,
  DirectoryUserDependents,
  GroupDependents,
  PermissionSetDependents,
  PolicyDependents,
  RoleDependents,
  UserDependents,
} from '../../../../src/model/dependents.ts';
import type { Incident } from '../../../../src/model/incident.ts';
import type { LineageEdge, LineageEvent, LineageNode } from '../../../../src/model/lineage.ts';
import type { PlanCommand } from '../../../../src/model/plan.ts';
import { emptyReview } from '../../../../src/model/review.ts';
import type { PriorState } from '../../../../src/model/trace-result.ts';
import { createPlanWorld, orderedInput } from '../../../../src/plan/plan-world.ts';
import type { ActionPlanner, PlanInput, PlanWorld, StepDraft } from '../../../../src/plan/planner.ts';
import { buildFinding, buildResult } from '../../../support/result-builder.ts';

export const management = '111122223333';
export const member = '444455556666';
export const instanceArn = 'arn:aws:sso:::instance/ssoins-1111222233334444';
export const storeId = 'd-1234567890';

/** Decides of a finding what the engine decides: what the events prove was made is eradicated. */
export const proofs = {
  eradicate: {
    decision: 'eradicate',
    attribution: 'attributed',
    signals: [{ code: 'created-by-incident', fact: 'made by the incident', source: 'lineage' }],
  },
  restore: {
    decision: 'restore',
    attribution: 'attributed',
    signals: [{ code: 'changed-by-incident', fact: 'changed by the incident', source: 'lineage' }],
  },
  unprovedRestore: { decision: 'restore', attribution: 'unexplained', signals: [] },
  explain: { decision: 'explain', attribution: 'in-window', signals: [] },
  rotate: {
    decision: 'contain-and-rotate',
    attribution: 'unknown',
    signals: [{ code: 'compromised-principal', fact: 'named', source: 'incident' }],
  },
  harden: { decision: 'harden', attribution: 'unknown', signals: [] },
} as const satisfies Record<
  string,
  Pick<ResultFinding, 'decision' | 'attribution'> & { signals: readonly unknown[] }
>;

type Subject = ResultFinding['subject'];

export function subjectOf(fields: Pick<Subject, 'arn' | 'type' | 'name'> & Partial<Subject>): Subject {
  const account = fields.arn.split(':')[4] ?? '';
  return { accountId: account === '' ? null : account, region: null, ...fields };
}

export function findingOn(
  dependents: Pick<Dependents, 'arn' | 'type' | 'name'> & { readonly uniqueId?: string },
  proof: keyof typeof proofs,
  fields: Partial<ResultFinding> = {},
): ResultFinding {
  const { arn, type, name, uniqueId } = dependents;
  const { decision, attribution, signals } = proofs[proof];
  return buildFinding({
    check: 'leftover-admins/example',
    subject: subjectOf({ arn, type, name, ...(uniqueId === undefined ? {} : { uniqueId }) }),
    decision,
    attribution,
    signals: [...signals],
    ...fields,
  });
}

export function findingAt(
  subject: Pick<Subject, 'arn' | 'type' | 'name'> & Partial<Subject>,
  proof: keyof typeof proofs,
  fields: Partial<ResultFinding> = {},
): ResultFinding {
  const { decision, attribution, signals } = proofs[proof];
  return buildFinding({
    check: 'leftover-admins/example',
    subject: subjectOf(subject),
    decision,
    attribution,
    signals: [...signals],
    ...fields,
  });
}

export function buildUser(fields: Partial<UserDependents> = {}): UserDependents {
  const name = fields.name ?? 'intruder';
  const accountId = fields.accountId ?? management;
  return {
    type: 'iam-user',
    arn: `arn:aws:iam::${accountId}:user/${name}`,
    name,
    accountId,
    uniqueId: 'AIDAEXAMPLE1',
    accessKeys: [],
    hasLoginProfile: false,
    serviceSpecificCredentials: [],
    sshPublicKeys: [],
    signingCertificates: [],
    mfaDevices: [],
    groups: [],
    attachedPolicyArns: [],
    inlinePolicies: [],
    permissionsBoundaryArn: null,
    ...fields,
  };
}

export function buildGroup(fields: Partial<GroupDependents> = {}): GroupDependents {
  const name = fields.name ?? 'admins';
  return {
    type: 'iam-group',
    arn: `arn:aws:iam::${management}:group/${name}`,
    name,
    accountId: management,
    uniqueId: 'AGPAEXAMPLE1',
    members: [],
    attachedPolicyArns: [],
    inlinePolicies: [],
    ...fields,
  };
}

export function buildRole(fields: Partial<RoleDependents> = {}): RoleDependents {
  const name = fields.name ?? 'worker';
  const accountId = fields.accountId ?? management;
  const path = fields.path ?? '/';
  return {
    type: 'iam-role',
    arn: `arn:aws:iam::${accountId}:role${path}${name}`,
    name,
    accountId,
    uniqueId: 'AROAEXAMPLE1',
    path,
    managedBy: 'customer',
    trustDocument: '{"Version":"2012-10-17","Statement":[]}',
    trustDigest: 'a'.repeat(64),
    trustedServices: [],
    instanceProfileArns: [],
    attachedPolicyArns: [],
    inlinePolicies: [],
    permissionsBoundaryArn: null,
    ...fields,
  };
}

export function buildPolicy(fields: Partial<PolicyDependents> = {}): PolicyDependents {
  const name = fields.name ?? 'deploy-policy';
  return {
    type: 'iam-policy',
    arn: `arn:aws:iam::${management}:policy/${name}`,
    name,
    accountId: management,
    uniqueId: 'ANPAEXAMPLE1',
    versions: [{ id: 'v1', isDefault: true, createdAt: '2026-01-01T00:00:00Z', digest: 'b'.repeat(64) }],
    users: [],
    groups: [],
    roles: [],
    boundaryOfUsers: [],
    boundaryOfRoles: [],
    ...fields,
  };
}

export function buildDirectoryUser(fields: Partial<DirectoryUserDependents> = {}): DirectoryUserDependents {
  return {
    type: 'directory-user',
    arn: 'arn:aws:identitystore:::user/u-1',
    name: 'intruder',
    accountId: management,
    userId: 'u-1',
    identityStoreId: storeId,
    instanceArn,
    region: 'eu-central-1',
    memberships: [],
    assignments: [],
    ...fields,
  };
}

export function buildDirectoryGroup(
  fields: Partial<DirectoryGroupDependents> = {},
): DirectoryGroupDependents {
  return {
    type: 'directory-group',
    arn: 'arn:aws:identitystore:::group/g-1',
    name: 'platform',
    accountId: management,
    groupId: 'g-1',
    identityStoreId: storeId,
    instanceArn,
    region: 'eu-central-1',
    memberships: [],
    assignments: [],
    ...fields,
  };
}

export const permissionSetArn = 'arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111';

export function buildPermissionSet(fields: Partial<PermissionSetDependents> = {}): PermissionSetDependents {
  return {
    type: 'permission-set',
    arn: permissionSetArn,
    name: 'Administrator',
    accountId: management,
    instanceArn,
    region: 'eu-central-1',
    sessionDuration: 'PT12H',
    provisionedAccounts: [member],
    assignments: [],
    ...fields,
  };
}

export function buildNode(fields: Partial<LineageNode> & Pick<LineageNode, 'id' | 'type'>): LineageNode {
  return {
    kind: 'resource',
    label: fields.id.split('/').at(-1) ?? fields.id,
    arn: fields.id.startsWith('arn:') ? fields.id : null,
    uniqueId: null,
    accountId: fields.id.split(':')[4] || null,
    region: null,
    standing: 'tainted',
    seed: false,
    intruderMade: false,
    firstSeenAt: null,
    lastSeenAt: null,
    deleted: false,
    deletedAt: null,
    used: null,
    expiresAt: null,
    unboundedBecause: null,
    survivesKeyRevocation: null,
    ...fields,
  };
}

const seed = buildNode({ id: 'AKIAIOSFODNN7EXAMPLE', kind: 'credential', type: 'access-key', seed: true });

/** One proved change: the event names the nodes and, where it is known, the part of the thing. */
export interface Change {
  readonly to: readonly LineageNode[];
  readonly action: string;
  readonly part?: string;
  readonly at?: string;
  readonly from?: LineageNode;
}

export function buildLineage(nodes: readonly LineageNode[], changes: readonly Change[] = []) {
  const eventOf = (
    { to, action, part, at = '2026-11-03T10:00:00Z', from = seed }: Change,
    index: number,
  ): LineageEvent => ({
    eventId: `event-${index + 1}`,
    eventTime: at,
    eventName: action.split(':')[1] ?? action,
    eventSource: `${action.split(':')[0]}.amazonaws.com`,
    accountId: management,
    region: 'us-east-1',
    actorArn: `arn:aws:iam::${management}:user/deploy`,
    accessKeyId: from.id,
    sourceIp: '198.51.100.7',
    userAgent: null,
    errorCode: null,
    ...(part === undefined ? {} : { part }),
    nodes: [from.id, ...to.map(({ id }) => id)].sort(),
    file: 'trail.json',
  });
  const edgesOf = (
    { to, action, at = '2026-11-03T10:00:00Z', from = seed }: Change,
    index: number,
  ): LineageEdge[] =>
    to.map((node) => ({
      from: from.id,
      to: node.id,
      relation: 'changed',
      outcome: 'done',
      action,
      firstAt: at,
      lastAt: at,
      eventIds: [`event-${index + 1}`],
    }));
  const all = new Map(
    [
      seed,
      ...nodes,
      ...changes.flatMap(({ to, from }) => [...to, ...(from === undefined ? [] : [from])]),
    ].map((node) => [node.id, node]),
  );
  return { nodes: [...all.values()], edges: changes.flatMap(edgesOf), events: changes.map(eventOf) };
}

interface Given {
  readonly findings?: readonly ResultFinding[];
  readonly dependents?: readonly Dependents[];
  readonly lineage?: ReturnType<typeof buildLineage>;
  readonly priorStates?: readonly PriorState[];
  readonly compromised?: Incident['compromised'];
}

export function buildInput({
  findings = [],
  dependents = [],
  lineage,
  priorStates = [],
  compromised,
}: Given): PlanInput {
  const incident: Incident | null =
    compromised === undefined
      ? null
      : {
          id: 'INC-1',
          title: 'Leaked key',
          window: null,
          compromised,
          indicators: { sourceIps: [], userAgents: [], names: [], codeSha256: [] },
          trusted: { accounts: [], networks: [], identityProviders: [], roles: [] },
          milestones: {},
          review: emptyReview,
        };
  return {
    result: buildResult({ findings: [...findings] }),
    dependents,
    notSeen: [],
    incident,
    trace:
      lineage === undefined && priorStates.length === 0
        ? null
        : {
            schemaVersion: 1,
            tool: { name: 'afterleak', version: '0.1.0' },
            incident: {},
            sources: [],
            lineage: lineage ?? buildLineage([]),
            activity: [],
            rotation: [],
            impact: [],
            indicators: { sourceIps: [], userAgents: [], names: [], accessKeyIds: [] },
            suspects: [],
            settings: [],
            priorStates: [...priorStates],
            coverage: [],
            counts: { files: 0, bytes: 0, records: 0, outsideWindow: 0, duplicates: 0, unparsable: 0 },
            gaps: [],
          },
  };
}

export function buildWorld(given: Given): PlanWorld {
  return createPlanWorld(orderedInput(buildInput(given)));
}

/** Steps that one action gives for one finding; the finding is in the result as in a real run. */
export function stepsOf(
  planner: ActionPlanner,
  action: ActionId,
  finding: ResultFinding,
  given: Given = {},
): readonly StepDraft[] {
  const findings = [finding, ...(given.findings ?? [])];
  return planner({ action, finding }, buildWorld({ ...given, findings }));
}

export function stepOf(steps: readonly StepDraft[], key: string): StepDraft {
  const step = steps.find((one) => one.key === key);
  if (step === undefined) {
    throw new Error(`no step ${key}; there are: ${steps.map((one) => one.key).join(', ')}`);
  }
  return step;
}

export function keysOf(steps: readonly StepDraft[]): readonly string[] {
  return steps.map(({ key }) => key);
}

export function argvOf(commands: readonly PlanCommand[]): readonly (readonly string[])[] {
  return commands.map(({ argv }) => argv);
}

/** Operations in their order, for sequences. */
export function operationsOf({ commands }: StepDraft): readonly string[] {
  return commands.map(({ argv }) => argv[1] ?? '');
}

export function allCommands(steps: readonly StepDraft[]): readonly (readonly string[])[] {
  return steps.flatMap(({ commands, preconditions, confirm, undo }) =>
    [...preconditions, ...commands, ...confirm, ...undo].map(({ argv }) => argv),
  );
}

/** Calls that end something for good. */
export function deletions(steps: readonly StepDraft[]): readonly string[] {
  return steps
    .flatMap(({ commands }) => commands.map(({ argv }) => argv[1] ?? ''))
    .filter((operation) => /^(?:delete|remove|detach|deactivate)-/.test(operation));
}
