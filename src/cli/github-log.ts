import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditResult } from '../model/audit-result.ts';
import { annotationsOf } from '../report/github/annotations.ts';
import { differenceComment } from '../report/github/difference-comment.ts';
import { stepSummary } from '../report/github/step-summary.ts';
import { runsOnGithub, workflowCommand } from './github-guard.ts';

/** The runner reads it as the body of a comment (docs/github-action.md). */
const commentFile = 'afterleak-comment.md';

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/**
 * On GitHub: annotations of the loudest findings and of what could not be seen, the report as the step's summary, and
 * the difference to the earlier run in the runner's folder for temporary files.
 */
export function reportOnGithub(result: AuditResult): void {
  if (!runsOnGithub()) {
    return;
  }
  for (const line of annotationsOf(result)) {
    workflowCommand(line);
  }
  const summary = process.env['GITHUB_STEP_SUMMARY'] ?? '';
  const text = summary === '' ? null : stepSummary(result, sizeOf(summary));
  if (text !== null) {
    appendFileSync(summary, text);
  }
  const temporary = process.env['RUNNER_TEMP'] ?? '';
  if (temporary !== '') {
    writeFileSync(join(temporary, commentFile), differenceComment(result), { mode: 0o600 });
  }
}
