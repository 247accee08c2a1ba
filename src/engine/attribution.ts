import type { BaselineView } from '../model/check.ts';
import type { ResourceFact } from '../model/evidence/derived.ts';
import type { Attribution, Decision, FindingKind, Signal } from '../model/finding.ts';
import type { TimeWindow } from '../model/incident.ts';
import type { Severity } from '../model/severity.ts';

/**
 * True only where every change of the thing would show, and none lies at or after the window's start. Some things
 * (functions) tell no creation, but a last change before the window proves that they existed.
 */
function predates(fact: ResourceFact, window: TimeWindow): boolean {
  const times = [fact.createdAt, fact.modifiedAt].filter((time) => time !== null);
  return fact.changeCoverage === 'complete' && times.length > 0 && times.every((time) => time < window.from);
}

function reviewedUnchanged(fact: ResourceFact, baseline: BaselineView): boolean {
  const entry = baseline.find(fact.type, fact.arn);
  return (
    entry !== null &&
    (entry.contentSha256 === null
      ? fact.contentSha256 === null
      : entry.contentSha256 === fact.contentSha256) &&
    (entry.uniqueId === null || entry.uniqueId === fact.uniqueId)
  );
}

/** The first attribution that holds, strongest first. Nothing is `attributed` without an event that proves it. */
export function attribute(
  signals: readonly Signal[],
  fact: ResourceFact | null,
  window: TimeWindow | null,
  baseline: BaselineView | null,
): Attribution {
  const has = (code: string): boolean => signals.some((one) => one.code === code);
  if (has('created-by-incident') || has('changed-by-incident')) {
    return 'attributed';
  }
  if (has('shared-credential')) {
    return 'shared-credential';
  }
  if (has('in-window')) {
    return 'in-window';
  }
  const reviewed = fact !== null && baseline !== null && reviewedUnchanged(fact, baseline);
  if (reviewed || has('trusted-by-incident-file')) {
    return 'explained';
  }
  if (has('not-in-baseline') || has('changed-since-baseline')) {
    return 'unexplained';
  }
  return fact !== null && window !== null && predates(fact, window) ? 'predates-window' : 'unknown';
}

/**
 * What is to be done. Only what is proved and intruder-made may be deleted; what nobody can explain is asked about
 * first; a critical residue of unknown origin is asked about rather than filed as a ticket.
 */
export function decide(
  kind: FindingKind,
  attribution: Attribution,
  signals: readonly Signal[],
  severity: Severity,
): Decision {
  const has = (code: string): boolean => signals.some((one) => one.code === code);
  const made = attribution === 'attributed' && has('created-by-incident');
  if (has('compromised-principal') && !(made && kind !== 'tampering')) {
    return 'contain-and-rotate';
  }
  if (attribution === 'attributed') {
    return made && kind !== 'tampering' ? 'eradicate' : 'restore';
  }
  if (attribution === 'shared-credential') {
    return 'explain';
  }
  if (kind === 'tampering' && attribution !== 'explained') {
    return 'restore';
  }
  if (has('changed-since-baseline')) {
    return 'restore';
  }
  if (attribution === 'in-window' || attribution === 'unexplained') {
    return 'explain';
  }
  return kind === 'residue' && attribution === 'unknown' && severity === 'critical' ? 'explain' : 'harden';
}
