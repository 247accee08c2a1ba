import type { AnyCheck, CheckContext } from '../model/check.ts';
import type { EvidenceKey } from '../model/evidence-catalog.ts';
import type { Sighting } from '../model/finding.ts';
import { type Gap, isNonEmpty } from '../model/gap.ts';
import { gapsOf, type Observation } from '../model/observation.ts';
import type { CheckResult } from './check-result.ts';

export type ObservationLookup = (key: EvidenceKey) => Observation<unknown>;

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function assertDeclared(check: AnyCheck, sighting: Sighting): void {
  if (!Object.hasOwn(check.meta.messages, sighting.messageId)) {
    throw new Error(`${check.meta.id} yielded the undeclared message id ${sighting.messageId}`);
  }
}

/** Gaps that forbid the check to run: a required fact is missing, or partial and not tolerated. */
function blockingGaps(check: AnyCheck, lookup: ObservationLookup): readonly Gap[] {
  const tolerated = new Set<EvidenceKey>(check.meta.tolerates ?? []);
  return check.meta.requires.flatMap((key) => {
    const observation = lookup(key);
    const blocks =
      observation.state === 'missing' || (observation.state === 'partial' && !tolerated.has(key));
    return blocks ? gapsOf(observation) : [];
  });
}

function declaredEvidence(check: AnyCheck, lookup: ObservationLookup): Readonly<Record<string, unknown>> {
  const entries = [...check.meta.requires, ...(check.meta.optional ?? [])].map((key) => {
    const observation = lookup(key);
    return [key, observation.state === 'missing' ? null : observation.value] as const;
  });
  return Object.freeze(Object.fromEntries(entries));
}

/** A context that notices whether a check asks for the organization, which nobody could see. */
function watchedContext(context: CheckContext, onAsked: () => void): CheckContext {
  return {
    ...context,
    get managementAccountId() {
      onAsked();
      return context.managementAccountId;
    },
    get organizationId() {
      onAsked();
      return context.organizationId;
    },
  };
}

/**
 * The engine's rule (ARCHITECTURE.md): one result per check and unit, and no way from "could not see" to `pass`.
 * A check that throws is an `error`, never a verdict. `unknownOrganization` says why it could not be seen whether there
 * is an organization: null is no answer then, and what a check concludes from it is not known.
 */
export function evaluateCheck(
  check: AnyCheck,
  given: CheckContext,
  lookup: ObservationLookup,
  unknownOrganization: readonly Gap[] = [],
): CheckResult {
  let asked = false;
  const context = watchedContext(given, () => {
    asked = true;
  });
  const unknown = (): readonly Gap[] => (asked ? unknownOrganization : []);
  const reason = check.appliesTo?.(context) ?? null;
  if (reason !== null) {
    const doubts = unknown();
    return isNonEmpty(doubts)
      ? { outcome: 'unevaluated', gaps: doubts }
      : { outcome: 'not-applicable', reason };
  }
  const blocking = blockingGaps(check, lookup);
  if (isNonEmpty(blocking)) {
    return { outcome: 'unevaluated', gaps: blocking };
  }
  try {
    const evidence = declaredEvidence(check, lookup);
    const sightings = [...check.evaluate(evidence, context)];
    for (const sighting of sightings) {
      assertDeclared(check, sighting);
    }
    const gaps = [...check.meta.requires.flatMap((key) => gapsOf(lookup(key))), ...unknown()];
    if (isNonEmpty(sightings)) {
      const examined = check.examined(evidence, context);
      return { outcome: 'fail', examined, sightings, gaps, instructions: check.manual?.instructions ?? null };
    }
    if (isNonEmpty(gaps)) {
      return { outcome: 'unevaluated', gaps };
    }
    if (check.manual !== undefined) {
      const nothingToAsk = check.manual.appliesTo?.(evidence, context) ?? null;
      if (nothingToAsk !== null) {
        return { outcome: 'not-applicable', reason: nothingToAsk };
      }
      return { outcome: 'manual', instructions: check.manual.instructions, gaps: [] };
    }
    return { outcome: 'pass', examined: check.examined(evidence, context) };
  } catch (error) {
    return { outcome: 'error', message: messageOf(error) };
  }
}
