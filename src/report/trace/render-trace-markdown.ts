import type { TraceResult } from '../../model/trace-result.ts';
import { displayedInMarkdown } from '../displayed-values.ts';
import { markdownEnvironment } from '../handlebars-environment.ts';
import { buildTraceView } from './build-trace-view.ts';
import type { TraceLimits, TraceView } from './trace-view.ts';

/** GitHub cuts comments at 65,536 characters. */
const longest = 60_000;

/** Tried in turn until the text fits: first everything, in the end only counts. */
const limitSteps: readonly TraceLimits[] = [
  { rows: 100, branches: 200, names: 6, characters: 1024 },
  { rows: 60, branches: 120, names: 4, characters: 512 },
  { rows: 30, branches: 60, names: 3, characters: 400 },
  { rows: 15, branches: 30, names: 3, characters: 320 },
  { rows: 8, branches: 15, names: 2, characters: 240 },
  { rows: 3, branches: 6, names: 1, characters: 160 },
  { rows: 1, branches: 2, names: 1, characters: 120 },
];

function leavesOut({ lineage, timeline }: TraceView): boolean {
  return lineage.branches.hidden + lineage.artefacts.hidden + timeline.rows.hidden > 0;
}

/** The page's twin for a pull request or a ticket; what is left out is counted and pointed to. */
export function renderTraceMarkdown(result: TraceResult): string {
  const { render } = markdownEnvironment('trace.md.hbs');
  let text = '';
  for (const [step, limits] of limitSteps.entries()) {
    const view = buildTraceView(result, limits, 'trace.json');
    text = render({
      page: displayedInMarkdown(view, limits.characters),
      shortened: step > 0 || leavesOut(view),
    })
      .replace(/\n{3,}/g, '\n\n')
      .trimStart();
    if (text.length <= longest) {
      return text;
    }
  }
  const note = `\n\n**Cut here: the trace is longer than ${longest} characters. The rest is in trace.json.**\n`;
  return text.slice(0, longest - note.length).replace(/\n[^\n]*$/, '') + note;
}
