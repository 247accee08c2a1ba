import type { Operation } from '../aws/operation.ts';
import { ownOperations } from '../aws/read-only-guard.ts';
import { evidenceScopes } from '../model/evidence-catalog.ts';
import type { AnyCollector } from './define-collector.ts';
import { discoveryOperations } from './organization-reads.ts';

/** Who gets a policy. `caller` is what the sweep starts with: finding the scope and entering the accounts. */
export type PolicyRole = 'caller' | 'management' | 'delegated-administrator' | 'member';

/** What a policy must allow, whichever client asks for it. */
export type NeededPermission = Pick<Operation, 'permission' | 'resources'>;

interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export interface IamPolicy {
  readonly role: PolicyRole;
  /** Name of the managed policy: `AfterleakMember`, `AfterleakMember2` … */
  readonly name: string;
  readonly description: string;
  readonly document: { readonly Version: '2012-10-17'; readonly Statement: readonly PolicyStatement[] };
}

export interface PermissionOptions {
  readonly partition: string;
  /** Roles that the caller assumes in the accounts. */
  readonly roleNames: readonly string[];
}

/** Of one managed policy, white space not counted. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const mostCharacters = 6144;

const titles = {
  caller: { name: 'AfterleakCaller', description: 'afterleak: find the scope and assume the sweep roles' },
  management: {
    name: 'AfterleakManagement',
    description: 'afterleak: read the organization and the management account',
  },
  'delegated-administrator': {
    name: 'AfterleakDelegatedAdministrator',
    description: 'afterleak: read the organization from a delegated administrator',
  },
  member: { name: 'AfterleakMember', description: 'afterleak: read one member account' },
} as const satisfies Record<PolicyRole, { name: string; description: string }>;

/** With an incident a sweep asks event history (`--trail lookup`, the default) in every account. */
export const eventHistory: Operation = {
  service: 'cloudtrail',
  command: 'LookupEvents',
  permission: 'cloudtrail:LookupEvents',
};

function operationsFor(role: PolicyRole, collectors: readonly AnyCollector[]): readonly Operation[] {
  const inAccount = collectors.filter((collector) => collector.vantage === 'account');
  const own = ownOperations.filter(
    ({ command }) => command !== 'AssumeRole' && command !== 'GenerateCredentialReport',
  );
  const report = ownOperations.filter(({ command }) => command === 'GenerateCredentialReport');
  const needsReport = inAccount.some(({ key }) => key === 'iam.credential-report');
  const member = [
    ...own,
    ...(needsReport ? report : []),
    eventHistory,
    ...inAccount.flatMap(({ operations }) => operations),
  ];
  switch (role) {
    case 'caller':
      return [...own, ...discoveryOperations];
    case 'management':
      return [...member, ...discoveryOperations, ...collectors.flatMap(({ operations }) => operations)];
    case 'delegated-administrator':
      return [
        ...member,
        ...discoveryOperations,
        ...collectors
          .filter(({ vantage }) => vantage === 'management-or-delegated')
          .flatMap(({ operations }) => operations),
      ];
    case 'member':
      return member.filter((operation) => !isOrganizationOnly(operation, collectors));
    default:
      return role satisfies never;
  }
}

/** Asked only for the organization's unit, where no member's session is used. */
function isOrganizationOnly(operation: Operation, collectors: readonly AnyCollector[]): boolean {
  const users = collectors.filter((collector) =>
    collector.operations.some(
      ({ service, command }) => service === operation.service && command === operation.command,
    ),
  );
  return users.length > 0 && users.every(({ key }) => evidenceScopes[key] === 'organization');
}

function sid(permission: string): string {
  const service = permission.split(':')[0] ?? '';
  return `Read${service
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')}`;
}

