import { traceLineage } from '../derive/lineage/trace-lineage.ts';
import type { LogLimits } from '../events/log-limits.ts';
import type { EventSource } from '../model/event-source.ts';
import type { Gap } from '../model/gap.ts';
import type { Incident, TimeWindow } from '../model/incident.ts';
import { unitName } from '../model/scope.ts';
import { type TraceResult, traceResultSchema } from '../model/trace-result.ts';
import { collectEvents } from './collect-events.ts';

export interface TraceRequest {
  readonly incident: Incident;
  /** Events are read until then, where that is after the incident's window. */
  readonly until?: string;
  readonly sources: readonly EventSource[];
  /** Of what is kept of them. */
  readonly limits?: LogLimits;
  /** Accounts that no source could ask. */
  readonly gaps?: readonly Gap[];
  /** Accounts that are asked for; null = every account found. */
  readonly accountIds: readonly string[] | null;
  /** Accounts of the organization; null when unknown. */
  readonly organizationAccountIds: readonly string[] | null;
  readonly asOf: string;
  readonly toolVersion: string;
}

const userName = /^arn:[^:]*:iam::\d{12}:user\/(?:.*\/)?([^/]+)$/;

function windowUntil(window: TimeWindow | null, until: string | undefined): TimeWindow | null {
  return window === null || until === undefined || Date.parse(until) <= Date.parse(window.to)
    ? window
    : { from: window.from, to: until };
}

/** Reads the sources and follows the incident's credentials through them. */
export async function traceIncident(request: TraceRequest): Promise<TraceResult> {
  const { incident, sources, asOf, until } = request;
  const query = {
    window: windowUntil(incident.window, until),
    accountIds: request.accountIds,
    seeds: {
      accessKeyIds: incident.compromised.accessKeyIds,
      userNames: incident.compromised.principals.flatMap((arn) => userName.exec(arn)?.[1] ?? []),
      resourceNames: incident.indicators.names,
    },
  };
  const collected = await collectEvents(sources, query, request.limits);
  const traced = traceLineage({
    events: collected.events,
    activity: collected.activity,
    incident,
    asOf,
    coverage: collected.coverage,
    ...(request.organizationAccountIds === null
      ? {}
      : { organizationAccountIds: request.organizationAccountIds }),
  });
  return traceResultSchema.parse({
    schemaVersion: 1,
    tool: { name: 'afterleak', version: request.toolVersion },
    incident: { ...incident },
    sources: sources.map(({ name }) => name),
    ...traced,
    coverage: collected.coverage,
    counts: collected.counts,
    gaps: [...(request.gaps ?? []), ...collected.gaps].map(
      ({ operation, reason, unit, resource, detail }) => ({
        operation,
        reason,
        unit: unitName(unit),
        ...(resource === undefined ? {} : { resource }),
        detail,
      }),
    ),
  });
}
