import type { RunOptions } from '../input/run-options.ts';
import type { EvidenceManifest } from '../model/evidence-manifest.ts';
import type { Incident } from '../model/incident.ts';
import type { TraceResult } from '../model/trace-result.ts';
import type { PipelineHost } from './host.ts';
import { openSources } from './open-sources.ts';
import { toolVersion } from './tool-version.ts';
import { traceIncident } from './trace-incident.ts';

/** `fallback` is the trail where none is named. Null without a trail or without an incident that names a credential: then nothing can be followed. */
export async function traceForSweep(
  options: RunOptions,
  incident: Incident | null,
  manifest: EvidenceManifest,
  host: PipelineHost,
  fallback: readonly string[],
  eventsToTheEnd = false,
): Promise<TraceResult | null> {
  const named =
    incident === null ? 0 : incident.compromised.accessKeyIds.length + incident.compromised.principals.length;
  if (incident === null || named === 0) {
    return null;
  }
  const { sources, gaps } = await openSources(options, host, fallback);
  if (sources.length === 0) {
    return null;
  }
  return traceIncident({
    incident,
    ...(eventsToTheEnd ? { until: new Date(host.runtime.now()).toISOString() } : {}),
    sources,
    gaps,
    accountIds: null,
    organizationAccountIds:
      manifest.ofAccounts === null ? null : manifest.accounts.map(({ accountId }) => accountId),
    asOf: options.asOf ?? manifest.asOf,
    toolVersion: await toolVersion(),
  });
}
