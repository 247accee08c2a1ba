import type { ResultCheck, ResultRow } from '../../model/audit-result.ts';
import type { CorrectiveAction } from '../../model/review.ts';
import { dateText, isPast } from '../text/dates.ts';
import { compareText, countOf, listOf } from '../text/phrases.ts';
import { incidentFacts } from '../trace/incident-facts.ts';
import { mapListed, type ReportContext } from './report-context.ts';
import type { Listed } from './report-view.ts';
import { type RootCause, rootCauseOf, rootCauseOfGuardrail, rootCauses } from './root-causes.ts';
import { type CauseFacts, guardrailHelped } from './root-causes-view.ts';
import { severityLabels } from './wording.ts';

export interface CorrectiveActionView {
  readonly action: string;
  /** The root cause, or what was given as the reason. */
  readonly why: string | null;
  readonly whyHref: string | null;
  readonly controls: readonly string[];
  /** Null = to be assigned. */
  readonly owner: string | null;
  readonly due: string | null;
  readonly overdue: boolean;
  readonly priority: string | null;
  readonly acceptance: string;
  /** What this result says of the acceptance; null where only a person can tell. */
  readonly today: string | null;
  readonly ticket: string | null;
  readonly status: string;
  readonly proposed: boolean;
  /** Said to be done while the evidence says otherwise. */
  readonly contradicted: boolean;
}

export interface CorrectiveActionsView {
  readonly headline: string;
  readonly actions: Listed<CorrectiveActionView>;
  readonly decided: number;
  readonly open: number;
  readonly proposed: number;
  readonly overdue: number;
  readonly withoutOwner: number;
  readonly contradicted: number;
}

const statusLabels = {
  open: 'Open',
  'in-progress': 'In progress',
  done: 'Done',
  declined: 'Declined',
} as const satisfies Record<CorrectiveAction['status'], string>;

interface Tested {
  readonly text: string;
  readonly passes: boolean;
}

function checkToday(id: string, rows: readonly ResultRow[]): Tested {
  const own = rows.filter(({ check }) => check === id);
  const failed = own.filter(({ outcome }) => outcome === 'fail').flatMap(({ findings }) => findings).length;
  if (failed > 0) {
    return { text: `The check fails: ${countOf(failed, 'finding', 'findings')}`, passes: false };
  }
  const passed = own.some(({ outcome }) => outcome === 'pass');
  const unanswered = own.some(
    ({ outcome, satisfied }) =>
      outcome === 'unevaluated' || outcome === 'error' || (outcome === 'manual' && satisfied !== true),
  );
  if (unanswered || own.length === 0) {
    return {
      text: own.length === 0 ? 'The check was not run' : 'The check has no full answer',
      passes: false,
    };
  }
  return { text: passed ? 'The check passes' : 'The check does not apply', passes: true };
}

function findingToday({ result }: ReportContext, fingerprint: string): Tested {
  const earlier = result.verification?.findings.find((finding) => finding.fingerprint === fingerprint);
  if (earlier !== undefined) {
    const words = earlier.state.replaceAll('-', ' ');
    return { text: `Verified: ${words}`, passes: earlier.state === 'gone' };
  }
  const still = result.findings.some((finding) => finding.fingerprint === fingerprint);
  return still
    ? { text: 'The finding is still there', passes: false }
    : { text: 'Not among these findings; only a verify proves that it is gone', passes: false };
}

function todayOf(context: ReportContext, { finding, control }: CorrectiveAction): Tested | null {
  if (finding !== null) {
    return findingToday(context, finding);
  }
  return control !== null && context.checks.has(control) ? checkToday(control, context.result.results) : null;
}

function controlsOf(checks: readonly ResultCheck[]): readonly string[] {
  const controls = new Map<string, Set<string>>();
  for (const { frameworks } of checks) {
    for (const [framework, ids] of Object.entries(frameworks)) {
      const known = controls.get(framework) ?? new Set<string>();
      controls.set(framework, known);
      for (const id of ids) {
        known.add(id);
      }
    }
  }
  return [...controls]
    .sort(([left], [right]) => compareText(left, right))
    .map(([framework, ids]) => `${framework}: ${[...ids].sort(compareText).join(', ')}`);
}

/** The root cause that an action answers, told by what it names. */
function causeOf(context: ReportContext, { finding, control }: CorrectiveAction): RootCause | null {
  const check =
    finding === null
      ? control
      : (context.result.findings.find(({ fingerprint }) => fingerprint === finding)?.check ?? null);
  if (check === null) {
    return null;
  }
  const named = rootCauses.find(({ id }) => id === check);
  if (named !== undefined) {
    return named;
  }
  const known = context.checks.has(check) ? rootCauseOf(check) : rootCauseOfGuardrail(check);
  return known.id === 'other' ? null : known;
}

