import type { BaselineView } from '../model/check.ts';
import type { ResourceFact } from '../model/evidence/derived.ts';
import type { GeneralSignal, Sighting, Signal } from '../model/finding.ts';
import type { Incident } from '../model/incident.ts';
import type { Ownership } from '../model/ownership.ts';
import type { LineageIndex } from './lineage/lineage-proof.ts';

export interface SignalSources {
  readonly incident: Incident | null;
  readonly baseline: BaselineView | null;
  readonly organizationAccountIds: ReadonlySet<string> | null;
  /** What ownership files claim; null without one. */
  readonly ownership: Ownership | null;
  /** What CloudTrail proves; null without a trail. */
  readonly lineage: LineageIndex | null;
}

const accountInArn = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/;

function signal(code: GeneralSignal, fact: string, source: string): Signal {
  return { code, fact, source };
}

function within(time: string | null, incident: Incident | null): boolean {
  return (
    time !== null && incident?.window != null && time >= incident.window.from && time < incident.window.to
  );
}

function timeSignals(fact: ResourceFact, incident: Incident | null): readonly Signal[] {
  const made = within(fact.createdAt, incident);
  const changed = within(fact.modifiedAt, incident);
  if (!made && !changed) {
    return [];
  }
  const what = made ? `created ${fact.createdAt}` : `changed ${fact.modifiedAt}`;
  return [signal('in-window', `${what}, inside the incident window`, 'resources')];
}

function baselineSignals(fact: ResourceFact, baseline: BaselineView | null): readonly Signal[] {
  if (baseline === null) {
    return [];
  }
  const entry = baseline.find(fact.type, fact.arn);
  if (entry === null) {
    return [signal('not-in-baseline', `the baseline of ${baseline.capturedAt} does not hold it`, 'baseline')];
  }
  const otherId = entry.uniqueId !== null && fact.uniqueId !== null && entry.uniqueId !== fact.uniqueId;
  const otherContent =
    entry.contentSha256 !== null && fact.contentSha256 !== null && entry.contentSha256 !== fact.contentSha256;
  if (!otherId && !otherContent) {
    return [];
  }
  const text = otherId
    ? `unique id is ${fact.uniqueId}, was ${entry.uniqueId}: re-created`
    : 'its content differs';
  return [signal('changed-since-baseline', text, 'baseline')];
}

function incidentSignals(
  sighting: Sighting,
  fact: ResourceFact | null,
  incident: Incident | null,
): readonly Signal[] {
  if (incident === null) {
    return [];
  }
  const { arn, name } = sighting.subject;
  const { compromised, indicators, trusted } = incident;
  const keys = new Set(compromised.accessKeyIds);
  const isCompromised =
    compromised.principals.some((principal) => arn === principal || arn.startsWith(`${principal}/`)) ||
    keys.has(name) ||
    keys.has(sighting.discriminator ?? '');
  const codeMatches = fact?.contentSha256 != null && indicators.codeSha256.includes(fact.contentSha256);
  const matches = indicators.names.includes(name) || codeMatches;
  const isTrusted = trusted.roles.includes(arn) || trusted.identityProviders.includes(arn);
  return [
    ...(isCompromised
      ? [signal('compromised-principal', 'named as compromised in the incident file', 'incident')]
      : []),
    ...(matches ? [signal('indicator-match', 'matches an indicator of the incident file', 'incident')] : []),
    ...(isTrusted
      ? [signal('trusted-by-incident-file', 'named as trusted in the incident file', 'incident')]
      : []),
  ];
}

/** Who claims it, for the question; a change by that tool inside the window is in-window like any other. */
function ownerSignals(fact: ResourceFact | null, { ownership, incident }: SignalSources): readonly Signal[] {
  if (ownership == null || fact === null) {
    return [];
  }
  const owned = ownership.ownerOf(fact);
  if (owned === null) {
    return [signal('not-owned-by-code', 'no ownership file names it', 'owners')];
  }
  const touched = `changed ${owned.touchedAt} by ${owned.owner}, inside the incident window`;
  return [
    signal('owned-by-code', `claimed by ${owned.owner}`, 'owners'),
    ...(within(owned.touchedAt, incident) ? [signal('in-window', touched, 'owners')] : []),
  ];
}

/** The general signals of one sighting, from what is known of its subject; the check's own signals come first. */
export function signalsOf(
  sighting: Sighting,
  fact: ResourceFact | null,
  sources: SignalSources,
): readonly Signal[] {
  const { arn } = sighting.subject;
  const accountId = accountInArn.exec(arn)?.[1];
  const outside =
    accountId !== undefined &&
    sources.organizationAccountIds !== null &&
    !sources.organizationAccountIds.has(accountId);
  const known =
    fact === null ? [] : [...timeSignals(fact, sources.incident), ...baselineSignals(fact, sources.baseline)];
  return [
    ...(sighting.signals ?? []),
    ...known,
    ...incidentSignals(sighting, fact, sources.incident),
    ...(outside
      ? [
          signal(
            'outside-account',
            `account ${accountId} is not in the organization`,
            'organizations.accounts',
          ),
        ]
      : []),
    ...ownerSignals(fact, sources),
  ];
}
