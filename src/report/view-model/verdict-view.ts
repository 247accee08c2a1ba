import { countOf } from '../text/phrases.ts';
import { openUrgent } from './overview-view.ts';
import type { ReportContext } from './report-context.ts';
import type { BlindSpotsView, LinkView, OutcomesView, VerdictView } from './report-view.ts';
import { scopeFacts } from './scope-view.ts';

function containedAfterEvidence({ result }: ReportContext): boolean {
  const milestones: unknown = result.incident?.['milestones'];
  if (typeof milestones !== 'object' || milestones === null || !('contained' in milestones)) {
    return false;
  }
  const { contained } = milestones;
  return typeof contained === 'string' && Date.parse(contained) > Date.parse(result.asOf);
}

function scopeReasons(context: ReportContext): readonly LinkView[] {
  const { result } = context;
  const reasons: LinkView[] = [];
  const { swept, total, wholeOrganization } = scopeFacts(context);
  if (!result.scope.managementAccountSwept) {
    reasons.push({ href: '#scope', label: 'the management account was not swept' });
  }
  if (total !== null && swept < total) {
    reasons.push({
      href: '#scope',
      label: `only ${swept} of ${countOf(total, 'account', 'accounts')} were swept`,
    });
  } else if (!wholeOrganization && result.scope.managementAccountSwept) {
    reasons.push({ href: '#scope', label: 'the whole organization was not in scope' });
  }
  if (result.coverage.trail === null) {
    reasons.push({ href: '#method', label: 'no CloudTrail events were read' });
  } else if (result.coverage.trail.holes.length > 0) {
    reasons.push({ href: '#method', label: 'the CloudTrail events have holes' });
  }
  return reasons;
}

function evidenceReasons(
  context: ReportContext,
  blindSpots: BlindSpotsView,
  outcomes: OutcomesView,
): readonly LinkView[] {
  const reasons: LinkView[] = [];
  const blind = blindSpots.unevaluated.total;
  if (blindSpots.open > 0 || blind > 0) {
    const checks = countOf(blind, 'check', 'checks');
    reasons.push({
      href: '#not-seen',
      label:
        blindSpots.open === 0
          ? `${checks} without a full answer, although the gaps are accepted`
          : `${countOf(blindSpots.open, 'gap leaves', 'gaps leave')} ${checks} without a full answer`,
    });
  }
  if (outcomes.errors.total > 0) {
    reasons.push({ href: '#errors', label: `${countOf(outcomes.errors.total, 'check', 'checks')} broke` });
  }
  if (outcomes.manualOpen.total > 0) {
    reasons.push({
      href: '#manual',
      label: `${countOf(outcomes.manualOpen.total, 'question', 'questions')} that no API answers ${outcomes.manualOpen.total === 1 ? 'is' : 'are'} open`,
    });
  }
  if (context.result.results.length === 0) {
    reasons.push({ href: '#passed', label: 'no check was run' });
  }
  if (context.result.incident === null) {
    reasons.push({
      href: '#method',
      label: 'no incident was described, so nothing could be held against it',
    });
  }
  if (containedAfterEvidence(context)) {
    reasons.push({ href: '#method', label: 'the evidence is older than the containment' });
  }
  return reasons;
}

/** A `verify` may say it only with its closure; where that is missing, the words do not stand on the page at all. */
function closureReason({ result }: ReportContext): LinkView | null {
  const closure = result.verification?.closure;
  if (closure === undefined || closure.allClear) {
    return null;
  }
  const unmet = closure.criteria.filter(({ met }) => !met).length;
  return {
    href: '#verification',
    label: `${countOf(unmet, 'criterion', 'criteria')} of closure ${unmet === 1 ? 'is' : 'are'} not met`,
  };
}

/** May it be said all clear? Only over complete evidence of the whole organization, and never beyond its time. */
export function verdictView(
  context: ReportContext,
  blindSpots: BlindSpotsView,
  outcomes: OutcomesView,
): VerdictView {
  const open = openUrgent(context.result.findings);
  const intruder = open.filter((finding) => finding.decision === 'eradicate').length;
  const closure = closureReason(context);
  const unseen = [
    ...(closure === null ? [] : [closure]),
    ...evidenceReasons(context, blindSpots, outcomes),
    ...scopeReasons(context),
  ];
  const refused =
    closure === null
      ? { allClear: false, label: 'Not all clear', sentence: 'All clear may not be said:' }
      : { allClear: false, label: 'Not closed', sentence: 'The incident cannot be closed:' };
  if (open.length > 0) {
    const [first] = open;
    const found: LinkView = {
      href: `#${first?.decision ?? 'explain'}`,
      label: `${countOf(open.length, 'finding is', 'findings are')} still open`,
    };
    return {
      ...refused,
      headline:
        intruder > 0 ? 'The intruder’s access is not gone' : 'It cannot be said that the intruder is out',
      reasons: [found, ...unseen],
    };
  }
  if (unseen.length > 0) {
    return {
      ...refused,
      headline: 'Nothing hostile was found, but not everything was seen',
      reasons: unseen,
    };
  }
  return {
    allClear: true,
    label: 'All clear',
    headline: 'No access of the intruder is left in what was asked',
    sentence:
      'All clear may be said for this scope and this time: every check was answered over complete evidence, and no finding is hostile, altered or unexplained.',
    reasons: [],
  };
}
