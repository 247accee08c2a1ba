import type { ResultFinding } from '../model/audit-result.ts';
import { type Severity, severityRank, worseSeverity } from '../model/severity.ts';
import type { Verification } from '../model/verification.ts';
import type { Comparison } from './judge-finding.ts';
import type { NewThing } from './new-things.ts';
import { isEventBased } from './things.ts';
import { earliest, instant, textOf } from './times.ts';

export type NewEntry = Verification['newSince'][number] & {
  /** Nobody has answered for it: neither the baseline nor an exception. */
  readonly unexplained: boolean;
};

/** Kinds of things that are somebody, or let somebody in. */
const givesAccess: ReadonlySet<string> = new Set([
  'access-key',
  'application',
  'api-key',
  'assignment',
  'delegated-administrator',
  'directory-group',
  'directory-membership',
  'directory-user',
  'handshake',
  'iam-group',
  'iam-role',
  'iam-user',
  'identity-center-instance',
  'login-profile',
  'mfa-device',
  'oidc-provider',
  'permission-set',
  'saml-provider',
  'service-specific-credential',
  'signing-certificate',
  'ssh-public-key',
  'trusted-token-issuer',
]);

function isAnswered(finding: ResultFinding): boolean {
  return finding.exception !== undefined || finding.attribution === 'explained';
}

function ownerOfKey(arn: string): string {
  return arn.replace(/\/access-key\/[^/]*$/, '');
}

/**
 * The step that asked for a new key of this user. It excuses nothing: an intruder can make a key in the same minute; the
 * owner's word, as a reviewed entry of the baseline, does.
 */
function rotationOf(thing: NewThing, { log }: Comparison): string | null {
  const user = ownerOfKey(thing.arn);
  const found =
    thing.type === 'access-key'
      ? log.finishedSteps('access-key.rotate').find(({ step }) => ownerOfKey(step.target.arn) === user)
      : undefined;
  return found?.step.id ?? null;
}

function madeText(thing: NewThing, actor: string | null, after: boolean): string {
  const by = actor === null ? '' : ` by ${actor}`;
  if (thing.at === null) {
    return `new${by}; nothing tells when it was made`;
  }
  return `made at ${textOf(thing.at)}${by}${after ? ', after the clean-up' : ''}`;
}

function entryOfThing(thing: NewThing, comparison: Comparison): NewEntry {
  const { containedAt } = comparison.log;
  const findings = thing.findings.toSorted(
    (left, right) => severityRank(left.severity) - severityRank(right.severity),
  );
  const [loudest] = findings;
  const afterCleanUp = thing.at !== null && containedAt !== null && thing.at > containedAt;
  const access = givesAccess.has(thing.type);
  const rotation = rotationOf(thing, comparison);
  const reviewed = thing.row?.inBaseline === true || (findings.length > 0 && findings.every(isAnswered));
  const unexplained = !reviewed;
  const actor =
    findings.flatMap(({ provenance }) => provenance).at(0)?.actorArn ?? [...thing.makers][0] ?? null;
  const reported =
    loudest === undefined ? '' : `; reported: ${findings.map(({ title }) => title).join('; ')}`;
  const asked =
    rotation === null
      ? ''
      : ` (step ${rotation} asked for a new key of this user: if its owner made it, review it into the baseline)`;
  const answered = reviewed ? ' (reviewed in the baseline or accepted)' : asked;
  const ownSeverity: Severity = access
    ? afterCleanUp
      ? 'critical'
      : 'high'
    : afterCleanUp
      ? 'high'
      : 'medium';
  return {
    fingerprint: loudest?.fingerprint ?? null,
    subject: {
      arn: thing.arn,
      ...(thing.uniqueId === null ? {} : { uniqueId: thing.uniqueId }),
      type: thing.type,
      accountId: thing.accountId,
      region: thing.region,
      name: thing.name,
    },
    what: `${thing.type} ${madeText(thing, actor, afterCleanUp)}${reported}${answered}`,
    at: thing.at === null ? null : textOf(thing.at),
    afterCleanUp,
    severity: unexplained
      ? findings.map(({ severity }) => severity).reduce(worseSeverity, ownSeverity)
      : (loudest?.severity ?? 'info'),
    unexplained,
  };
}

function entryOfFinding(finding: ResultFinding, comparison: Comparison): NewEntry {
  const { earlierAnswers, log } = comparison;
  const at = earliest(finding.provenance.map(({ eventTime }) => instant(eventTime)));
  const before = earlierAnswers.of(finding.check, comparison.answers.unitsOf(finding));
  const first =
    before.state === 'complete' ? '' : 'seen for the first time (the earlier run had no full answer here): ';
  return {
    fingerprint: finding.fingerprint,
    subject: { ...finding.subject },
    what: `${first}${finding.title}: ${finding.message}`,
    at: at === null ? null : textOf(at),
    afterCleanUp: at !== null && log.containedAt !== null && at > log.containedAt,
    severity: finding.severity,
    unexplained: finding.decision !== 'harden' && !isAnswered(finding),
  };
}

function loudestFirst(left: NewEntry, right: NewEntry): number {
  return (
    Number(right.unexplained) - Number(left.unexplained) ||
    severityRank(left.severity) - severityRank(right.severity) ||
    Number(right.afterCleanUp) - Number(left.afterCleanUp) ||
    (left.at ?? '').localeCompare(right.at ?? '') ||
    (left.subject.arn < right.subject.arn ? -1 : left.subject.arn > right.subject.arn ? 1 : 0) ||
    ((left.fingerprint ?? '') < (right.fingerprint ?? '') ? -1 : 1)
  );
}

/**
 * What was not there before, loudest first. One entry per new thing, with all that is reported of it, and one per new finding
 * about a known thing. `successors` are findings that took the place of an earlier one (`changed`): those are told there.
 */
export function newSince(
  comparison: Comparison,
  things: readonly NewThing[],
  successors: ReadonlySet<string>,
): readonly NewEntry[] {
  const { earlier, now } = comparison;
  const had = new Set(earlier.findings.map(({ fingerprint }) => fingerprint));
  const mentioned = new Set(earlier.findings.map(({ subject }) => subject.arn));
  const covered = new Set(things.map(({ arn }) => arn));
  const findings = now.findings.filter(
    ({ check, fingerprint, subject }) =>
      !(had.has(fingerprint) || successors.has(fingerprint) || covered.has(subject.arn)) &&
      // How a thing that was reported before was made is no news.
      !(isEventBased(check) && mentioned.has(subject.arn)),
  );
  return [
    ...things.map((thing) => entryOfThing(thing, comparison)),
    ...findings.map((finding) => entryOfFinding(finding, comparison)),
  ].sort(loudestFirst);
}
