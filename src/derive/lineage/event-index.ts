import { type ActorView, type ArnParts, viewOfEvent } from './actor-view.ts';
import type { PreparedEvent } from './prepare-events.ts';
import { roleKeyOf } from './rules/place.ts';
import { text } from './rules/read-member.ts';

/** Where events of an unknown session are looked for: by the minute in which it was made. */
export function minuteOf(at: number): string {
  return String(Math.floor(at / 60_000));
}

const assumptions = new Set([
  'AssumeRole',
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
  'CreateSession',
]);

export function isAssumption({ event }: PreparedEvent): boolean {
  return assumptions.has(event.name) && /^(?:sts|rolesanywhere)\./.test(event.source);
}

/** The provider or trust anchor through which somebody came in. */
export function providerOf({ event }: PreparedEvent): string | null {
  const named =
    text(event, 'request.principalArn', 'request.trustAnchorArn') ?? event.actor.identityProvider ?? null;
  return named?.toLowerCase() ?? null;
}

/** Service roles of Identity Center, made in the accounts after an assignment. */
export function reservedRoleOf({ event }: PreparedEvent): string | null {
  const name = event.source === 'iam.amazonaws.com' ? text(event, 'request.roleName') : null;
  const byService = event.actor.invokedBy === 'sso.amazonaws.com' || event.sourceIp === 'sso.amazonaws.com';
  return byService && name?.startsWith('AWSReservedSSO_') ? name : null;
}

function keysOf(prepared: PreparedEvent, view: ActorView, named: ReadonlySet<string>): readonly string[] {
  const { event } = prepared;
  const keys: string[] = [];
  if (view.accessKeyId !== null) {
    keys.push(`key ${view.accessKeyId}`);
  }
  if (view.arn !== null) {
    keys.push(
      `arn ${view.arn} ${view.sessionCreatedAt === null ? 'unknown' : minuteOf(view.sessionCreatedAt)}`,
    );
    if (named.has(view.arn)) {
      keys.push(`named ${view.arn}`);
    }
  }
  if (view.principalKey !== null) {
    keys.push(`principal ${view.principalKey}`);
  }
  if (view.principalKey !== null && view.sessionName !== null) {
    keys.push(`runner ${view.principalKey} ${view.sessionName}`);
    if (view.sessionName.startsWith('i-')) {
      keys.push(`instance ${view.sessionName}`);
    }
  }
  if (view.directoryUserId !== null) {
    keys.push(`directory ${view.directoryUserId}`);
  }
  if (view.switchedFrom !== null) {
    keys.push(`switch ${view.switchedFrom}`);
  }
  if (view.arn !== null && view.invokedBy !== null) {
    keys.push(`forwarded ${view.arn} ${view.invokedBy}`);
  }
  if (isAssumption(prepared)) {
    const role = text(event, 'request.roleArn');
    const provider = providerOf(prepared);
    const sessionName = event.actor.type === 'AWSService' ? text(event, 'request.roleSessionName') : null;
    keys.push(...(sessionName === null ? [] : [`served ${sessionName}`]));
    keys.push(...(role === null ? [] : [`target ${roleKeyOf(role)}`]));
    keys.push(...(provider === null ? [] : [`provider ${provider}`]));
  }
  return keys;
}

/** Finds the events that a new fact may concern without reading the others. */
export class EventIndex {
  readonly views: readonly ActorView[];
  readonly #byKey = new Map<string, number[]>();

  /** @param named ARNs that people named: only these are looked up by the whole ARN */
  constructor(events: readonly PreparedEvent[], named: ReadonlySet<string>) {
    const views: ActorView[] = [];
    const arns = new Map<string, ArnParts>();
    events.forEach((prepared, index) => {
      const view = viewOfEvent(prepared, arns);
      views.push(view);
      for (const key of keysOf(prepared, view, named)) {
        const list = this.#byKey.get(key);
        if (list === undefined) {
          this.#byKey.set(key, [index]);
        } else {
          list.push(index);
        }
      }
    });
    this.views = views;
  }

  find(key: string): readonly number[] {
    return this.#byKey.get(key) ?? [];
  }
}
