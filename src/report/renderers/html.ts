import type { AuditResult } from '../../model/audit-result.ts';
import { contentSecurityPolicy } from '../content-security-policy.ts';
import { displayedInHtml } from '../displayed-values.ts';
import { htmlEnvironment, ownAsset } from '../handlebars-environment.ts';
import { readTemplate } from '../templates.ts';
import { buildReportView } from '../view-model/build-report-view.ts';
import type { RenderOptions } from './render-options.ts';

const limits = { cardsPerChapter: 200, findingsPerCard: 25, rows: 200, names: 12, characters: 2048 } as const;

/** Each chapter's own style is a file of its own. */
const styles = ['report', 'lineage'] as const;

/** One self-contained page: no network, no fonts, readable without scripts. */
export function renderHtml(result: AuditResult, options: RenderOptions = {}): string {
  const style = styles.map((name) => readTemplate(`style/${name}.css`)).join('\n');
  const script = readTemplate('script/report.js');
  const view = buildReportView(result, limits, options.resultFile ?? 'result.json');
  return htmlEnvironment().render({
    page: displayedInHtml(view, limits.characters),
    asset: {
      style: ownAsset(style),
      script: ownAsset(script),
      policy: ownAsset(contentSecurityPolicy(style, script)),
    },
  });
}
