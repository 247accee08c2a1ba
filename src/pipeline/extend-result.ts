import type { ResultExtension } from '../engine/audit-input.ts';
import { withHistory } from '../engine/history.ts';
import type { AuditResult } from '../model/audit-result.ts';
import type { Incident } from '../model/incident.ts';
import type { TraceResult } from '../model/trace-result.ts';
import { withPlan } from '../plan/build-plan.ts';

/** What follows from a judged result: the plan, and how the findings of an earlier run went on. */
export function extensionOf(
  incident: Incident | null,
  trace: TraceResult | null,
  previous: AuditResult | null,
): ResultExtension {
  return (result, dependents, notSeen) => {
    const planned = withPlan({ result, dependents, notSeen, incident, trace });
    return previous === null ? planned : withHistory(planned, previous);
  };
}
