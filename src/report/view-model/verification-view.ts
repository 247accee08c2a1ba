import type { AuditResult } from '../../model/audit-result.ts';
import type { Severity } from '../../model/severity.ts';
import { type Verification, type VerificationState, verificationStates } from '../../model/verification.ts';
import { countOf, formatTime, typeLabel } from '../text/phrases.ts';
import { listed, mapListed } from './report-context.ts';
import type { Listed, ReportLimits, Tally } from './report-view.ts';
import { decisionTexts, severityLabels } from './wording.ts';

export interface VerifiedFindingView {
  readonly fingerprint: string;
  readonly state: VerificationState;
  readonly stateLabel: string;
  readonly severity: Severity;
  readonly severityLabel: string;
  readonly name: string;
  readonly arn: string;
  readonly type: string;
  readonly title: string;
  readonly decision: string;
  readonly why: string;
  readonly step: string | null;
}

/** Findings about one thing that are in one state. */
export interface OpenThingView {
  readonly stateLabel: string;
  readonly severity: Severity;
  readonly name: string;
  readonly type: string;
  readonly titles: readonly string[];
  readonly why: string;
}

export interface NewSinceView {
  readonly severity: Severity;
  readonly severityLabel: string;
  readonly name: string;
  readonly arn: string;
  readonly what: string;
  readonly afterCleanUp: boolean;
}

export interface CriterionView {
  readonly id: string;
  readonly title: string;
  readonly met: boolean;
  /** Mark and word: never a colour alone. */
  readonly mark: string;
  readonly facts: Listed<string>;
}

/** What `verify` found, as every format prints it. */
export interface VerificationView {
  readonly allClear: boolean;
  readonly headline: string;
  readonly sentence: string;
  readonly quick: boolean;
  readonly counts: readonly Tally[];
  /** Whatever is not gone, loudest first; mere weaknesses are counted. */
  readonly open: Listed<VerifiedFindingView>;
  /** The same by thing. */
  readonly things: Listed<OpenThingView>;
  readonly gone: Listed<VerifiedFindingView>;
  readonly weaknesses: readonly Tally[];
  readonly newSince: Listed<NewSinceView>;
  readonly lookAgain: Listed<{ readonly at: string; readonly why: string }>;
  readonly criteria: readonly CriterionView[];
  readonly criteriaTotal: number;
  readonly met: number;
  readonly next: string;
}

export const stateLabels = {
  gone: 'Gone',
  'still-there': 'Still there',
  changed: 'Changed',
  reappeared: 'Reappeared',
  'cannot-tell': 'Cannot tell',
} as const satisfies Record<VerificationState, string>;

type VerifiedFinding = Verification['findings'][number];

function isWeakness({ decision }: VerifiedFinding): boolean {
  return decision === 'harden';
}

function tallies(findings: readonly VerifiedFinding[]): readonly Tally[] {
  return verificationStates.map((id) => ({
    id,
    label: stateLabels[id],
    count: findings.filter(({ state }) => state === id).length,
  }));
}

function decisionLabel(decision: string): string {
  const known: readonly (readonly [string, { readonly title: string }])[] = Object.entries(decisionTexts);
  return known.find(([id]) => id === decision)?.[1].title ?? decision;
}

function findingView(finding: VerifiedFinding): VerifiedFindingView {
  const { subject, step } = finding;
  return {
    fingerprint: finding.fingerprint,
    state: finding.state,
    stateLabel: stateLabels[finding.state],
    severity: finding.severity,
    severityLabel: severityLabels[finding.severity],
    name: subject.name === '' ? subject.arn : subject.name,
    arn: subject.arn,
    type: typeLabel(subject.type),
    title: finding.title,
    decision: decisionLabel(finding.decision),
    why: finding.why,
    step:
      step === null
        ? null
        : `${step.action}: ${step.outcome}${step.at === null ? '' : ` at ${formatTime(step.at)}`}`,
  };
}

function thingsOf(findings: readonly VerifiedFinding[]): readonly OpenThingView[] {
  const groups = new Map<string, VerifiedFinding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.state, finding.subject.arn]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ ...findingView(first), titles: group.map(({ title }) => title) }];
  });
}

interface Wording {
  readonly headline: string;
  readonly sentence: string;
  readonly next: string;
}

