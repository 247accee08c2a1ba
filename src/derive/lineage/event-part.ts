import type { TrailEvent } from '../../model/trail-event.ts';
import { type MemberPath, text } from './rules/read-member.ts';

const iam = 'iam.amazonaws.com';
const sso = 'sso.amazonaws.com';

/** What of the thing a call names, by event source; the name of the call says which members are parts and which are the thing. */
const parts: readonly {
  readonly source: string;
  readonly name: RegExp;
  readonly paths: readonly MemberPath[];
}[] = [
  { source: iam, name: /^(?:Attach|Detach)\w+Policy$/, paths: ['request.policyArn'] },
  { source: iam, name: /^(?:Put|Delete)(?:User|Role|Group)Policy$/, paths: ['request.policyName'] },
  {
    source: iam,
    name: /PolicyVersion$/,
    paths: ['request.versionId', 'response.policyVersion.versionId'],
  },
  { source: iam, name: /PermissionsBoundary$/, paths: ['request.permissionsBoundary'] },
  {
    source: sso,
    name: /^(?:Attach|Detach)\w+PermissionSet$/,
    paths: ['request.managedPolicyArn', 'request.customerManagedPolicyReference.name'],
  },
  { source: 'organizations.amazonaws.com', name: /^(?:Attach|Detach)Policy$/, paths: ['request.targetId'] },
  { source: 'organizations.amazonaws.com', name: /PolicyType$/, paths: ['request.policyType'] },
  {
    source: 'organizations.amazonaws.com',
    name: /^MoveAccount$/,
    paths: ['request.sourceParentId'],
  },
  {
    source: 'lambda.amazonaws.com',
    name: /^(?:Add|Remove)(?:LayerVersion)?Permission$/,
    paths: ['request.statementId'],
  },
];

/** What a restore must know besides the thing: the policy that was attached, the version that was made the default. */
export function partOf(event: TrailEvent): string | null {
  const found = parts.find(({ source, name }) => source === event.source && name.test(event.name));
  return found === undefined ? null : text(event, ...found.paths);
}
