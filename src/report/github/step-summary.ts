import type { AuditResult } from '../../model/audit-result.ts';
import { renderMarkdown } from '../renderers/markdown.ts';

/** GitHub refuses the whole summary of a step above 1 MiB. */
const mostBytes = 1_048_576;
/** A UTF-16 unit takes three bytes of UTF-8 at most. */
const bytesPerCharacter = 3;
const leastCharacters = 2_000;

/** The Markdown twin, as long as GitHub takes beside what the summary holds already; null where there is no room. */
export function stepSummary(result: AuditResult, bytesUsed: number): string | null {
  const characters = Math.floor((mostBytes - bytesUsed) / bytesPerCharacter) - 2;
  return characters < leastCharacters
    ? null
    : `${renderMarkdown(result, { markdownCharacters: characters })}\n`;
}
