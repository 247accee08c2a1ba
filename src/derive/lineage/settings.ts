import { canonicalJson } from '../../model/canonical-json.ts';
import type { TraceResult } from '../../model/trace-result.ts';
import type { JsonValue, TrailEvent } from '../../model/trail-event.ts';
import { byText } from '../support/by-text.ts';
import type { PreparedEvent } from './prepared-event.ts';
import type { PreparedLog } from './prepared-log.ts';
import { findMember } from './rules/read-member.ts';

type Setting = TraceResult['settings'][number];
type Value = Pick<Setting, 'setting' | 'value'>;

function said(value: JsonValue | undefined): string | null {
  if (typeof value === 'string') {
    return value;
  }
  return value === undefined || value === null ? null : canonicalJson(value);
}

function members(event: TrailEvent, names: readonly string[]): string | null {
  const found = names.flatMap((name) => {
    const value = said(findMember(event.request, name));
    return value === null ? [] : [`${name} ${value}`];
  });
  return found.length === 0 ? null : found.join(', ');
}

/** The mode decides: what goes with it can look strict beside a mode that never asks. */
function mfaMode(event: TrailEvent): readonly Value[] {
  const value = members(event, ['mfaMode', 'noMfaSignInBehavior', 'allowedMfaTypes']);
  return value === null ? [] : [{ setting: 'identity-center.mfa-mode', value }];
}

function portalSession(event: TrailEvent): readonly Value[] {
  const value = members(event, ['maxAuthenticationAge', 'extendedSessionEnabledAppProviders']);
  return value === null ? [] : [{ setting: 'identity-center.portal-session', value }];
}

/** The values of a call whose members are not documented: all of them, as they were sent. */
function asSent(event: TrailEvent): string {
  return Object.keys(event.request).length === 0 ? event.name : canonicalJson(event.request);
}

function valuesOf(event: TrailEvent): readonly Value[] {
  switch (event.name.toLowerCase()) {
    case 'updatessoconfiguration':
      return [...mfaMode(event), ...portalSession(event)];
    case 'putmfadevicemanagementfordirectory':
      return [{ setting: 'identity-center.mfa-management', value: asSent(event) }];
    case 'associatedirectory':
    case 'disassociatedirectory':
      return [{ setting: 'identity-center.identity-source', value: `${event.name} ${asSent(event)}` }];
    default:
      return [];
  }
}

/** The last known value of every setting that no API shows, whoever set it. */
export function lastKnownSettings(
  log: PreparedLog,
  byIncident: (prepared: PreparedEvent) => boolean,
): TraceResult['settings'] {
  const last = new Map<string, Setting>();
  for (const prepared of log.filter(({ source }) => source.startsWith('sso.'))) {
    const { event, done } = prepared;
    for (const value of done ? valuesOf(event) : []) {
      last.set(value.setting, {
        ...value,
        at: event.time,
        eventId: event.id,
        actorArn: event.actor.arn ?? event.actor.principalId ?? event.actor.type,
        byIncident: byIncident(prepared),
      });
    }
  }
  return [...last.values()].sort(byText(({ setting }) => setting));
}
