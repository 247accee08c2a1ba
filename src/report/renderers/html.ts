import { createHash } from 'node:crypto';
import type { AuditResult } from '../../model/audit-result.ts';
import { displayedInHtml } from '../displayed-values.ts';
import { htmlEnvironment, ownAsset } from '../handlebars-environment.ts';
import { readTemplate } from '../templates.ts';
import { buildReportView } from '../view-model/build-report-view.ts';
import type { RenderOptions } from './render-options.ts';

const limits = { cardsPerChapter: 200, findingsPerCard: 25, rows: 200, names: 12, characters: 2048 } as const;

function digestSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Nothing is loaded and nothing runs but the style and the script whose digests stand here. */
function contentSecurityPolicy(style: string, script: string): string {
  return [
    "default-src 'none'",
    `style-src ${digestSource(style)}`,
    `script-src ${digestSource(script)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** One self-contained page: no network, no fonts, readable without scripts. */
export function renderHtml(result: AuditResult, options: RenderOptions = {}): string {
  const style = readTemplate('style/report.css');
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
