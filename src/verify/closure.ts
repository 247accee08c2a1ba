import type { AuditResult, ResultFinding } from '../model/audit-result.ts';
import { closureControls } from '../model/closure-control.ts';
import type { Verification } from '../model/verification.ts';
import { coverageCriteria } from './closure-coverage.ts';
import type { Comparison } from './judge-finding.ts';
import type { NewEntry } from './new-since.ts';
import type { LivingSession } from './sessions.ts';
import { instant, textOf } from './times.ts';

export type Criterion = Verification['closure']['criteria'][number];

export interface ClosureInput {
  readonly comparison: Comparison;
  readonly findings: Verification['findings'];
  readonly fresh: readonly NewEntry[];
  readonly sessions: readonly LivingSession[];
  readonly quick: boolean;
}

const mostNames = 10;

function namesOf(names: readonly string[]): string[] {
  const more = names.length - mostNames;
  return more > 0 ? [...names.slice(0, mostNames), `and ${more} more`] : [...names];
}

type VerifiedFinding = Verification['findings'][number];

function nameOf({ subject, state, check }: VerifiedFinding): string {
  return `${state}: ${subject.type} ${subject.name === '' ? subject.arn : subject.name} (${check})`;
}

function counted(findings: readonly VerifiedFinding[]): string {
  const states = ['gone', 'still-there', 'changed', 'reappeared', 'cannot-tell'] as const;
  return states
    .map((state) => [findings.filter((one) => one.state === state).length, state] as const)
    .filter(([count]) => count > 0)
    .map(([count, state]) => `${count} ${state}`)
    .join(', ');
}

/** An altered thing may stay as it is where somebody answers for it; what an intruder holds never may. */
function isAccepted(one: VerifiedFinding, today: ReadonlyMap<string, ResultFinding>): boolean {
  return one.decision === 'restore' && today.get(one.now ?? '')?.exception !== undefined;
}

function foundIsGone({ comparison, findings }: ClosureInput): Criterion {
  const asked = findings.filter(({ decision }) => decision !== 'harden' && decision !== 'explain');
  const accepted = asked.filter((one) => one.state !== 'gone' && isAccepted(one, comparison.findings));
  const open = asked.filter((one) => one.state !== 'gone' && !accepted.includes(one));
  return {
    id: 'found-is-gone',
    title: 'Everything that was to be removed, put back or contained is gone, put back or contained',
    met: open.length === 0,
    facts: [
      asked.length === 0
        ? 'the earlier result had nothing to remove'
        : `of ${asked.length}: ${counted(asked)}`,
      ...namesOf(open.map(nameOf)),
      ...accepted.map((one) => `accepted by an exception: ${nameOf(one)}`),
    ],
  };
}

function nothingNew({ fresh }: ClosureInput): Criterion {
  const open = fresh.filter(({ unexplained }) => unexplained);
  return {
    id: 'nothing-new',
    title: 'Nothing new and unexplained since',
    met: open.length === 0,
    facts:
      open.length === 0
        ? [`${fresh.length} new, each answered for or a mere weakness`]
        : namesOf(
            open.map(({ subject, what }) => `${subject.name === '' ? subject.arn : subject.name}: ${what}`),
          ),
  };
}

function questionsAnswered({ comparison, findings }: ClosureInput): Criterion {
  const asked = findings.filter(({ decision }) => decision === 'explain');
  const open = asked.filter((one) => {
    const today = comparison.findings.get(one.now ?? '');
    const answered = today?.attribution === 'explained' || today?.exception !== undefined;
    return one.state !== 'gone' && !answered;
  });
  return {
    id: 'questions-answered',
    title: 'Every open question to an owner is answered',
    met: open.length === 0,
    facts: [
      asked.length === 0
        ? 'no question was open'
        : `${asked.length - open.length} of ${asked.length} answered`,
      ...namesOf(open.map(nameOf)),
    ],
  };
}

function sessionsEnded({ comparison, sessions }: ClosureInput): Criterion {
  const bounded = sessions.filter(({ until }) => until !== null);
  const { lineage } = comparison.now;
  return {
    id: 'sessions-ended',
    title: 'Every session of the incident has ended',
    met: lineage !== null && bounded.length === 0,
    facts:
      lineage === null
        ? ['no trail was read: which sessions there are is not known']
        : bounded.length === 0
          ? ['no session that was seen can still live']
          : namesOf(bounded.map(({ label, until }) => `${label} can live until ${textOf(until ?? 0)}`)),
  };
}

