import type { AuditResult } from '../../model/audit-result.ts';
import { displayedInMarkdown } from '../displayed-values.ts';
import { markdownEnvironment } from '../handlebars-environment.ts';
import { buildReportView } from '../view-model/build-report-view.ts';
import type { ReportLimits, ReportView } from '../view-model/report-view.ts';
import type { RenderOptions } from './render-options.ts';

/** GitHub cuts comments at 65,536 characters. */
const defaultCharacters = 60_000;

const shortest: ReportLimits = {
  cardsPerChapter: 0,
  findingsPerCard: 0,
  rows: 1,
  names: 1,
  characters: 200,
};

/** The first that makes the text fit is taken: first everything, in the end only counts. */
const limitSteps: readonly ReportLimits[] = [
  { cardsPerChapter: 100, findingsPerCard: 10, rows: 50, names: 6, characters: 1024 },
  { cardsPerChapter: 40, findingsPerCard: 6, rows: 30, names: 4, characters: 512 },
  { cardsPerChapter: 20, findingsPerCard: 4, rows: 20, names: 3, characters: 400 },
  { cardsPerChapter: 10, findingsPerCard: 3, rows: 10, names: 3, characters: 320 },
  { cardsPerChapter: 5, findingsPerCard: 2, rows: 5, names: 2, characters: 280 },
  { cardsPerChapter: 2, findingsPerCard: 1, rows: 3, names: 1, characters: 240 },
  shortest,
];

function leavesOut(view: ReportView): boolean {
  return view.chapters.some(({ cards }) => cards.hidden > 0);
}

/** The page's twin for a pull request or a ticket; what is left out is counted and pointed to. */
export function renderMarkdown(result: AuditResult, options: RenderOptions = {}): string {
  const longest = options.markdownCharacters ?? defaultCharacters;
  const { render } = markdownEnvironment();
  const written = (step: number): string => {
    const limits = limitSteps[step] ?? shortest;
    const view = buildReportView(result, limits, options.resultFile ?? 'result.json');
    const page = displayedInMarkdown(view, limits.characters);
    return render({ page, shortened: step > 0 || leavesOut(view) })
      .replace(/\n{3,}/g, '\n\n')
      .trimStart();
  };
  let text = written(0);
  if (text.length <= longest) {
    return text;
  }
  // Each step is shorter than the one before: halving finds the first that fits without trying all.
  let fitting: string | null = null;
  let from = 1;
  let to = limitSteps.length - 1;
  while (from <= to) {
    const middle = Math.floor((from + to) / 2);
    text = written(middle);
    if (text.length <= longest) {
      fitting = text;
      to = middle - 1;
    } else {
      from = middle + 1;
    }
  }
  if (fitting !== null) {
    return fitting;
  }
  const note = `\n\n**Cut here: the report is longer than ${longest} characters. The rest is in the full result.**\n`;
  return text.slice(0, longest - note.length).replace(/\n[^\n]*$/, '') + note;
}
