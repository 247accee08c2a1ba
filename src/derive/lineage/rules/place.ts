import type { TrailEvent } from '../../../model/trail-event.ts';

/** The account that a name without an ARN belongs to: the one whose trail holds the record. */
export function accountOf(event: TrailEvent): string {
  return event.accountId ?? event.actor.accountId ?? '';
}

/** The Identity Center user who acts; older records give his id as principal of an unknown type. */
export function directoryUserOf({ actor, source }: TrailEvent): string | null {
  const named = actor.type === 'Unknown' && /^(?:sso|signin)\./.test(source) ? actor.principalId : null;
  const id = actor.onBehalfOfUserId ?? (named === '' ? null : named);
  return id?.toLowerCase() ?? null;
}

export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) {
    return 'aws-cn';
  }
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

export interface ParsedArn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

/** -1 where there was no colon already. */
function nextColon(value: string, colon: number): number {
  return colon === -1 ? -1 : value.indexOf(':', colon + 1);
}

/** Null for what is no ARN. Called for every event: cut by position, without lists of parts. */
export function parseArn(value: string): ParsedArn | null {
  if (!value.startsWith('arn:')) {
    return null;
  }
  const partitionEnd = nextColon(value, 'arn'.length);
  const serviceEnd = nextColon(value, partitionEnd);
  const regionEnd = nextColon(value, serviceEnd);
  const accountEnd = nextColon(value, regionEnd);
  return accountEnd === -1
    ? null
    : {
        partition: value.slice('arn:'.length, partitionEnd),
        service: value.slice(partitionEnd + 1, serviceEnd),
        region: value.slice(serviceEnd + 1, regionEnd),
        accountId: value.slice(regionEnd + 1, accountEnd),
        resource: value.slice(accountEnd + 1),
      };
}

/** Forwards: an ARN has few marks, and `lastIndexOf` is several times slower than `indexOf`. */
function lastOf(text: string, mark: string): number {
  let last = -1;
  for (let found = text.indexOf(mark); found !== -1; found = text.indexOf(mark, found + 1)) {
    last = found;
  }
  return last;
}

/** What follows the last slash or colon of an ARN's resource. */
export function lastPartOf(resource: string): string {
  return resource.slice(Math.max(lastOf(resource, '/'), lastOf(resource, ':')) + 1);
}

/** The last part of an ARN's resource; anything else unchanged. */
export function nameOf(value: string): string {
  const parsed = parseArn(value);
  return parsed === null ? value : lastPartOf(parsed.resource);
}

/** IAM names are unique in an account whatever their path and case. */
export function principalKey(type: string, accountId: string, name: string): string {
  return `${type} ${accountId} ${name.toLowerCase()}`;
}

export function roleKeyOf(roleArn: string): string {
  const parsed = parseArn(roleArn);
  return parsed === null
    ? principalKey('iam-role', '', roleArn)
    : principalKey('iam-role', parsed.accountId, lastPartOf(parsed.resource));
}

function upToSlash(text: string): string {
  const slash = text.indexOf('/');
  return slash === -1 ? text : text.slice(0, slash);
}

/** Empty where there is no slash. */
function afterLastSlash(text: string): string {
  const slash = lastOf(text, '/');
  return slash === -1 ? '' : text.slice(slash + 1);
}

/** User, role, root, or the role behind a session; null for everything else. */
export function principalKeyOf(arn: string): string | null {
  const parsed = parseArn(arn);
  if (parsed === null) {
    return null;
  }
  const { accountId, resource } = parsed;
  switch (upToSlash(resource)) {
    case 'user':
      return principalKey('iam-user', accountId, afterLastSlash(resource));
    case 'role':
      return principalKey('iam-role', accountId, afterLastSlash(resource));
    case 'assumed-role':
      return principalKey('iam-role', accountId, upToSlash(resource.slice('assumed-role/'.length)));
    case 'root':
      return `root-user ${accountId}`;
    default:
      return null;
  }
}

/** Session name of an assumed-role ARN. */
export function sessionNameOf(arn: string): string | null {
  const resource = parseArn(arn)?.resource;
  if (resource?.startsWith('assumed-role/') !== true) {
    return null;
  }
  const roleEnd = resource.indexOf('/', 'assumed-role/'.length);
  return roleEnd === -1 ? null : resource.slice(roleEnd + 1);
}
