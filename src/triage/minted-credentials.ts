import type { MintedCredential } from '../model/triage-result.ts';
import { actionOf, type HistoryEvent, numberAt, textAt } from './history-event.ts';

type Made = Pick<MintedCredential, 'kind' | 'credential' | 'principal'> & {
  /** Seconds that it can live at most; null: no end by itself. */
  readonly seconds: number | null;
};

type Rule = (event: HistoryEvent) => Made | null;

const hour = 3600;
const consoleSeconds = 12 * hour;

function session(event: HistoryEvent, principal: string | null, defaultSeconds: number): Made {
  return {
    kind: 'session',
    credential: textAt(event.response, 'credentials', 'accessKeyId'),
    principal,
    seconds: numberAt(event.request, 'durationSeconds') ?? defaultSeconds,
  };
}

/** A root user's own tokens end after an hour whatever was asked. */
function userToken(event: HistoryEvent, principal: string | null): Made {
  const made = session(event, principal, consoleSeconds);
  return event.actorType === 'Root' ? { ...made, seconds: hour } : made;
}

function roleSession(event: HistoryEvent): Made {
  const role = textAt(event.request, 'roleArn') ?? textAt(event.response, 'assumedRoleUser', 'arn');
  return session(event, role, hour);
}

/** What hands out credentials, with the longest life where the request names none (aws-apis: STS defaults). */
const rules: Readonly<Record<string, Rule>> = {
  'sts:GetFederationToken': (event) => userToken(event, textAt(event.response, 'federatedUser', 'arn')),
  'sts:GetSessionToken': (event) => userToken(event, event.actorArn),
  'sts:AssumeRole': roleSession,
  'sts:AssumeRoleWithSAML': roleSession,
  'sts:AssumeRoleWithWebIdentity': roleSession,
  'sts:AssumeRoot': (event) => session(event, textAt(event.request, 'targetPrincipal'), 900),
  'iam:CreateAccessKey': (event) => ({
    kind: 'access-key',
    credential: textAt(event.response, 'accessKey', 'accessKeyId'),
    principal: textAt(event.response, 'accessKey', 'userName') ?? textAt(event.request, 'userName'),
    seconds: null,
  }),
  'iam:CreateLoginProfile': password,
  'iam:UpdateLoginProfile': password,
  'iam:CreateServiceSpecificCredential': (event) => ({
    kind: 'service-credential',
    credential: textAt(event.response, 'serviceSpecificCredential', 'serviceSpecificCredentialId'),
    principal:
      textAt(event.request, 'userName') ?? textAt(event.response, 'serviceSpecificCredential', 'userName'),
    seconds: null,
  }),
  'signin:GetSigninToken': (event) => ({
    kind: 'console-sign-in',
    credential: textAt(event.response, 'credentials', 'accessKeyId'),
    principal: event.actorArn,
    seconds: consoleSeconds,
  }),
  'signin:ConsoleLogin': (event) =>
    textAt(event.response, 'ConsoleLogin') === 'Failure'
      ? null
      : { kind: 'console-sign-in', credential: null, principal: event.actorArn, seconds: consoleSeconds },
};

function password(event: HistoryEvent): Made {
  return {
    kind: 'console-password',
    credential: null,
    principal: textAt(event.request, 'userName') ?? event.userName,
    seconds: null,
  };
}

export function mints(event: Pick<HistoryEvent, 'service' | 'name'>): boolean {
  return Object.hasOwn(rules, actionOf(event));
}

/** What the events handed out, oldest first. `now`: milliseconds since the epoch. */
export function mintedCredentials(events: readonly HistoryEvent[], now: number): readonly MintedCredential[] {
  return events
    .filter((event) => event.errorCode === null)
    .flatMap((event): readonly MintedCredential[] => {
      const rule = Object.hasOwn(rules, actionOf(event)) ? rules[actionOf(event)] : undefined;
      const made = rule?.(event) ?? null;
      if (made === null) {
        return [];
      }
      const end = made.seconds === null ? null : Date.parse(event.at) + made.seconds * 1000;
      return [
        {
          kind: made.kind,
          action: actionOf(event),
          credential: made.credential,
          principal: made.principal,
          madeBy: event.accessKeyId ?? event.actorArn ?? 'unknown',
          at: event.at,
          region: event.region,
          eventId: event.id,
          expiresAt: end === null ? null : new Date(end).toISOString(),
          alive: end === null || end > now,
          calls: null,
        },
      ];
    })
    .sort((left, right) =>
      left.at < right.at || (left.at === right.at && left.eventId < right.eventId) ? -1 : 1,
    );
}
