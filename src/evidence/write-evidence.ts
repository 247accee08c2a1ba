import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { EvidenceManifest, EvidenceShard, StoredObservation } from '../model/evidence-manifest.ts';
import { accountShard, manifestFile, organizationShard } from './layout.ts';

/** Takes observations as they come and writes one shard per account, so that memory does not grow with the organization. */
export interface EvidenceWriter {
  put(observation: StoredObservation): Promise<void>;
  /** Writes what is known of the account and forgets it; what comes later goes into a further shard. */
  closeAccount(accountId: string): Promise<void>;
  /** Writes a manifest over the shards so far: the folder is whole evidence again if the run dies after this. */
  checkpoint(facts: Omit<EvidenceManifest, 'shards'>): Promise<void>;
  /** Writes what is left and the manifest; the folder is evidence only after this. */
  finish(facts: Omit<EvidenceManifest, 'shards'>): Promise<EvidenceManifest>;
}

function orderKey(stored: StoredObservation): string {
  return `${stored.unit.region ?? ''} ${stored.key}`;
}

function byOrderKey(left: StoredObservation, right: StoredObservation): number {
  return orderKey(left) < orderKey(right) ? -1 : 1;
}

async function writePrivate(path: string, bytes: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.partial`;
  await writeFile(temporary, bytes, { mode: 0o600 });
  await rename(temporary, path);
}

/**
 * Opens a folder (made with mode 0700) for evidence. Shards are gzip NDJSON, sorted by region and key; each reaches
 * its final name only when it is whole.
 */
export function createEvidenceWriter(directory: string): EvidenceWriter {
  const pending = new Map<string | null, StoredObservation[]>();
  const passes = new Map<string, number>();
  const shards: EvidenceShard[] = [];
  /** Accounts end at the same time; manifests are written one after the other. */
  let manifestWritten: Promise<unknown> = Promise.resolve();

  const writeShard = async (accountId: string | null): Promise<void> => {
    const observations = pending.get(accountId) ?? [];
    pending.delete(accountId);
    const pass = accountId === null ? 0 : (passes.get(accountId) ?? 0);
    const path = accountId === null ? organizationShard : accountShard(accountId, pass);
    if (accountId !== null) {
      passes.set(accountId, pass + 1);
    }
    const bytes = gzipSync(
      observations
        .toSorted(byOrderKey)
        .map((stored) => `${JSON.stringify(stored)}\n`)
        .join(''),
    );
    await writePrivate(join(directory, path), bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    shards.push({ path, sha256, bytes: bytes.length, observations: observations.length });
  };

  const writeManifest = async (facts: Omit<EvidenceManifest, 'shards'>): Promise<EvidenceManifest> => {
    const manifest: EvidenceManifest = {
      ...facts,
      shards: shards.toSorted((left, right) => (left.path < right.path ? -1 : 1)),
    };
    await writePrivate(join(directory, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`);
    return manifest;
  };

  return {
    async put(stored) {
      const accountId = stored.unit.accountId;
      const list = pending.get(accountId) ?? [];
      list.push(stored);
      pending.set(accountId, list);
    },
    async closeAccount(accountId) {
      await writeShard(accountId);
    },
    async checkpoint(facts) {
      const previous = manifestWritten;
      manifestWritten = previous.then(() => writeManifest(facts));
      await manifestWritten;
    },
    async finish(facts) {
      for (const accountId of [...pending.keys()]) {
        await writeShard(accountId);
      }
      await manifestWritten;
      return writeManifest(facts);
    },
  };
}
