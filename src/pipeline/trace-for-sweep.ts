import type { RunOptions } from '../input/run-options.ts';
import type { EvidenceManifest } from '../model/evidence-manifest.ts';
import type { Incident } from '../model/incident.ts';
import type { TraceResult } from '../model/trace-result.ts';
import type { PipelineHost } from './host.ts';
import { openSources } from './open-sources.ts';
import { toolVersion } from './tool-version.ts';
import { traceIncident } from './trace-incident.ts';

/** When events were read, and up to when beyond the incident's window; null = no further than that. */
export interface EventTimes {
  readonly readAt: string;
  readonly until: string | null;
}

/** To the end of what there is, where it is asked whether something was put back. */
export function eventTimes(host: PipelineHost, toTheEnd: boolean): EventTimes {
  const readAt = new Date(host.runtime.now()).toISOString();
  return { readAt, until: toTheEnd ? readAt : null };
}

/** `fallback` is the trail where none is named. Null without a trail or without an incident that names a credential: then nothing can be followed. */
export async function traceForSweep(
  options: RunOptions,
  incident: Incident | null,
  manifest: EvidenceManifest,
  host: PipelineHost,
  fallback: readonly string[],
  { readAt, until }: EventTimes,
): Promise<TraceResult | null> {
  const named =
    incident === null ? 0 : incident.compromised.accessKeyIds.length + incident.compromised.principals.length;
  if (incident === null || named === 0) {
    return null;
  }
  const { sources, limits, gaps } = await openSources(options, host, fallback, Date.parse(readAt));
  if (sources.length === 0) {
    return null;
  }
  return traceIncident({
    incident,
    ...(until === null ? {} : { until }),
    sources,
    limits,
    gaps,
    accountIds: null,
    organizationAccountIds:
      manifest.ofAccounts === null ? null : manifest.accounts.map(({ accountId }) => accountId),
    asOf: options.asOf ?? manifest.asOf,
    toolVersion: await toolVersion(),
  });
}
