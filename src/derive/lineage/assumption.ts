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

/** Null for an event that begins no session of a role. */
export function assumptionOf(event: TrailEvent): Assumption | null {
  if (!names.has(event.name) || !/^(?:sts|rolesanywhere)\./.test(event.source)) {
    return null;
  }
  const { actor } = event;
  const roleArn = text(event, 'request.roleArn');
  const provider =
    text(event, 'request.principalArn', 'request.trustAnchorArn') ?? actor.identityProvider ?? null;
  const byService = actor.type === 'AWSService';
  const askedName = byService ? text(event, 'request.roleSessionName') : null;
  const begun = byService ? text(event, 'response.assumedRoleUser.arn') : null;
  return {
    roleArn,
    roleKey: roleArn === null ? null : roleKeyOf(roleArn),
    provider: provider?.toLowerCase() ?? null,
    askedName,
    sessionName: (begun === null ? null : sessionNameOf(begun)) ?? askedName,
  };
}
