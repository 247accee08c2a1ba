import { canonicalJson } from '../../model/canonical-json.ts';
import type { PriorState } from '../../model/trace-result.ts';
import type { TrailEvent } from '../../model/trail-event.ts';
import { byText } from '../support/by-text.ts';
import type { Called } from './called.ts';
import type { Lives } from './lives.ts';
import { policyText } from './policy-text.ts';
import type { PreparedEvent } from './prepared-event.ts';
import type { PreparedLog } from './prepared-log.ts';
import { parseArn, roleKeyOf } from './rules/place.ts';
import { type MemberPath, member, text } from './rules/read-member.ts';

/** What an event sets: of which thing, which part, and to what; null = it was taken away, or the event does not tell. */
interface Statement {
  readonly what: PriorState['what'];
  readonly part: string;
  readonly value: string | null;
}

/** Null = the event says nothing of it: a description was changed, not the duration. */
type Reader = (event: TrailEvent) => Statement | null;

/** A document that is no JSON was cut off in the log: its value is not known. */
function documentAt(event: TrailEvent, ...paths: readonly MemberPath[]): string | null {
  const document = text(event, ...paths);
  return document === null ? null : (policyText(document)?.text ?? null);
}

const policyMember =
  (what: PriorState['what'], path: MemberPath): Reader =>
  (event) => ({ what, part: '', value: documentAt(event, path) });

const inlinePolicy: Reader = (event) => ({
  what: 'inline-policy',
  part: text(event, 'request.policyName') ?? '',
  value: documentAt(event, 'request.policyDocument', 'request.inlinePolicy'),
});

const sessionDuration: Reader = (event) => {
  const value = text(event, 'request.sessionDuration', 'response.permissionSet.sessionDuration');
  return value === null ? null : { what: 'session-duration', part: '', value };
};

/** Both kinds of selectors as the request named them: a restore gives back the same members. */
const eventSelectors: Reader = (event) => {
  const own = (['eventSelectors', 'advancedEventSelectors'] as const).flatMap((name) => {
    const value = member(event, `request.${name}`);
    return Array.isArray(value) && value.length > 0 ? [[name, value] as const] : [];
  });
  return {
    what: 'event-selectors',
    part: '',
    value: own.length === 0 ? null : canonicalJson(Object.fromEntries(own)),
  };
};

const roleTrust = policyMember('role-trust', 'request.policyDocument');
const organizationPolicy = policyMember('organization-policy', 'request.content');
/** An update may change the name alone. */
const updatedPolicy: Reader = (event) =>
  text(event, 'request.content') === null ? null : organizationPolicy(event);

const readers: Readonly<Record<string, Reader>> = {
  'iam.amazonaws.com:CreateRole': policyMember('role-trust', 'request.assumeRolePolicyDocument'),
  'iam.amazonaws.com:UpdateAssumeRolePolicy': roleTrust,
  'iam.amazonaws.com:PutRolePolicy': inlinePolicy,
  'iam.amazonaws.com:PutUserPolicy': inlinePolicy,
  'iam.amazonaws.com:PutGroupPolicy': inlinePolicy,
  'iam.amazonaws.com:DeleteRolePolicy': inlinePolicy,
  'iam.amazonaws.com:DeleteUserPolicy': inlinePolicy,
  'iam.amazonaws.com:DeleteGroupPolicy': inlinePolicy,
  'sso.amazonaws.com:PutInlinePolicyToPermissionSet': inlinePolicy,
  'sso.amazonaws.com:DeleteInlinePolicyFromPermissionSet': inlinePolicy,
  'sso.amazonaws.com:CreatePermissionSet': sessionDuration,
  'sso.amazonaws.com:UpdatePermissionSet': sessionDuration,
  'organizations.amazonaws.com:CreatePolicy': organizationPolicy,
  'organizations.amazonaws.com:UpdatePolicy': updatedPolicy,
  'cloudtrail.amazonaws.com:PutEventSelectors': eventSelectors,
};

const readersByName = new Map(Object.entries(readers));

function readerOf({ source, name }: Called): Reader | null {
  return readersByName.get(`${source}:${name}`) ?? null;
}

/** ARNs with their paths, as calls by and into a role tell them: its own changes give the bare name alone. */
class RoleArns {
  readonly #told = new Map<string, string>();
  readonly #seen = new Set<string>();

  add(event: TrailEvent): void {
    const { sessionIssuerArn } = event.actor;
    if (sessionIssuerArn !== null) {
      this.#learn(sessionIssuerArn);
    }
    const isTold = event.errorCode === null && (event.name === 'AssumeRole' || event.name === 'CreateRole');
    const told = isTold
      ? text(event, event.name === 'AssumeRole' ? 'request.roleArn' : 'response.role.arn')
      : null;
    if (told !== null) {
      this.#learn(told);
    }
  }

  of(key: string): string | null {
    return this.#told.get(key) ?? null;
  }

