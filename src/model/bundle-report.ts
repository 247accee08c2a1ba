/** What hangs together by digests: the result names the manifest, the manifest names the files. */
export interface ChainFacts {
  /** Null where the folder holds no evidence, or it was not looked at because files are broken. */
  readonly evidence: {
    readonly digest: string;
    readonly shards: number;
    readonly observations: number;
    /** False: a collection left it that was killed or is still at work. */
    readonly ended: boolean;
  } | null;
  /** Digest of the evidence that the result judges; null without a result that can be read. */
  readonly judged: string | null;
  /** Calls in coverage.ndjson, which lists those of the collection's last part; null without one that can be read. */
  readonly calls: number | null;
}

export interface SignatureFacts {
  /** SHA-256 of the key (DER) that the signature holds under. */
  readonly fingerprint: string;
  /** True when that key was given from elsewhere; the key that lies beside a signature proves nothing about who signed. */
  readonly trusted: boolean;
}

/** A run's folder, or evidence alone, held against its own digests and its signature. */
export interface BundleReport {
  /** `evidence`: evidence alone. `unsealed-run`: a run that did not end; there is no SHA256SUMS. */
  readonly kind: 'run' | 'evidence' | 'unsealed-run';
  /** Regular files of the folder, relative to it. */
  readonly files: ReadonlySet<string>;
  /** Empty = intact. */
  readonly problems: readonly string[];
  /** Files that nothing vouches for. */
  readonly uncovered: readonly { readonly path: string; readonly why: string; readonly expected: boolean }[];
  /** What SHA256SUMS covers and what matches it; null without one. */
  readonly covered: { readonly files: number; readonly bytes: number } | null;
  readonly chain: ChainFacts;
  /** Null = not signed, or the signature does not hold. */
  readonly signature: SignatureFacts | null;
}
