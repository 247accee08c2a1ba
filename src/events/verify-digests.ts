import type { TimeWindow } from '../model/incident.ts';
import type { DigestCoverage } from './coverage.ts';
import { type Digest, type DigestKeys, signatureHolds } from './digest.ts';

/** A log file that was read, with the hash of its plain content. */
export interface HashedFile {
  readonly name: string;
  readonly sha256: string;
}

export interface DigestReport {
  readonly coverage: readonly DigestCoverage[];
  readonly problems: readonly { readonly file: string; readonly detail: string }[];
  /** Digests whose signature was verified, and all. */
  readonly signed: number;
  readonly digests: number;
  /** Read log files that no digest names. */
  readonly unnamed: readonly string[];
}

type Hole = TimeWindow & { readonly why: string };
interface Problem {
  readonly file: string;
  readonly detail: string;
}

function baseName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

/** Copies of a bucket are often unpacked: `x.json.gz` is then there as `x.json`. */
function plainName(path: string): string {
  return baseName(path).replace(/\.(?:gz|zst)$/, '');
}

class Chain {
  readonly holes: Hole[] = [];
  readonly problems: Problem[] = [];
  signed = 0;
  private readonly digests: readonly Digest[];
  private readonly files: ReadonlyMap<string, HashedFile>;
  private readonly keys: DigestKeys;

  constructor(digests: readonly Digest[], files: ReadonlyMap<string, HashedFile>, keys: DigestKeys) {
    this.digests = digests.toSorted((left, right) => (left.from < right.from ? -1 : 1));
    this.files = files;
    this.keys = keys;
  }

  coverage(): DigestCoverage | null {
    const [first] = this.digests;
    const last = this.digests.at(-1);
    if (first === undefined || last === undefined) {
      return null;
    }
    let previous: Digest | null = null;
    for (const digest of this.digests) {
      this.logFiles(digest);
      if (previous !== null) {
        this.link(previous, digest);
      }
      previous = digest;
    }
    const { accountId, region, from } = first;
    return { accountId, region, from, to: last.to, holes: this.holes };
  }

  private logFiles(digest: Digest): void {
    for (const { s3Object, sha256 } of digest.logFiles) {
      const file = this.files.get(plainName(s3Object));
      if (file === undefined) {
        const detail = `${baseName(s3Object)} is in the digest and not among the files`;
        this.fault(digest.file, detail, digest);
      } else if (file.sha256 !== sha256) {
        const detail = `its content is not what its digest ${baseName(digest.file)} says: it was changed after delivery`;
        this.fault(file.name, detail, digest);
      }
    }
  }

  private link(previous: Digest, digest: Digest): void {
    const between = { from: previous.to, to: digest.from };
    if (digest.previousObject !== null && digest.previousObject !== previous.s3Object) {
      if (between.from < between.to) {
        this.fault(digest.file, 'the digest before it is missing', between);
      }
      return;
    }
    if (between.from < between.to) {
      this.fault(digest.file, 'no digest covers the time before it', between);
    }
    if (digest.previousHash !== null && digest.previousHash !== previous.sha256) {
      this.fault(previous.file, 'the digest is not the one that the next digest names', previous);
    }
    const holds =
      digest.previousSignature === null
        ? null
        : signatureHolds(previous, digest.previousSignature, this.keys);
    if (holds === false) {
      this.fault(previous.file, 'the signature of the digest does not hold', previous);
    }
    this.signed += holds === true ? 1 : 0;
  }

  private fault(file: string, detail: string, { from, to }: TimeWindow): void {
    this.problems.push({ file, detail });
    this.holes.push({ from, to, why: `${baseName(file)}: ${detail}` });
  }
}

/**
 * Holds log files against the digests that CloudTrail delivered for them: every file named, unchanged, and the chain
 * of digests unbroken. Without CloudTrail's public keys the signatures stay unverified, and the report says how many.
 */
export function verifyDigests(
  digests: readonly Digest[],
  files: readonly HashedFile[],
  keys: DigestKeys,
): DigestReport {
  const byName = new Map(files.map((file) => [plainName(file.name), file]));
  const chains = new Map<string, Digest[]>();
  for (const digest of digests) {
    // One chain per trail and region: the name without its time.
    const key = baseName(digest.s3Object).replace(/_\d{8}T\d{6}Z.*$/, '');
    chains.set(key, [...(chains.get(key) ?? []), digest]);
  }
  const coverage: DigestCoverage[] = [];
  const problems: Problem[] = [];
  let signed = 0;
  for (const key of [...chains.keys()].sort()) {
    const chain = new Chain(chains.get(key) ?? [], byName, keys);
    const covered = chain.coverage();
    coverage.push(...(covered === null ? [] : [covered]));
    problems.push(...chain.problems);
    signed += chain.signed;
  }
  const named = new Set(
    digests.flatMap(({ logFiles }) => logFiles.map(({ s3Object }) => plainName(s3Object))),
  );
  const unnamed = files.map(({ name }) => name).filter((name) => !named.has(plainName(name)));
  return { coverage, problems, signed, digests: digests.length, unnamed };
}
