import type { AuditResult } from '../../model/audit-result.ts';
import { csvParts, renderCsv } from './csv/render-csv.ts';
import { renderHtml } from './html.ts';
import { jsonParts, renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { ocsfParts, renderOcsf } from './ocsf/render-ocsf.ts';
import type { RenderOptions } from './render-options.ts';
import { renderSarif, sarifParts } from './sarif/render-sarif.ts';

export type { RenderOptions } from './render-options.ts';

export interface Renderer {
  /** Name of the file in the run's folder. */
  readonly file: string;
  readonly render: (result: AuditResult, options?: RenderOptions) => string;
  /** The same in parts, where the whole may be too large for one text. */
  readonly parts?: (result: AuditResult) => Iterable<string>;
}

export const renderers = {
  html: { file: 'report.html', render: renderHtml },
  md: { file: 'report.md', render: renderMarkdown },
  json: { file: 'result.json', render: renderJson, parts: jsonParts },
  sarif: { file: 'findings.sarif', render: renderSarif, parts: sarifParts },
  ocsf: { file: 'findings.ocsf.ndjson', render: renderOcsf, parts: ocsfParts },
  csv: { file: 'findings.csv', render: renderCsv, parts: csvParts },
} as const satisfies Record<string, Renderer>;

export type ReportFormat = keyof typeof renderers;

export function isReportFormat(name: string): name is ReportFormat {
  return Object.hasOwn(renderers, name);
}

export function render(result: AuditResult, format: ReportFormat, options: RenderOptions = {}): string {
  return renderers[format].render(result, options);
}