/** One statement per service prefix, and one per set of resources where a service wants its paths named. */
function statementsOf(
  operations: readonly NeededPermission[],
  partition: string,
): readonly PolicyStatement[] {
  const actions = new Map<string, Set<string>>();
  for (const { permission, resources } of operations) {
    const found = actions.get(permission) ?? new Set<string>();
    for (const resource of resources ?? ['*']) {
      found.add(resource.replaceAll('{partition}', partition));
    }
    actions.set(permission, found);
  }
  const grouped = new Map<string, { readonly actions: string[]; readonly resources: readonly string[] }>();
  for (const [action, found] of [...actions].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const resources = found.has('*') ? ['*'] : [...found].sort();
    const key = `${sid(action)} ${resources.join(' ')}`;
    const group = grouped.get(key) ?? { actions: [], resources };
    group.actions.push(action);
    grouped.set(key, group);
  }
  const used = new Map<string, number>();
  return [...grouped.values()].map((group): PolicyStatement => {
    const base = sid(group.actions[0] ?? '');
    const count = (used.get(base) ?? 0) + 1;
    used.set(base, count);
    return {
      Sid: count === 1 ? base : `${base}${count}`,
      Effect: 'Allow',
      Action: group.actions,
      Resource: group.resources,
    };
  });
}

function assumeStatement(options: PermissionOptions): readonly PolicyStatement[] {
  if (options.roleNames.length === 0) {
    return [];
  }
  const arns = options.roleNames.map((name) => `arn:${options.partition}:iam::*:role/${name}`);
  return [{ Sid: 'AssumeSweepRoles', Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: arns.sort() }];
}

function documentOf(statements: readonly PolicyStatement[]): IamPolicy['document'] {
  return { Version: '2012-10-17', Statement: statements };
}

function fits(statements: readonly PolicyStatement[]): boolean {
  return JSON.stringify(documentOf(statements)).length <= mostCharacters;
}

/** Halves a statement that is too long for a policy of its own; splitting actions never changes what is allowed. */
function splitStatement(statement: PolicyStatement): readonly PolicyStatement[] {
  if (fits([statement])) {
    return [statement];
  }
  const list = statement.Action.length > 1 ? 'Action' : 'Resource';
  const middle = Math.ceil(statement[list].length / 2);
  return [
    { ...statement, [list]: statement[list].slice(0, middle), Sid: `${statement.Sid}A` },
    { ...statement, [list]: statement[list].slice(middle), Sid: `${statement.Sid}B` },
  ].flatMap(splitStatement);
}

function packed(statements: readonly PolicyStatement[]): readonly (readonly PolicyStatement[])[] {
  const policies: PolicyStatement[][] = [];
  for (const statement of statements.flatMap(splitStatement)) {
    const last = policies.at(-1);
    if (last !== undefined && fits([...last, statement])) {
      last.push(statement);
    } else {
      policies.push([statement]);
    }
  }
  return policies;
}

/** The policies under which the collectors see everything, generated from what they declare. */
export function policiesFor(
  role: PolicyRole,
  collectors: readonly AnyCollector[],
  options: PermissionOptions,
): readonly IamPolicy[] {
  return policiesOf(role, operationsFor(role, collectors), options);
}

/** The policies that allow these operations. */
export function policiesOf(
  role: PolicyRole,
  operations: readonly NeededPermission[],
  options: PermissionOptions,
): readonly IamPolicy[] {
  const assume = role === 'member' ? [] : assumeStatement(options);
  const statements = [...statementsOf(operations, options.partition), ...assume];
  const { name, description } = titles[role];
  return packed(statements).map((part, index) => ({
    role,
    name: index === 0 ? name : `${name}${index + 1}`,
    description,
    document: documentOf(part),
  }));
}

/** Trust policy of the roles in the accounts; the external id keeps others from using the same path. */
export function trustPolicy(callerArn: string, externalId?: string): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AfterleakMayAssume',
        Effect: 'Allow',
        Principal: { AWS: callerArn },
        Action: 'sts:AssumeRole',
        ...(externalId === undefined
          ? {}
          : { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
      },
    ],
  };
}