function acceptanceOf(
  context: ReportContext,
  { acceptanceTest, finding, control }: CorrectiveAction,
): string {
  if (acceptanceTest !== null) {
    return acceptanceTest;
  }
  if (finding !== null) {
    return `afterleak verify says of ${finding}: gone`;
  }
  return control !== null && context.checks.has(control)
    ? `afterleak audit --checks ${control} passes`
    : 'To be agreed';
}

function decidedAction(
  context: ReportContext,
  given: CorrectiveAction,
  causes: ReadonlySet<string>,
): CorrectiveActionView {
  const check = given.control === null ? undefined : context.checks.get(given.control);
  const cause = causeOf(context, given);
  const today = todayOf(context, given);
  const closed = given.status === 'done' || given.status === 'declined';
  return {
    action: given.action,
    why: cause?.title ?? null,
    whyHref: cause !== null && causes.has(cause.id) ? `#cause-${cause.id}` : null,
    controls: [
      ...[given.control, given.finding].filter((id) => id !== null),
      ...(check === undefined ? [] : controlsOf([check])),
    ],
    owner: given.owner,
    due: given.due === null ? null : dateText(given.due),
    overdue: !closed && given.due !== null && isPast(given.due, context.result.asOf) === true,
    priority: given.priority === null ? null : severityLabels[given.priority],
    acceptance: acceptanceOf(context, given),
    today: today?.text ?? null,
    ticket: given.ticket,
    status: statusLabels[given.status],
    proposed: false,
    contradicted: given.status === 'done' && today !== null && !today.passes,
  };
}

const guardrailsNamed = 3;

/** What no decided action answers yet: the checks that fail and the guardrails that would have helped. */
function proposal(
  context: ReportContext,
  { cause, findings, guardrails, severity }: CauseFacts,
  answered: ReadonlySet<string>,
): readonly CorrectiveActionView[] {
  const open = [
    ...new Set(findings.filter(({ exception }) => exception === undefined).map(({ check }) => check)),
  ]
    .filter((check) => !answered.has(check))
    .sort(compareText);
  const wanted = guardrails.filter((guardrail) => guardrailHelped(guardrail) && !answered.has(guardrail.id));
  if (answered.has(cause.id) || (open.length === 0 && wanted.length === 0)) {
    return [];
  }
  const names = wanted.slice(0, guardrailsNamed).map(({ title }) => `“${title}”`);
  const more = wanted.length - names.length;
  const attach = `${listOf(names)}${more > 0 ? `, and ${more} more` : ''}`;
  return [
    {
      action:
        open.length === 0
          ? `Put the guardrails in place: ${attach}`
          : `${cause.action}${wanted.length === 0 ? '' : `. Guardrails: ${attach}`}`,
      why: cause.title,
      whyHref: `#cause-${cause.id}`,
      controls: controlsOf(open.map((id) => context.checks.get(id)).filter((check) => check !== undefined)),
      owner: null,
      due: null,
      overdue: false,
      priority: severity === null ? null : severityLabels[severity === 'info' ? 'low' : severity],
      acceptance:
        open.length === 0
          ? 'A test call that the guardrail must refuse is refused, or raises its alarm'
          : `afterleak audit --checks ${open.join(',')} ${open.length === 1 ? 'passes' : 'pass'}`,
      today: open.length === 0 ? null : `${countOf(open.length, 'check fails', 'checks fail')}`,
      ticket: null,
      status: 'Proposed',
      proposed: true,
      contradicted: false,
    },
  ];
}

function headlineOf(decided: readonly CorrectiveActionView[], proposed: number): string {
  const overdue = decided.filter((action) => action.overdue).length;
  return [
    `${decided.length} decided`,
    `${proposed} proposed`,
    ...(overdue === 0 ? [] : [`${overdue} overdue`]),
  ].join(' · ');
}

/** What people decided, held against this evidence, and then what the findings call for besides. */
export function correctiveActionsView(
  context: ReportContext,
  facts: readonly CauseFacts[],
): CorrectiveActionsView {
  const given = incidentFacts(context.result.incident).review.correctiveActions;
  const causes = new Set(facts.map(({ cause }) => cause.id));
  const decided = given.map((action) => decidedAction(context, action, causes));
  const answered = new Set(
    given
      .filter(({ status }) => status !== 'declined')
      .map(({ control }) => control)
      .filter((control) => control !== null),
  );
  const proposed = facts.flatMap((fact) => proposal(context, fact, answered));
  const open = decided.filter(({ status }) => status === 'Open' || status === 'In progress');
  return {
    headline: headlineOf(decided, proposed.length),
    actions: mapListed([...decided, ...proposed], context.limits.rows, (action) => action),
    decided: decided.length,
    open: open.length,
    proposed: proposed.length,
    overdue: decided.filter(({ overdue }) => overdue).length,
    withoutOwner: open.filter(({ owner }) => owner === null).length,
    contradicted: decided.filter(({ contradicted }) => contradicted).length,
  };
}
