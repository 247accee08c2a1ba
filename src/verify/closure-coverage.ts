import type { AuditResult, ResultGap } from '../model/audit-result.ts';
import type { ClosureInput, Criterion } from './closure.ts';
import type { Comparison } from './judge-finding.ts';
import { isEventBased } from './things.ts';
import { instant, textOf } from './times.ts';

const minute = 60_000;
/** A key's last events can be on their way for a while (catalogue: five minutes and fifteen of delivery). */
const settling = 5 * minute;
const delivery = 20 * minute;
const mostNames = 10;

function some(names: readonly string[]): readonly string[] {
  const distinct = [...new Set(names)];
  const more = distinct.length - mostNames;
  return more > 0 ? [...distinct.slice(0, mostNames), `and ${more} more`] : distinct;
}

function gapText({ operation, unit, reason }: ResultGap): string {
  return `${operation} in ${unit}: ${reason}`;
}

function unsweptFacts({ earlier, now }: Comparison): readonly string[] {
  const { scope } = now;
  const facts: string[] = [];
  if (now.organizationId !== null) {
    if (!scope.organizationInScope) {
      facts.push('the organization itself was not read');
    }
    if (!scope.managementAccountSwept) {
      facts.push('the management account was not swept');
    }
    if (scope.ofAccounts === null) {
      facts.push('how many accounts there are is not known');
    } else if (scope.accounts.length < scope.ofAccounts) {
      facts.push(`only ${scope.accounts.length} of ${scope.ofAccounts} accounts were swept`);
    }
  }
  const accounts = earlier.scope.accounts.filter((account) => !scope.accounts.includes(account));
  const regions = earlier.scope.regions.filter((region) => !scope.regions.includes(region));
  return [
    ...facts,
    ...some(now.coverage.notSwept.map(({ accountId, reason }) => `account ${accountId}: ${reason}`)),
    ...(accounts.length === 0 ? [] : [`swept before and not now: ${some(accounts).join(', ')}`]),
    ...(regions.length === 0 ? [] : [`regions read before and not now: ${some(regions).join(', ')}`]),
  ];
}

function allGaps(now: AuditResult): readonly ResultGap[] {
  return [...now.coverage.gaps, ...now.coverage.scopeGaps, ...now.results.flatMap(({ gaps = [] }) => gaps)];
}

function everythingSwept({ comparison, quick }: ClosureInput): Criterion {
  const { earlier, now, answers } = comparison;
  const unswept = unsweptFacts(comparison);
  const gaps = allGaps(now);
  const open = gaps.filter(({ accepted }) => !accepted);
  const accepted = gaps.filter((gap) => gap.accepted);
  const skipped = earlier.checks.filter(({ id }) => !isEventBased(id) && !answers.ran(id));
  const broken = now.results.filter(
    ({ outcome, gaps: own = [] }) => outcome === 'error' || (outcome === 'unevaluated' && own.length === 0),
  );
  const none = now.results.length === 0;
  const facts = [
    `${now.scope.accounts.length} of ${now.scope.ofAccounts ?? 'an unknown number of'} accounts, ${now.scope.regions.length} regions`,
    ...(quick ? ['only what the plan touched was read again (--quick)'] : []),
    ...(none ? ['no check was run'] : []),
    ...unswept,
    ...some(open.map((gap) => `not seen: ${gapText(gap)}`)),
    ...some(skipped.map(({ id }) => `not run this time: ${id}`)),
    ...some(broken.map(({ check, outcome }) => `${check}: ${outcome}`)),
    ...some(accepted.map((gap) => `accepted gap: ${gapText(gap)}`)),
  ];
  const met = !(quick || none) && unswept.length + open.length + skipped.length + broken.length === 0;
  return { id: 'everything-swept', title: 'Every account and region was read, without a gap', met, facts };
}

function manualAnswered({ comparison: { now } }: ClosureInput): Criterion {
  const manual = now.results.filter(({ outcome }) => outcome === 'manual');
  const open = manual.filter(({ satisfied }) => satisfied !== true);
  return {
    id: 'manual-answered',
    title: 'Every question that no API answers is attested',
    met: open.length === 0,
    facts: [
      `${manual.length - open.length} of ${manual.length} answered`,
      ...some(open.map(({ check }) => check)),
    ],
  };
}

/** What the incident's sessions and credentials did after the containment; owners' own use of a shared key is not theirs. */
function actsAfter(now: AuditResult, since: number): readonly string[] {
  const nodes = now.lineage?.nodes ?? [];
  const actors = new Map(
    nodes
      .filter(({ standing, kind }) => standing === 'tainted' && kind !== 'resource')
      .map((node) => [node.id, node] as const),
  );
  const edges = (now.lineage?.edges ?? []).filter(
    ({ from, lastAt, relation }) =>
      relation !== 'linked' && actors.has(from) && (instant(lastAt) ?? 0) > since,
  );
  const seen = [...actors.values()].filter(
    ({ kind, deleted, lastSeenAt }) =>
      (kind === 'session' || kind === 'credential') && !deleted && (instant(lastSeenAt) ?? 0) > since,
  );
  return [
    ...edges.map(
      ({ from, action, lastAt, outcome }) =>
        `${actors.get(from)?.label ?? from}: ${action} ${outcome} at ${lastAt}`,
    ),
    ...seen.map(({ label, lastSeenAt }) => `${label} was seen at ${lastSeenAt ?? ''}`),
  ].sort();
}

function trailSilent({ comparison: { now, log } }: ClosureInput): Criterion {
  const base = {
    id: 'trail-silent',
    title: 'The trail has no hole since the clean-up, and the incident’s credentials are silent in it',
  };
  const { trail } = now.coverage;
  if (trail === null || now.lineage === null) {
    return { ...base, met: false, facts: ['no trail was read'] };
  }
  const since = log.containedAt;
  if (since === null) {
    const facts = ['neither a log of the steps nor the milestone `contained` tells since when'];
    return { ...base, met: false, facts };
  }
  const holes = trail.holes.filter(({ to }) => (instant(to) ?? Number.POSITIVE_INFINITY) > since);
  const late = (instant(trail.from) ?? Number.POSITIVE_INFINITY) > since;
  const early = (instant(trail.to) ?? 0) < since + delivery;
  const acts = actsAfter(now, since + settling);
  return {
    ...base,
    met: !(late || early) && holes.length === 0 && acts.length === 0,
    facts: [
      `contained at ${textOf(since)}; events read from ${trail.from} to ${trail.to}`,
      ...(late ? ['the events begin after the containment'] : []),
      ...(early ? ['the events end within 20 minutes after the containment: too early to tell'] : []),
      ...some(holes.map(({ where, why }) => `hole in ${where}: ${why}`)),
      ...some(acts),
    ],
  };
}

/** Criteria about what was looked at. */
export function coverageCriteria(input: ClosureInput): readonly Criterion[] {
  return [everythingSwept(input), manualAnswered(input), trailSilent(input)];
}