function noUnboundedSessions({ comparison, sessions }: ClosureInput): Criterion {
  const unbounded = sessions.filter(({ until }) => until === null);
  const { lineage } = comparison.now;
  return {
    id: 'no-unbounded-sessions',
    title: 'No session or credential renews itself',
    met: lineage !== null && unbounded.length === 0,
    facts:
      lineage === null
        ? ['no trail was read: which sessions there are is not known']
        : unbounded.length === 0
          ? ['none that was seen']
          : namesOf(unbounded.map(({ label, why }) => `${label}: ${why}`)),
  };
}

function eyesOpen({ comparison, findings }: ClosureInput): Criterion {
  const { earlier, now } = comparison;
  const tampering = new Set(
    earlier.findings.filter(({ kind }) => kind === 'tampering').map(({ fingerprint }) => fingerprint),
  );
  const open = findings.filter(
    (one) =>
      tampering.has(one.fingerprint) &&
      one.decision !== 'harden' &&
      one.state !== 'gone' &&
      !isAccepted(one, comparison.findings),
  );
  const further = now.findings.filter(
    ({ kind, decision, exception, fingerprint }) =>
      kind === 'tampering' && decision !== 'harden' && exception === undefined && !tampering.has(fingerprint),
  );
  return {
    id: 'eyes-open',
    title: 'Logging, detection and guardrails are as they were',
    met: open.length === 0 && further.length === 0,
    facts: [
      `${tampering.size} altered or blinded before, ${open.length} of them not proved to be back, ${further.length} reported for the first time`,
      ...namesOf([...open.map(nameOf), ...further.map(({ message }) => message)]),
    ],
  };
}

function attested(
  now: AuditResult,
  control: string,
  since: number | null,
): AuditResult['attestations'][number] | undefined {
  const asOf = instant(now.asOf) ?? 0;
  return now.attestations.find(
    (one) =>
      one.control === control &&
      one.status !== 'expired' &&
      (instant(one.expires) ?? 0) > asOf &&
      (instant(one.at) ?? 0) > (since ?? 0),
  );
}

function secretsRotated({ comparison }: ClosureInput): Criterion {
  const { earlier, now, log } = comparison;
  const statement = attested(now, closureControls.secretsRotated, log.containedAt);
  const steps = (earlier.plan?.steps ?? []).filter(({ action }) => action.includes('rotate'));
  const outcomes = new Map(log.entries.map(({ step, outcome }) => [step, outcome]));
  return {
    id: 'secrets-rotated',
    title: 'Every secret that was read or could be read is rotated',
    met: statement !== undefined,
    facts: [
      statement === undefined
        ? `no API tells; a person attests to it after the containment (control ${closureControls.secretsRotated})`
        : `attested by ${statement.by} at ${statement.at}: ${statement.statement}`,
      ...namesOf(
        steps.map(({ id, target }) => `${target.arn}: step ${id} ${outcomes.get(id) ?? 'not logged'}`),
      ),
    ],
  };
}

function otherPlaces({ comparison: { now } }: ClosureInput): Criterion {
  const statement = attested(now, closureControls.otherPlaces, null);
  return {
    id: 'other-places',
    title: 'Other partitions and organizations were looked at',
    met: statement !== undefined,
    facts: [
      `read: partition ${now.partition}, ${now.organizationId === null ? 'no organization' : `organization ${now.organizationId}`}`,
      'not read: every other partition (aws, aws-cn, aws-us-gov …) and organization in which the same people or credentials are known',
      statement === undefined
        ? `a person attests to them (control ${closureControls.otherPlaces})`
        : `attested by ${statement.by} at ${statement.at}: ${statement.statement}`,
    ],
  };
}

/** The statement that ends an incident: only where every criterion is met may it be called all clear. */
export function closureOf(input: ClosureInput): Verification['closure'] {
  const criteria = [
    foundIsGone(input),
    nothingNew(input),
    questionsAnswered(input),
    sessionsEnded(input),
    noUnboundedSessions(input),
    ...coverageCriteria(input),
    eyesOpen(input),
    secretsRotated(input),
    otherPlaces(input),
  ].map((criterion) => ({ ...criterion, facts: [...criterion.facts] }));
  return { allClear: criteria.every(({ met }) => met), criteria };
}
