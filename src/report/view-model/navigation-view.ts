import type { LineageView } from '../trace/trace-view.ts';
import { type IncidentChaptersView, incidentLinks } from './incident-chapters.ts';
import type { BlindSpotsView, ChapterView, NavigationGroupView, OutcomesView } from './report-view.ts';
import type { VerificationView } from './verification-view.ts';

interface Chapters {
  readonly chapters: readonly ChapterView[];
  readonly lineage: LineageView | null;
  readonly incident: IncidentChaptersView;
  readonly verification: VerificationView | null;
  readonly blindSpots: BlindSpotsView;
  readonly outcomes: OutcomesView;
  /** How many there are. */
  readonly inventory: number;
  readonly findings: number;
  readonly people: number;
  readonly rootCauses: number;
  readonly correctiveActions: number;
  readonly notSatisfied: number;
  readonly techniquesSeen: number;
}

type Link = NavigationGroupView['links'][number];

function link(href: string, label: string, count: number | null = null): Link {
  return { href, label, count };
}

/** The phases of NIST SP 800-61 are the spine: every chapter of the page stands under one of them. */
export function navigationView(page: Chapters): readonly NavigationGroupView[] {
  const { lineage, verification, blindSpots, outcomes } = page;
  const incident = incidentLinks(page.incident);
  const decision = (id: ChapterView['id']): readonly Link[] =>
    page.chapters
      .filter((chapter) => chapter.id === id)
      .map((chapter) => link(`#${id}`, chapter.title, chapter.cards.total));
  return [
    {
      id: 'overview',
      label: 'Overview',
      links: [link('#summary', 'Summary'), link('#next', 'What to do')],
    },
    {
      id: 'analysis',
      label: 'Analysis',
      links: [
        ...incident.analysis,
        ...(lineage === null
          ? []
          : [
              link(
                '#survivors',
                'Outlives the key',
                lineage.survivors.livesOn.total + lineage.survivors.unknown.total,
              ),
            ]),
        ...decision('explain'),
        ...(lineage === null ? [] : [link('#lineage', 'Lineage', lineage.artefacts.total)]),
        link('#not-seen', 'Not seen', blindSpots.open + blindSpots.notSwept.total),
        link('#manual', 'By hand', outcomes.manualOpen.total),
      ],
    },
    { id: 'containment', label: 'Containment', links: decision('contain-and-rotate') },
    { id: 'eradication', label: 'Eradication', links: [...decision('eradicate'), ...incident.eradication] },
    {
      id: 'recovery',
      label: 'Recovery',
      links: [
        ...decision('restore'),
        ...incident.recovery,
        ...(verification === null ? [] : [link('#verification', 'Verification', verification.open.total)]),
        link('#closure', 'Closure'),
      ],
    },
    {
      id: 'post-incident',
      label: 'Post-incident',
      links: [
        ...incident.postIncident,
        link('#root-causes', 'Root causes', page.rootCauses),
        ...decision('harden'),
        link('#corrective-actions', 'Corrective actions', page.correctiveActions),
        link('#worksheet', 'Lessons learned'),
        link('#people', 'Exceptions', page.people),
      ],
    },
    {
      id: 'annexes',
      label: 'Annexes',
      links: [
        link('#all-findings', 'All findings', page.findings),
        link('#coverage', 'Coverage'),
        link('#passed', 'Other outcomes'),
        link('#inventory', 'Inventory', page.inventory),
        link('#compliance', 'Compliance', page.notSatisfied),
        link('#attack', 'ATT&CK', page.techniquesSeen),
        link('#method', 'Method'),
        link('#custody', 'Evidence'),
        link('#glossary', 'Glossary'),
      ],
    },
  ];
}
