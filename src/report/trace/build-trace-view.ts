import type { TraceResult } from '../../model/trace-result.ts';
import { lineageTree } from '../graph/lineage-tree.ts';
import { countOf, formatNumber, formatTime } from '../text/phrases.ts';
import { incidentFacts } from './incident-facts.ts';
import { indicatorsYaml } from './indicators-yaml.ts';
import { lineageView } from './lineage-view.ts';
import { notSeenView } from './not-seen-view.ts';
import {
  activityView,
  credentialsView,
  impactView,
  methodView,
  rotationView,
  settingsView,
  suspectsView,
  timelineView,
} from './trace-sections.ts';
import type { TraceLimits, TraceView } from './trace-view.ts';

type Parts = Omit<
  TraceView,
  'title' | 'incident' | 'toolVersion' | 'resultFile' | 'navigation' | 'headline' | 'sentence' | 'nextSteps'
>;

function headlineOf({ lineage, notSeen, timeline }: Parts): string {
  const { livesOn, unknown } = lineage.survivors;
  if (livesOn.total > 0) {
    return `${countOf(livesOn.total, 'thing of the incident outlives', 'things of the incident outlive')} the leaked key`;
  }
  if (unknown.total > 0) {
    return `Of ${countOf(unknown.total, 'thing', 'things')} it is not known whether they outlive the leaked key`;
  }
  if (timeline.rows.total === 0) {
    return 'No act of the named credentials was found';
  }
  return notSeen.limits.length > 0
    ? 'Nothing was seen to outlive the leaked key, but not everything was seen'
    : 'Nothing in these events outlives the leaked key';
}

function nextSteps(parts: Parts): TraceView['nextSteps'] {
  const { lineage, rotation, suspects, notSeen } = parts;
  const { livesOn, unknown } = lineage.survivors;
  const kept = livesOn.total + unknown.total;
  const steps = [
    {
      title: 'Deactivate the leaked credentials, if that has not happened',
      sentence: 'deactivate, do not delete: the last use is evidence',
      href: '#credentials',
      count: parts.credentials.rows.total,
    },
    {
      title: 'End what outlives the key',
      sentence: countOf(kept, 'thing', 'things'),
      href: '#survivors',
      count: kept,
    },
    {
      title: 'Rotate what was read',
      sentence: countOf(rotation.total, 'secret', 'secrets'),
      href: '#rotation',
      count: rotation.total,
    },
    {
      title: 'Close what was not seen',
      sentence: countOf(notSeen.limits.length, 'limit', 'limits'),
      href: '#not-seen',
      count: notSeen.limits.length,
    },
    {
      title: 'Decide about the proposed suspects',
      sentence: `${formatNumber(suspects.total)} proposed, none added`,
      href: '#suspects',
      count: suspects.total,
    },
    {
      title: 'Copy the checked indicators into incident.yaml, then run afterleak sweep',
      sentence: 'events say what was made; only a sweep says what is still there',
      href: '#indicators',
      count: 1,
    },
  ];
  return steps
    .filter(({ count }) => count > 0)
    .map(({ title, sentence, href }) => ({ title, sentence, href }));
}

/** The one way from a trace to what is printed: all sorting, counting and cutting happens here. */
export function buildTraceView(result: TraceResult, limits: TraceLimits, resultFile: string): TraceView {
  const incident = incidentFacts(result.incident);
  const tree = lineageTree(result.lineage);
  const notSeen = notSeenView(result, incident.window, limits);
  const holes = result.coverage.flatMap((row) =>
    row.holes.map((hole) => ({ ...hole, where: `${row.accountId}/${row.region}` })),
  );
  const parts: Parts = {
    credentials: credentialsView(result, tree, incident, limits),
    notSeen,
    lineage: lineageView({
      lineage: result.lineage,
      limits,
      uncovered: notSeen.limits,
      noLongerThere: new Set(),
      asOf: null,
      findingOf: () => null,
    }),
    timeline: timelineView(result.lineage, tree, incident, holes, limits),
    activity: activityView(result, tree, limits),
    impact: impactView(result, limits),
    rotation: rotationView(result, limits),
    indicators: indicatorsYaml(result.indicators, limits.rows),
    suspects: suspectsView(result, limits),
    settings: settingsView(result, limits),
    method: methodView(result, limits),
  };
  const { survivors } = parts.lineage;
  return {
    title: 'Trace of a leaked credential',
    incident: {
      id: incident.id,
      title: incident.title,
      window:
        incident.window === null
          ? null
          : `${formatTime(incident.window.from)} to ${formatTime(incident.window.to)}`,
    },
    toolVersion: result.tool.version,
    resultFile,
    navigation: [
      { href: '#summary', label: 'Summary', count: null },
      {
        href: '#survivors',
        label: 'Outlives the key',
        count: survivors.livesOn.total + survivors.unknown.total,
      },
      { href: '#not-seen', label: 'Not seen', count: notSeen.limits.length },
      { href: '#rotation', label: 'Rotate', count: parts.rotation.total },
      { href: '#lineage', label: 'Lineage', count: result.lineage.nodes.length },
      { href: '#timeline', label: 'Timeline', count: parts.timeline.rows.total },
      { href: '#artefacts', label: 'Proof', count: parts.lineage.artefacts.total },
      { href: '#activity', label: 'Activity', count: parts.activity.total },
      { href: '#impact', label: 'Impact', count: parts.impact.total },
      { href: '#indicators', label: 'Indicators', count: null },
      { href: '#suspects', label: 'Suspects', count: parts.suspects.total },
      { href: '#settings', label: 'Settings', count: parts.settings.total },
      { href: '#method', label: 'Method', count: null },
    ],
    headline: headlineOf(parts),
    sentence: `A trace tells what the events prove, inside what was covered.${survivors.ends > 0 ? ` ${countOf(survivors.ends, 'thing ends', 'things end')} with the key.` : ''}${survivors.ended > 0 ? ` ${countOf(survivors.ended, 'session had', 'sessions had')} already ended.` : ''}${survivors.gone.total > 0 ? ` ${countOf(survivors.gone.total, 'thing', 'things')} of the incident ${survivors.gone.total === 1 ? 'is' : 'are'} already gone.` : ''}`,
    ...parts,
    nextSteps: nextSteps(parts),
  };
}
