import type { TrailEvent } from '../../model/trail-event.ts';
import { roleKeyOf, sessionNameOf } from './rules/place.ts';
import { text } from './rules/read-member.ts';

/** What a call that begins a session of a role tells. */
export interface Assumption {
  readonly roleArn: string | null;
  readonly roleKey: string | null;
  /** The provider or trust anchor through which somebody came in. */
  readonly provider: string | null;
  /** Where a service begins the session: the name that it asked for, and the name that the session has. */
  readonly askedName: string | null;
  readonly sessionName: string | null;
}

const names = new Set(['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity', 'CreateSession']);

const noKeys: readonly string[] = [];

function beginsSession({ name, source }: TrailEvent): boolean {
  return names.has(name) && /^(?:sts|rolesanywhere)\./.test(source);
}

function isByService({ actor }: TrailEvent): boolean {
  return actor.type === 'AWSService';
}

function requestOf(event: TrailEvent): Omit<Assumption, 'sessionName'> {
  const roleArn = text(event, 'request.roleArn');
  const provider =
    text(event, 'request.principalArn', 'request.trustAnchorArn') ?? event.actor.identityProvider ?? null;
  return {
    roleArn,
    roleKey: roleArn === null ? null : roleKeyOf(roleArn),
    provider: provider?.toLowerCase() ?? null,
    askedName: isByService(event) ? text(event, 'request.roleSessionName') : null,
  };
}

/** Null for an event that begins no session of a role. */
export function assumptionOf(event: TrailEvent): Assumption | null {
  if (!beginsSession(event)) {
    return null;
  }
  const request = requestOf(event);
  const begun = isByService(event) ? text(event, 'response.assumedRoleUser.arn') : null;
  return { ...request, sessionName: (begun === null ? null : sessionNameOf(begun)) ?? request.askedName };
}

/** Keys under which an event that begins a session of a role is found; its answer is not read for them. */
export function keysOfAssumption(event: TrailEvent): readonly string[] {
  if (!beginsSession(event)) {
    return noKeys;
  }
  const { askedName, roleKey, provider } = requestOf(event);
  const keys = askedName === null ? [] : [`served ${askedName}`];
  if (roleKey !== null) {
    keys.push(`target ${roleKey}`);
  }
  if (provider !== null) {
    keys.push(`provider ${provider}`);
  }
  return keys;
}
