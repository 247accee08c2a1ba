import type { AuditResult } from '../../../model/audit-result.ts';
import { inParts } from '../../machine/in-parts.ts';
import { notSeen } from '../../machine/not-seen.ts';
import { looseGaps, openQuestions } from '../../machine/open-questions.ts';
import { jsonLine } from '../json.ts';
import { ocsfContext } from './ocsf-event.ts';
import { findingEvent } from './ocsf-finding.ts';
import { earlierEvent, gapEvent, notSeenEvent, questionEvent } from './ocsf-unseen.ts';

/** Every event, what could not be seen first. */
function* ocsfEvents(result: AuditResult): Generator<object> {
  const context = ocsfContext(result);
  for (const fact of notSeen(result)) {
    yield notSeenEvent(fact, context);
  }
  for (const question of openQuestions(result)) {
    yield questionEvent(question, context);
  }
  for (const gap of looseGaps(result)) {
    yield gapEvent(gap, context);
  }
  for (const earlier of [...(result.history?.cannotTell ?? []), ...(result.history?.resolved ?? [])]) {
    yield earlierEvent(earlier, context);
  }
  for (const finding of result.findings) {
    yield findingEvent(finding, context);
  }
}

function* ocsfLines(result: AuditResult): Generator<string> {
  for (const event of ocsfEvents(result)) {
    yield `${jsonLine(event)}\n`;
  }
}

/** OCSF as JSON lines: one event per line, as log pipelines take it. */
export function ocsfParts(result: AuditResult): Iterable<string> {
  return inParts(ocsfLines(result));
}

export function renderOcsf(result: AuditResult): string {
  return [...ocsfParts(result)].join('');
}
