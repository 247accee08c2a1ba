import { countOf } from '../text/phrases.ts';
import type { BlindSpotsView, ChapterView, OutcomesView, PhaseView, VerdictView } from './report-view.ts';
import type { VerificationView } from './verification-view.ts';

interface Work {
  readonly chapters: readonly ChapterView[];
  readonly verdict: VerdictView;
  readonly blindSpots: BlindSpotsView;
  readonly outcomes: OutcomesView;
  readonly verification: VerificationView | null;
}

interface Standing {
  readonly open: readonly string[];
  readonly clear: string;
}

/** Nothing found is only then nothing open when the verdict rests on everything having been seen. */
function standing(
  { open, clear }: Standing,
  blind: boolean,
): Pick<PhaseView, 'state' | 'stateLabel' | 'detail'> {
  if (open.length > 0) {
    return { state: 'open', stateLabel: 'Open', detail: open.join(', ') };
  }
  return blind
    ? { state: 'unproved', stateLabel: 'Not proved', detail: 'none found, not all seen' }
    : { state: 'clear', stateLabel: 'Nothing open', detail: clear };
}

function some(count: number, one: string, many: string): readonly string[] {
  return count === 0 ? [] : [countOf(count, one, many)];
}

/** Where the work of each phase of NIST SP 800-61 stands. */
export function phasesView({
  chapters,
  verdict,
  blindSpots,
  outcomes,
  verification,
}: Work): readonly PhaseView[] {
  const openCards = (id: ChapterView['id']): number =>
    chapters.find((chapter) => chapter.id === id)?.openCards ?? 0;
  const gaps = blindSpots.open + blindSpots.notSwept.total + outcomes.errors.total;
  const chapterLinks = new Set(chapters.map(({ id }) => `#${id}`));
  const blind = verdict.reasons.some(({ href }) => !chapterLinks.has(href));
  const phases: readonly (Pick<PhaseView, 'id' | 'label'> & Standing)[] = [
    {
      id: 'analysis',
      label: 'Analysis',
      open: [
        ...some(openCards('explain'), 'to explain', 'to explain'),
        ...some(gaps, 'gap', 'gaps'),
        ...some(outcomes.manualOpen.total, 'question', 'questions'),
      ],
      clear: 'all explained',
    },
    {
      id: 'containment',
      label: 'Containment',
      open: some(openCards('contain-and-rotate'), 'to cut and rotate', 'to cut and rotate'),
      clear: 'none to cut',
    },
    {
      id: 'eradication',
      label: 'Eradication',
      open: some(openCards('eradicate'), 'to remove', 'to remove'),
      clear: 'none to remove',
    },
    {
      id: 'recovery',
      label: 'Recovery',
      open: [
        ...some(openCards('restore'), 'to put back', 'to put back'),
        ...some(verification?.open.total ?? 0, 'not proved gone', 'not proved gone'),
      ],
      clear: 'none to put back',
    },
    {
      id: 'post-incident',
      label: 'Post-incident',
      open: some(openCards('harden'), 'weak point to close', 'weak points to close'),
      clear: 'no weakness found',
    },
  ];
  return phases.map(({ id, label, ...work }, index) => ({
    id,
    number: index + 1,
    label,
    href: `#${id}`,
    ...standing(work, blind),
  }));
}
