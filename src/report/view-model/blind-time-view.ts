import type { AuditResult } from '../../model/audit-result.ts';
import type { VerificationState } from '../../model/verification.ts';
import { durationText, millisecondsBetween } from '../text/duration.ts';
import { compareText, countOf, formatTime, typeLabel } from '../text/phrases.ts';
import { settingWords } from '../trace/trace-sections.ts';
import type { IncidentStory } from './incident-moments.ts';
import { notBroughtBack, watches } from './not-brought-back.ts';
import { listed, mapListed, type ReportContext } from './report-context.ts';
import type { Listed } from './report-view.ts';
import { failedAlterations, type TamperedThing, tamperedThings, verifiedState } from './tampered-things.ts';

export interface TamperedView {
  readonly name: string;
  readonly arn: string;
  readonly type: string;
  readonly place: string | null;
  readonly was: string | null;
  readonly now: Listed<string>;
  readonly changed: Listed<{ readonly text: string; readonly by: string; readonly eventId: string | null }>;
  /** `7 h 28 min`; null where it cannot be told. */
  readonly length: string | null;
  readonly during: string;
  readonly watches: boolean;
  /** Is it back? Null without a verification. */
  readonly back: string | null;
  readonly href: string | null;
}

/** What was altered, for how long nobody could see, and what putting it back does not bring back. */
export interface BlindTimeView {
  readonly headline: string;
  readonly sentence: string;
  readonly limits: readonly string[];
  readonly verified: boolean;
  /** Up to when “still” is true. */
  readonly asOf: string;
  readonly rows: Listed<TamperedView>;
  readonly attempts: Listed<string>;
  readonly lost: readonly { readonly kind: string; readonly sentence: string; readonly things: number }[];
}

const backWords = {
  gone: 'Back, proved',
  'still-there': 'Not back',
  changed: 'Changed again, not as it was',
  reappeared: 'Altered anew',
  'cannot-tell': 'Cannot be told',
} as const satisfies Record<VerificationState, string>;

interface Span {
  readonly from: string | null;
  /** Null while it lasts. */
  readonly to: string | null;
}

function spanOf(thing: TamperedThing, { verification }: AuditResult): Span {
  const from = thing.alterations.find(({ at }) => Number.isFinite(Date.parse(at)))?.at ?? null;
  if (verification === null || verifiedState(thing) !== 'gone' || thing.fingerprints.length > 0) {
    return { from, to: null };
  }
  const done = thing.verified
    .map(({ step }) => (step?.outcome === 'done' ? step.at : null))
    .filter((at) => at !== null)
    .sort(compareText)
    .at(-1);
  return { from, to: done ?? verification.asOf };
}

/** Without a finding nothing shows that it still is as the events left it. */
function lengthText({ from, to }: Span, asOf: string, seen: boolean): string | null {
  const length = from === null ? null : millisecondsBetween(from, to ?? asOf);
  if (length === null || length < 0) {
    return to === null && seen ? 'Still' : null;
  }
  if (to === null && !seen) {
    return null;
  }
  return `${durationText(length)}${to === null ? ' and still' : ''}`;
}

function duringText({ from, to }: Span): string {
  const start = from === null ? 'since when is not known' : `since ${formatTime(from)}`;
  return to === null ? start : `${start}, until ${formatTime(to)} at the latest`;
}

const longMessage = 130;

/** The first part of a long message; the finding’s own card holds all of it. */
function shortMessage(message: string): string {
  if (message.length <= longMessage) {
    return message;
  }
  const end = /[.:] /.exec(message.slice(40));
  return end === null ? message : `${message.slice(0, 40 + end.index)} …`;
}

/** `user/deploy in 111122223333`: an ARN is longer than a column. */
function actorText(arn: string): string {
  const [prefix, , , , account, ...resource] = arn.split(':');
  return prefix === 'arn' && account !== undefined && resource.length > 0
    ? `${resource.join(':')}${account === '' ? '' : ` in ${account}`}`
    : arn;
}

function wasText(thing: TamperedThing, { events }: AuditResult): string | null {
  const priors = (events?.priorStates ?? []).filter(({ arn }) => arn === thing.arn);
  if (priors.length > 0) {
    return priors
      .map(
        ({ what, part, value, at }) =>
          `${what.replaceAll('-', ' ')}${part === '' ? '' : ` ${part}`} as of ${formatTime(at)}: ${value}`,
      )
      .join(' · ');
  }
  return thing.type === 'trusted-service' ? 'Trusted access on' : null;
}

/** The last known value of a setting that no API shows. */
function settingNow(thing: TamperedThing, { events }: AuditResult): readonly string[] {
  const ids = new Set(thing.alterations.map(({ eventId }) => eventId));
  return (events?.settings ?? [])
    .filter(({ setting, eventId }) => setting === thing.name || ids.has(eventId))
    .map(({ setting, value }) => `${settingWords[setting]}: ${value}`);
}

