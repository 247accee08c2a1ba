import type { ResultExtension } from '../engine/audit-input.ts';
import type { AuditResult } from '../model/audit-result.ts';
import type { Incident } from '../model/incident.ts';
import type { TraceResult } from '../model/trace-result.ts';
import { withPlan } from '../plan/build-plan.ts';

/** What follows from a judged result: the plan, and how the findings of an earlier run went on. */
export function extensionOf(
  incident: Incident | null,
  trace: TraceResult | null,
  _previous: AuditResult | null,
): ResultExtension {
  return (result, dependents, notSeen) => withPlan({ result, dependents, notSeen, incident, trace });
}
