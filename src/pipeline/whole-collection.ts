import type { CollectionPart } from '../model/collection-part.ts';
import type { EvidenceManifest, EvidenceSource } from '../model/evidence-manifest.ts';
import type { Gap } from '../model/gap.ts';

type ManifestFacts = Omit<EvidenceManifest, 'shards'>;

/** What a part left behind, and of that what still holds. */
export interface EarlierPart {
  readonly evidence: Pick<EvidenceSource, 'manifest' | 'digest'>;
  /** Gaps of the scope of those accounts that were taken over: nobody asks for them again. */
  readonly gaps: readonly Gap[];
}

function partOf(facts: ManifestFacts, ended: boolean): CollectionPart {
  return {
    startedAt: facts.startedAt,
    endedAt: facts.asOf,
    ended,
    callerArn: facts.callerArn,
    toolVersion: facts.tool.version,
    calls: facts.ownTraces.calls,
    digest: null,
  };
}

function partsBefore({ manifest, digest }: EarlierPart['evidence']): readonly CollectionPart[] {
  const parts = manifest.parts ?? [partOf(manifest, true)];
  return parts.map((part) => (part.digest === null ? { ...part, digest } : part));
}

function sumOf(
  left: EvidenceManifest['redactions'],
  right: EvidenceManifest['redactions'],
): EvidenceManifest['redactions'] {
  const fields = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  return Object.fromEntries(fields.map((field) => [field, (left[field] ?? 0) + (right[field] ?? 0)]));
}

function largest(left: number, right: number): number {
  return Math.abs(left) > Math.abs(right) ? left : right;
}

/**
 * Makes of what one part did what the whole collection did: a manifest names the evidence of all parts, so it counts the calls, the
 * dropped values and the sessions of all of them. `ended` is false for what a killed run would leave.
 */
export function wholeCollection(
  own: ManifestFacts,
  ended: boolean,
  earlier: EarlierPart | null,
): ManifestFacts {
  const part = partOf(own, ended);
  if (earlier === null) {
    return ended ? own : { ...own, parts: [part] };
  }
  const { manifest } = earlier.evidence;
  const known = new Set(own.gaps.map((gap) => JSON.stringify(gap)));
  return {
    ...own,
    startedAt: manifest.startedAt,
    gaps: [...own.gaps, ...earlier.gaps.filter((gap) => !known.has(JSON.stringify(gap)))],
    banner: own.banner ?? manifest.banner,
    ownTraces: {
      sessions: [...new Set([...manifest.ownTraces.sessions, ...own.ownTraces.sessions])].sort(),
      userAgent: own.ownTraces.userAgent,
      calls: manifest.ownTraces.calls + own.ownTraces.calls,
    },
    redactions: sumOf(manifest.redactions, own.redactions),
    clockSkewSeconds: largest(manifest.clockSkewSeconds, own.clockSkewSeconds),
    parts: [...partsBefore(earlier.evidence), part],
  };
}
