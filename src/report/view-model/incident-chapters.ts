import type { Decision } from '../../model/finding.ts';
import { type ActionsTakenView, actionsTakenView } from './actions-taken-view.ts';
import { type BlindTimeView, blindTimeView } from './blind-time-view.ts';
import type { CardGroup } from './card-grouping.ts';
import { cardLinks } from './card-links.ts';
import { type ChangesView, changesView } from './changes-view.ts';
import { type EndpointsView, endpointsView } from './endpoints-view.ts';
import { type IncidentImpactView, incidentImpactView } from './impact-view.ts';
import { incidentStory } from './incident-moments.ts';
import { incidentTimes } from './incident-times.ts';
import type { ReportContext } from './report-context.ts';
import type { ChapterView, NavigationGroupView } from './report-view.ts';
import { type RotationListView, rotationListView } from './rotation-list-view.ts';
import { type IncidentTimelineView, timelineView } from './timeline-view.ts';

/** The chapters that tell the incident: one field each. */
export interface IncidentChaptersView {
  readonly timeline: IncidentTimelineView;
  readonly impact: IncidentImpactView;
  readonly endpoints: EndpointsView;
  readonly blindTime: BlindTimeView;
  readonly rotation: RotationListView;
  readonly actionsTaken: ActionsTakenView;
  /** Null when no earlier result was given. */
  readonly changes: ChangesView | null;
}

export function incidentChapters(
  context: ReportContext,
  groups: ReadonlyMap<Decision, readonly CardGroup[]>,
  chapters: readonly ChapterView[],
): IncidentChaptersView {
  const story = incidentStory(context.result);
  const links = cardLinks(groups, chapters);
  return {
    timeline: timelineView(context, story, incidentTimes(context.result, story)),
    impact: incidentImpactView(context, story),
    endpoints: endpointsView(context, story, links),
    blindTime: blindTimeView(context, story, links),
    rotation: rotationListView(context),
    actionsTaken: actionsTakenView(context),
    changes: changesView(context, links),
  };
}

type Links = NavigationGroupView['links'];

/** Their places in the table of contents, by phase. */
export function incidentLinks(
  view: IncidentChaptersView,
): Readonly<Record<'analysis' | 'eradication' | 'recovery' | 'postIncident', Links>> {
  const { timeline, impact, endpoints, blindTime, rotation, actionsTaken } = view;
  return {
    analysis: [
      { href: '#timeline', label: 'Timeline', count: timeline.events.total },
      { href: '#impact', label: 'Impact', count: impact.kinds.length },
    ],
    eradication: [{ href: '#endpoints', label: 'Ways in', count: endpoints.rows.total }],
    recovery: [
      { href: '#blind-time', label: 'Tampering', count: blindTime.rows.total },
      { href: '#rotation', label: 'Rotation', count: rotation.rows.total },
      { href: '#actions-taken', label: 'Actions taken', count: actionsTaken.total },
    ],
    postIncident: [{ href: '#changes', label: 'Changes', count: null }],
  };
}