function nowTexts(thing: TamperedThing, result: AuditResult, linked: boolean): readonly string[] {
  const settings = settingNow(thing, result);
  if (settings.length > 0) {
    return settings;
  }
  if (thing.type === 'trusted-service' && thing.fingerprints.length > 0 && linked) {
    return ['Trusted access off'];
  }
  return thing.messages.length > 0
    ? thing.messages.map((message) => (linked ? shortMessage(message) : message))
    : ['Altered according to the events. No finding tells whether it still differs.'];
}

function headlineOf(things: readonly TamperedThing[], result: AuditResult, asOf: string): string {
  const watchers = things.filter(watches);
  const spans = watchers.map((thing) => spanOf(thing, result));
  const first = spans
    .map(({ from }) => from)
    .filter((from) => from !== null)
    .sort(compareText)[0];
  if (things.length === 0) {
    return 'nothing known';
  }
  const altered = countOf(things.length, 'thing altered', 'things altered');
  if (first === undefined) {
    return altered;
  }
  const open = spans.some(({ to }) => to === null);
  const last = spans
    .map(({ to }) => to)
    .filter((to) => to !== null)
    .sort(compareText)
    .at(-1);
  const length = millisecondsBetween(first, open ? asOf : (last ?? asOf));
  return length === null || length < 0
    ? altered
    : `${altered}, partly blind for ${durationText(length)}${open ? ' and still' : ''}`;
}

function sentenceOf(things: readonly TamperedThing[], result: AuditResult): string {
  const watchers = things.filter(watches).length;
  if (things.length === 0) {
    return result.lineage === null
      ? 'No alteration was found. No events were followed, so an alteration that was put back unseen is not known.'
      : 'No alteration of a thing that was there before was found in what was covered.';
  }
  return watchers === 0
    ? 'None of them is known to watch or record.'
    : `${countOf(watchers, 'of them watches or records', 'of them watch or record')}: look again, by other means, at the time in which it did not.`;
}

function lostKinds(things: readonly TamperedThing[]): BlindTimeView['lost'] {
  const kinds = new Map<string, { readonly kind: string; readonly sentence: string; things: number }>();
  for (const { type, name } of things) {
    const loss = notBroughtBack(type, name);
    const known = kinds.get(loss.kind) ?? { ...loss, things: 0 };
    kinds.set(loss.kind, known);
    known.things += 1;
  }
  return [...kinds.values()];
}

function backText(thing: TamperedThing): string {
  const state = verifiedState(thing);
  if (state === null) {
    return thing.fingerprints.length > 0 ? 'Not back' : 'Not asked by the verification';
  }
  return state === 'gone' && thing.fingerprints.length > 0 ? 'Not back: a finding remains' : backWords[state];
}

export function blindTimeView(
  { result, limits }: ReportContext,
  story: IncidentStory,
  links: ReadonlyMap<string, string>,
): BlindTimeView {
  const asOf = result.verification?.asOf ?? result.asOf;
  const things = [...tamperedThings(result, story)].sort(
    (left, right) =>
      Number(watches(right)) - Number(watches(left)) ||
      Number(right.fingerprints.length > 0) - Number(left.fingerprints.length > 0) ||
      compareText(left.type, right.type) ||
      compareText(left.alterations[0]?.at ?? '', right.alterations[0]?.at ?? '') ||
      compareText(left.arn, right.arn),
  );
  const { trail } = result.coverage;
  return {
    headline: headlineOf(things, result, asOf),
    sentence: sentenceOf(things, result),
    limits: [
      ...(result.lineage === null
        ? ['No events were followed: who altered what, and when, is told only by findings.']
        : []),
      ...(trail !== null && trail.holes.length > 0
        ? [
            `${countOf(trail.holes.length, 'hole', 'holes')} in the events: an alteration in a hole is known only where a finding shows it.`,
          ]
        : []),
    ],
    verified: result.verification !== null,
    asOf: formatTime(asOf),
    rows: mapListed(things, limits.rows, (thing) => {
      const span = spanOf(thing, result);
      const href = thing.fingerprints.map((id) => links.get(id)).find((link) => link !== undefined) ?? null;
      return {
        name: thing.name,
        arn: thing.arn,
        type: typeLabel(thing.type),
        place: [thing.accountId, thing.region].filter((part) => part !== null).join('/') || null,
        was: wasText(thing, result),
        now: listed(nowTexts(thing, result, href !== null), limits.names),
        changed: mapListed(thing.alterations, limits.names, ({ at, name, by, eventId }) => ({
          text: `${formatTime(at)} ${name}`,
          by: actorText(by),
          eventId,
        })),
        length: lengthText(span, asOf, thing.fingerprints.length > 0),
        during: duringText(span),
        watches: watches(thing),
        back: result.verification === null ? null : backText(thing),
        href,
      };
    }),
    attempts: mapListed(
      failedAlterations(result),
      limits.rows,
      ({ text, at }) => `${text}, ${formatTime(at)}`,
    ),
    lost: lostKinds(things),
  };
}
