import type { TraceResult } from '../../model/trace-result.ts';
import { renderJson } from '../renderers/json.ts';
import { renderTraceHtml } from './render-trace-html.ts';
import { renderTraceMarkdown } from './render-trace-markdown.ts';

export { traceTree } from './trace-tree.ts';

interface TraceRenderer {
  /** Name of the file in the run's folder. */
  readonly file: string;
  readonly render: (result: TraceResult) => string;
}

export const traceRenderers = {
  html: { file: 'trace.html', render: renderTraceHtml },
  md: { file: 'trace.md', render: renderTraceMarkdown },
  json: { file: 'trace.json', render: renderJson },
} as const satisfies Record<string, TraceRenderer>;

type TraceFormat = keyof typeof traceRenderers;

/** A trace has no findings: the formats that hold findings alone are none of its. */
export function isTraceFormat(name: string): name is TraceFormat {
  return Object.hasOwn(traceRenderers, name);
}
