import type { AuditResult } from '../model/audit-result.ts';
import type { EvidenceManifest } from '../model/evidence-manifest.ts';
import type { EventFacts, TraceResult } from '../model/trace-result.ts';

export function collectionOf(manifest: EvidenceManifest): AuditResult['collection'] {
  return {
    toolVersion: manifest.tool.version,
    startedAt: manifest.startedAt,
    endedAt: manifest.asOf,
    callerArn: manifest.callerArn,
    callerAccountId: manifest.callerAccountId,
    keys: { ...manifest.keys },
    files: manifest.shards.map(({ path, sha256, bytes, observations }) => ({
      path,
      sha256,
      bytes,
      observations,
    })),
    redactions: { ...manifest.redactions },
    clockSkewSeconds: manifest.clockSkewSeconds,
    ...(manifest.parts === undefined ? {} : { parts: [...manifest.parts] }),
  };
}

export function eventFactsOf(trace: TraceResult): EventFacts {
  const { activity, rotation, impact, indicators, suspects, settings, priorStates, counts } = trace;
  return { activity, rotation, impact, indicators, suspects, settings, priorStates, counts };
}
