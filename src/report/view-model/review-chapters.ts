import { type BoardView, boardView } from './board-view.ts';
import { type ClosureView, closureView } from './closure-view.ts';
import { type CorrectiveActionsView, correctiveActionsView } from './corrective-actions-view.ts';
import { incidentStory } from './incident-moments.ts';
import { incidentTimes } from './incident-times.ts';
import type { ReportContext } from './report-context.ts';
import type { BlindSpotsView, ChapterView, OutcomesView } from './report-view.ts';
import { causeFacts, type RootCausesView, rootCausesView } from './root-causes-view.ts';
import { type WorksheetView, worksheetView } from './worksheet-view.ts';

interface ReviewParts {
  readonly context: ReportContext;
  readonly chapters: readonly ChapterView[];
  readonly blindSpots: BlindSpotsView;
  readonly outcomes: OutcomesView;
  /** Exceptions and attestations that are about to run out. */
  readonly near: number;
}

export interface ReviewChapters {
  readonly board: BoardView;
  readonly rootCauses: RootCausesView;
  readonly correctiveActions: CorrectiveActionsView;
  readonly worksheet: WorksheetView;
  readonly closure: ClosureView;
}

/** The chapters for the board and the auditor rest on each other; they are made together. */
export function reviewChapters({
  context,
  chapters,
  blindSpots,
  outcomes,
  near,
}: ReviewParts): ReviewChapters {
  const story = incidentStory(context.result);
  const times = incidentTimes(context.result, story);
  const causes = causeFacts(context);
  const correctiveActions = correctiveActionsView(context, causes);
  const closure = closureView(context);
  const sources = { context, story, times, causes, actions: correctiveActions, blindSpots, outcomes };
  return {
    board: boardView({ ...sources, closure }, near),
    rootCauses: rootCausesView(context, causes, chapters),
    correctiveActions,
    worksheet: worksheetView(sources),
    closure,
  };
}
