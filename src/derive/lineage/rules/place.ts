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

/** Null for what is no ARN. */
export function parseArn(value: string): ParsedArn | null {
  const [prefix, partition = '', service = '', region = '', accountId = '', ...rest] = value.split(':');
  return prefix === 'arn' && rest.length > 0
    ? { partition, service, region, accountId, resource: rest.join(':') }
    : null;
}

/** The last part of an ARN's resource; anything else unchanged. */
export function nameOf(value: string): string {
  const parsed = parseArn(value);
  return parsed === null ? value : (parsed.resource.split(/[/:]/).at(-1) ?? value);
}

/** IAM names are unique in an account whatever their path and case. */
export function principalKey(type: string, accountId: string, name: string): string {
  return `${type} ${accountId} ${name.toLowerCase()}`;
}

export function roleKeyOf(roleArn: string): string {
  const parsed = parseArn(roleArn);
  return principalKey('iam-role', parsed?.accountId ?? '', nameOf(roleArn));
}

/** User, role, root, or the role behind a session; null for everything else. */
export function principalKeyOf(arn: string): string | null {
  const parsed = parseArn(arn);
  if (parsed === null) {
    return null;
  }
  const [kind = '', ...rest] = parsed.resource.split('/');
  if (kind === 'user') {
    return principalKey('iam-user', parsed.accountId, rest.at(-1) ?? '');
  }
  if (kind === 'role') {
    return principalKey('iam-role', parsed.accountId, rest.at(-1) ?? '');
  }
  if (kind === 'assumed-role') {
    return principalKey('iam-role', parsed.accountId, rest[0] ?? '');
  }
  return kind === 'root' ? `root-user ${parsed.accountId}` : null;
}

/** Session name of an assumed-role ARN. */
export function sessionNameOf(arn: string): string | null {
  const parsed = parseArn(arn);
  const [kind, , ...rest] = parsed?.resource.split('/') ?? [];
  return kind === 'assumed-role' && rest.length > 0 ? rest.join('/') : null;
}