  #learn(arn: string): void {
    if (!this.#seen.has(arn) && parseArn(arn)?.resource.startsWith('role/') === true) {
      this.#told.set(roleKeyOf(arn), arn);
    }
    this.#seen.add(arn);
  }
}

interface Known {
  readonly arn: string | null;
  /** Null: taken away, not told, or set by somebody who cannot be told from the intruder. */
  readonly value: string | null;
  readonly at: string;
  readonly eventId: string;
}

interface Prior extends Omit<Statement, 'value'> {
  readonly known: Known;
  /** When the incident changed it. */
  readonly changedAt: string;
}

/** What is known of one thing, by its parts. */
class Thing {
  readonly #latest = new Map<string, Known>();
  readonly #priors = new Map<string, Prior>();

  /** Made anew under the name of something deleted it is another thing. Within one second the order says nothing. */
  begin(at: string): void {
    for (const [part, known] of this.#latest) {
      if (known.at !== at) {
        this.#latest.delete(part);
      }
    }
    this.#priors.clear();
  }

  end(): void {
    this.#latest.clear();
  }

  set({ what, part, value }: Statement, doer: Doer, by: Omit<Known, 'value'>): void {
    const key = `${what}\n${part}`;
    const known = this.#latest.get(key);
    if (doer === 'incident') {
      if (known !== undefined && known.value !== null) {
        this.#priors.set(key, { what, part, known, changedAt: by.at });
      }
      return;
    }
    this.#latest.set(key, { ...by, value: doer === 'other' ? value : null });
    // Its owner has decided anew since: to put the older value back would undo that.
    if (doer === 'other' && (this.#priors.get(key)?.changedAt ?? by.at) !== by.at) {
      this.#priors.delete(key);
    }
  }

  priors(): readonly Prior[] {
    return [...this.#priors.values()];
  }
}

/** Who did an event: the incident, somebody else, or somebody who cannot be told from the incident. */
export type Doer = 'incident' | 'other' | 'unclear';

function isRead(called: Called): boolean {
  return readerOf(called) !== null;
}

/** Keys of the things of which the incident changed what is read here. */
function thingsChanged(log: PreparedLog, doerOf: (prepared: PreparedEvent) => Doer): ReadonlySet<string> {
  const keys = new Set<string>();
  log.eachPlace(isRead, (place) => {
    const prepared = log.passing(place);
    const isChange = prepared?.done === true && doerOf(prepared) === 'incident';
    const [act] = isChange ? prepared.passingActs() : [];
    if (act !== undefined) {
      keys.add(act.seed.key);
    }
  });
  return keys;
}

/** Places of the events that begin, end or tell one of these things; and of others now and then. */
function placesOfThings(
  log: PreparedLog,
  lives: Lives,
  keys: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<number>> {
  const places = new Map([...keys].map((key) => [key, new Set(lives.placesOf(key))]));
  if (places.size > 0) {
    log.eachPlace(isRead, (place) => {
      const prepared = log.passing(place);
      const [act] = prepared?.done === true ? prepared.passingActs() : [];
      places.get(act?.seed.key ?? '')?.add(place);
    });
  }
  return places;
}

function priorsOf(
  key: string,
  places: ReadonlySet<number>,
  log: PreparedLog,
  doerOf: (prepared: PreparedEvent) => Doer,
): readonly Prior[] {
  const thing = new Thing();
  for (const place of [...places].sort((left, right) => left - right)) {
    const passing = log.passing(place);
    const [act] = passing?.done === true ? passing.passingActs() : [];
    if (passing === undefined || act?.seed.key !== key) {
      continue;
    }
    const { event } = passing;
    if (act.relation === 'created') {
      thing.begin(event.time);
    } else if (act.relation === 'deleted') {
      thing.end();
    }
    const statement = readerOf(event)?.(event) ?? null;
    if (statement !== null) {
      thing.set(statement, doerOf(passing), { arn: act.seed.arn, at: event.time, eventId: event.id });
    }
  }
  return thing.priors();
}

/**
 * How things were before the incident changed them: the latest value that a successful event of somebody else told, from
 * any time that was read. Never a value that the intruder may have set; nothing where it is not known.
 */
export function priorStates(
  log: PreparedLog,
  lives: Lives,
  doerOf: (prepared: PreparedEvent) => Doer,
): PriorState[] {
  const found = [...placesOfThings(log, lives, thingsChanged(log, doerOf))].flatMap(([key, places]) =>
    priorsOf(key, places, log, doerOf).map((prior) => ({ key, ...prior })),
  );
  const arns = new RoleArns();
  for (const event of found.length === 0 ? [] : log.events) {
    arns.add(event);
  }
  return found
    .flatMap(({ key, what, part, known: { value, at, eventId, ...known } }) => {
      const arn = arns.of(key) ?? known.arn;
      return arn === null || value === null ? [] : [{ arn, what, part, value, at, eventId }];
    })
    .sort(byText(({ arn, what, part }) => [arn, what, part].join('\n')));
}
