import type { TraceResult } from '../../model/trace-result.ts';
import { displayedInHtml } from '../displayed-values.ts';
import { htmlEnvironment } from '../handlebars-environment.ts';
import { pageAssets, runningHead } from '../page-assets.ts';
import { buildTraceView } from './build-trace-view.ts';
import type { TraceLimits } from './trace-view.ts';

const limits: TraceLimits = { rows: 300, branches: 600, names: 12, characters: 2048 };

/** One self-contained page of a trace alone: no network, no fonts, readable without scripts. */
export function renderTraceHtml(result: TraceResult): string {
  const view = buildTraceView(result, limits, 'trace.json');
  return htmlEnvironment('trace.html.hbs').render({
    page: displayedInHtml(view, limits.characters),
    asset: pageAssets(runningHead(view.incident.id, view.title)),
  });
}
