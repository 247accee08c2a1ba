import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type {
  EvidenceManifest,
  EvidenceShard,
  EvidenceSource,
  StoredObservation,
} from '../model/evidence-manifest.ts';
import { EvidenceError } from './evidence-error.ts';
import { accountOfShard, manifestFile, organizationShard } from './layout.ts';
import { manifestSchema, storedObservationSchema } from './manifest-schema.ts';

const collectAgain =
  'Collect again, or restore the folder from the copy you kept: evidence that does not match its digests proves nothing.';

/** What one text can hold: a file made to burst the memory ends here. */
const longestText = 2 ** 29 - 24;

async function readOrExplain(path: string, next: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new EvidenceError(`cannot read ${path}`, next, { cause: error });
  }
}

function knownShard(shard: EvidenceShard): boolean {
  return shard.path === organizationShard || accountOfShard(shard.path) !== null;
}

async function readManifest(directory: string): Promise<{ manifest: EvidenceManifest; digest: string }> {
  const path = join(directory, manifestFile);
  const bytes = await readOrExplain(
    path,
    'Give the folder that `afterleak collect` wrote (it holds manifest.json).',
  );
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new EvidenceError(`${path} is not JSON`, collectAgain, { cause: error });
  }
  const result = manifestSchema.safeParse(parsed);
  if (!result.success) {
    const issue = result.error.issues[0];
    const where = issue?.path.join('.') ?? '';
    throw new EvidenceError(
      `${path}: ${where === '' ? '' : `${where}: `}${issue?.message ?? 'not a manifest'}`,
      'Was it written by another version of afterleak, or edited by hand? Collect again with this version.',
    );
  }
  const foreign = result.data.shards.find((shard) => !knownShard(shard));
  if (foreign !== undefined) {
    throw new EvidenceError(`${path} names a file that is no evidence: ${foreign.path}`, collectAgain);
  }
  return { manifest: result.data, digest: createHash('sha256').update(bytes).digest('hex') };
}

function parseLine(path: string, line: string, number: number): StoredObservation {
  try {
    return storedObservationSchema.parse(JSON.parse(line));
  } catch (error) {
    throw new EvidenceError(`${path}: line ${number} is not an observation`, collectAgain, { cause: error });
  }
}

async function readShard(directory: string, shard: EvidenceShard): Promise<readonly StoredObservation[]> {
  const path = join(directory, shard.path);
  const bytes = await readOrExplain(path, collectAgain);
  if (createHash('sha256').update(bytes).digest('hex') !== shard.sha256) {
    throw new EvidenceError(
      `${path} was changed or cut after it was collected: its sha256 differs`,
      collectAgain,
    );
  }
  let text: string;
  try {
    text = gunzipSync(bytes, { maxOutputLength: longestText }).toString('utf8');
  } catch (error) {
    throw new EvidenceError(`${path} is not a whole gzip file`, collectAgain, { cause: error });
  }
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines.length !== shard.observations) {
    throw new EvidenceError(
      `${path} holds ${lines.length} observations, not ${shard.observations}`,
      collectAgain,
    );
  }
  return lines.map((line, index) => parseLine(path, line, index + 1));
}

/**
 * Opens collected evidence. Every shard is checked against its digest when it is read.
 * @throws EvidenceError when something is missing, truncated, tampered with or of another schema.
 */
export async function openEvidence(directory: string): Promise<EvidenceSource> {
  const { manifest, digest } = await readManifest(directory);
  const read = async (accountId: string | null): Promise<readonly StoredObservation[]> => {
    const shards = manifest.shards.filter((shard) => accountOfShard(shard.path) === accountId);
    const parts = await Promise.all(shards.map((shard) => readShard(directory, shard)));
    return parts.flat();
  };
  return {
    manifest,
    digest,
    organization: () => read(null),
    account: (accountId) => read(accountId),
  };
}

/** Reads every shard once. Resolves to the number of observations; throws as `openEvidence` does. */
export async function verifyEvidence(
  directory: string,
): Promise<{ shards: number; observations: number; digest: string }> {
  const { manifest, digest } = await readManifest(directory);
  const counts = [];
  for (const shard of manifest.shards) {
    counts.push((await readShard(directory, shard)).length);
  }
  return { shards: counts.length, observations: counts.reduce((sum, count) => sum + count, 0), digest };
}
