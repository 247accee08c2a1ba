import type { AuditResult } from '../../model/audit-result.ts';
import { embeddedData } from '../columnar/embedded-json.ts';
import { encodeFindings } from '../columnar/encode-findings.ts';
import { displayedInHtml } from '../displayed-values.ts';
import { htmlEnvironment } from '../handlebars-environment.ts';
import { pageAssets, runningHead } from '../page-assets.ts';
import { buildReportView } from '../view-model/build-report-view.ts';
import type { RenderOptions } from './render-options.ts';

const limits = {
  cardsPerChapter: 200,
  cardsInAll: 300,
  findingsPerCard: 25,
  rows: 200,
  names: 12,
  characters: 2048,
} as const;

/** One self-contained page: no network, no fonts, readable without scripts. */
export function renderHtml(result: AuditResult, options: RenderOptions = {}): string {
  const view = buildReportView(result, limits, options.resultFile ?? 'result.json');
  return htmlEnvironment().render({
    page: displayedInHtml(view, limits.characters),
    asset: pageAssets(runningHead(view.incident?.id ?? null, view.title)),
    findings: embeddedData(encodeFindings(result, limits.characters)),
  });
}
