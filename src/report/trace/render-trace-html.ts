import type { TraceResult } from '../../model/trace-result.ts';
import { contentSecurityPolicy } from '../content-security-policy.ts';
import { displayedInHtml } from '../displayed-values.ts';
import { htmlEnvironment, ownAsset } from '../handlebars-environment.ts';
import { readTemplate } from '../templates.ts';
import { buildTraceView } from './build-trace-view.ts';
import type { TraceLimits } from './trace-view.ts';

const limits: TraceLimits = { rows: 300, branches: 600, names: 12, characters: 2048 };

/** One self-contained page of a trace alone: no network, no fonts, readable without scripts. */
export function renderTraceHtml(result: TraceResult): string {
  const style = `${readTemplate('style/report.css')}\n${readTemplate('style/lineage.css')}`;
  const script = readTemplate('script/report.js');
  return htmlEnvironment('trace.html.hbs').render({
    page: displayedInHtml(buildTraceView(result, limits, 'trace.json'), limits.characters),
    asset: {
      style: ownAsset(style),
      script: ownAsset(script),
      policy: ownAsset(contentSecurityPolicy(style, script)),
    },
  });
}