function wordingOf(verification: Verification, asked: readonly VerifiedFinding[], fresh: number): Wording {
  const { closure, quick } = verification;
  const count = (...states: readonly VerificationState[]): number =>
    asked.filter(({ state }) => states.includes(state)).length;
  const unmet = closure.criteria.filter(({ met }) => !met).length;
  const criteria = `${countOf(unmet, 'criterion', 'criteria')} of closure ${unmet === 1 ? 'is' : 'are'} not met`;
  const late = verification.newSince.filter(
    ({ afterCleanUp, severity }) => afterCleanUp && severity === 'critical',
  ).length;
  if (closure.allClear) {
    return {
      headline: 'All clear',
      sentence: 'Every criterion of closure is met, over the evidence named here and until its time.',
      next: 'Have the closure statement signed, and keep this folder with its SHA256SUMS.',
    };
  }
  if (late > 0 || count('reappeared') > 0) {
    return {
      headline: late > 0 ? 'Somebody made access after the clean-up' : 'What was removed is back',
      sentence: `Something re-creates access; ${criteria}.`,
      next: 'Go back to containment: find what made it before anything else is removed, then make a new plan.',
    };
  }
  if (count('still-there', 'changed') > 0) {
    return {
      headline: 'Not everything is gone',
      sentence: `${countOf(count('still-there', 'changed'), 'finding is', 'findings are')} still there or changed; ${criteria}.`,
      next: 'Make a plan from this result and carry out what is left of it, then verify again.',
    };
  }
  if (count('cannot-tell') > 0) {
    return {
      headline: 'It cannot be said that everything is gone',
      sentence: `Of ${countOf(count('cannot-tell'), 'finding', 'findings')} it cannot be told; ${criteria}.`,
      next: 'Mend what could not be seen (each line says why), then verify again.',
    };
  }
  if (fresh > 0) {
    return {
      headline: 'What was found is gone, but something is new',
      sentence: `${criteria}.`,
      next: 'Ask who made what is new; review it into the baseline, or make a plan from this result.',
    };
  }
  return {
    headline: quick ? 'What the plan touched is gone' : 'What was found is gone',
    sentence: `${criteria}${quick ? '; only what the plan touched was read' : ''}.`,
    next: quick
      ? 'Verify again without --quick: only a whole sweep can close the incident.'
      : 'Meet what is missing below, and verify again at the times named.',
  };
}

export function criterionView(
  { id, title, met, facts }: Verification['closure']['criteria'][number],
  { rows }: ReportLimits,
): CriterionView {
  return { id, title, met, mark: met ? '✓ met' : '✗ not met', facts: listed(facts, rows) };
}

/** Null for a result that no `verify` made. */
export function verificationView(result: AuditResult, limits: ReportLimits): VerificationView | null {
  const { verification } = result;
  if (verification === null) {
    return null;
  }
  const asked = verification.findings.filter((finding) => !isWeakness(finding));
  const newcomers = verification.newSince;
  const unexplained = verification.closure.criteria.some(({ id, met }) => id === 'nothing-new' && !met);
  return {
    allClear: verification.closure.allClear,
    ...wordingOf(verification, asked, unexplained ? newcomers.length : 0),
    quick: verification.quick,
    counts: tallies(asked),
    open: mapListed(
      asked.filter(({ state }) => state !== 'gone'),
      limits.rows,
      findingView,
    ),
    things: mapListed(thingsOf(asked.filter(({ state }) => state !== 'gone')), limits.rows, (thing) => thing),
    gone: mapListed(
      asked.filter(({ state }) => state === 'gone'),
      limits.rows,
      findingView,
    ),
    weaknesses: tallies(verification.findings.filter(isWeakness)),
    newSince: mapListed(newcomers, limits.rows, ({ severity, subject, what, afterCleanUp }) => ({
      severity,
      severityLabel: severityLabels[severity],
      name: subject.name === '' ? subject.arn : subject.name,
      arn: subject.arn,
      what,
      afterCleanUp,
    })),
    lookAgain: mapListed(verification.lookAgain, limits.rows, ({ at, why }) => ({ at: formatTime(at), why })),
    criteria: verification.closure.criteria.map((criterion) => criterionView(criterion, limits)),
    criteriaTotal: verification.closure.criteria.length,
    met: verification.closure.criteria.filter(({ met }) => met).length,
  };
}
