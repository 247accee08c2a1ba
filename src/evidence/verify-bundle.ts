import type { KeyObject } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { BundleReport } from '../model/bundle-report.ts';
import { listBundle, reasonOf } from './bundle-files.ts';
import { checksumsFile, digestOfFile, parseChecksums } from './checksums.ts';
import { checkChain } from './evidence-chain.ts';
import { EvidenceError } from './evidence-error.ts';
import { publicKeyFile, signatureFile } from './public-key.ts';
import { checkSignature } from './verify-signature.ts';

/** Written into a run's folder after the run, on purpose. */
const laterFiles: ReadonlyMap<string, string> = new Map([
  ['actions.ndjson', 'the log that plan.sh writes after the run'],
]);

const mostBytes = 64 * 1024 * 1024;

async function readSmall(path: string): Promise<Uint8Array> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { size } = await handle.stat();
    if (size > mostBytes) {
      throw new EvidenceError(`${path} is too large`, 'No run writes it like this.');
    }
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

interface Covered {
  readonly problems: readonly string[];
  readonly paths: ReadonlySet<string>;
  readonly covered: { readonly files: number; readonly bytes: number };
}

async function checkCovered(directory: string, text: string, present: ReadonlySet<string>): Promise<Covered> {
  const { entries, problems } = parseChecksums(text);
  const found = problems.map((problem) => `${checksumsFile}: ${problem}`);
  let files = 0;
  let bytes = 0;
  for (const { path, sha256 } of entries) {
    if (!present.has(path)) {
      found.push(`${path}: missing`);
      continue;
    }
    try {
      const digest = await digestOfFile(join(directory, path));
      if (digest.sha256 === sha256) {
        files += 1;
        bytes += digest.bytes;
      } else {
        found.push(`${path}: altered, its SHA-256 is another one`);
      }
    } catch (error) {
      found.push(`${path}: cannot be read (${reasonOf(error)})`);
    }
  }
  if (entries.length === 0) {
    found.push(`${checksumsFile}: names no file`);
  }
  return { problems: found, paths: new Set(entries.map(({ path }) => path)), covered: { files, bytes } };
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The name inside a run's folder and inside of evidence alone. */
function evidenceFolderIn(present: ReadonlySet<string>): '' | 'evidence' | null {
  if (present.has('evidence/manifest.json')) {
    return 'evidence';
  }
  return present.has('manifest.json') ? '' : null;
}

function uncoveredOf(files: readonly string[], covered: ReadonlySet<string>): BundleReport['uncovered'] {
  return files
    .filter((path) => path !== checksumsFile && path !== signatureFile && !covered.has(path))
    .map((path) => {
      const why = laterFiles.get(path);
      return { path, why: why ?? 'added after the run', expected: why !== undefined };
    });
}

async function ifThere(directory: string, present: ReadonlySet<string>, path: string) {
  return present.has(path) ? await readSmall(join(directory, path)) : null;
}

/**
 * Holds a run's folder, or evidence alone, against its own digests and its signature. Nothing outside of the folder is read
 * but the key; what is wrong is named, not thrown.
 * @throws EvidenceError for a folder that is neither
 */
export async function verifyBundle(directory: string, trustedKey: KeyObject | null): Promise<BundleReport> {
  const listed = await listBundle(directory).catch((error: unknown) => {
    throw new EvidenceError(`cannot read the folder ${directory}`, 'Give the folder of a run.', {
      cause: error,
    });
  });
  const present = new Set(listed.files);
  const odd = listed.odd.map(({ path, what }) => `${path}: ${what}, which is not followed`);
  const folder = evidenceFolderIn(present);
  const isSealed = present.has(checksumsFile);
  if (!isSealed && folder === null && odd.length === 0) {
    throw new EvidenceError(
      `${directory} is no folder of a run: it holds neither ${checksumsFile} nor manifest.json`,
      'Give the folder that a run wrote, or its evidence folder.',
    );
  }
  if (!isSealed) {
    const chain = await checkChain(directory, folder, present, odd.length > 0);
    const unsigned = trustedKey === null ? [] : ['it is not signed, and a key was given'];
    return {
      kind: folder === '' && chain.facts.evidence?.ended !== false ? 'evidence' : 'unsealed-run',
      files: present,
      problems: [...odd, ...chain.problems, ...unsigned],
      uncovered:
        folder === '' ? chain.foreign.map((path) => ({ path, why: 'no evidence', expected: false })) : [],
      covered: null,
      chain: chain.facts,
      signature: null,
    };
  }
  const signed = await readSmall(join(directory, checksumsFile));
  const text = textOf(signed);
  const sums = await checkCovered(directory, text ?? '', present);
  const shippedKey = await ifThere(directory, present, publicKeyFile);
  const signature = checkSignature({
    signed,
    signature: await ifThere(directory, present, signatureFile),
    shippedKey:
      shippedKey === null ? (sums.paths.has(publicKeyFile) ? '' : null) : (textOf(shippedKey) ?? ''),
    trustedKey,
  });
  const broken = [
    ...(text === null ? [`${checksumsFile}: no UTF-8 text`] : []),
    ...odd,
    ...sums.problems,
    ...(typeof signature === 'string' ? [`signature: ${signature}`] : []),
  ];
  const chain = await checkChain(directory, folder, present, odd.length + sums.problems.length > 0);
  return {
    kind: 'run',
    files: present,
    problems: [...broken, ...chain.problems],
    uncovered: uncoveredOf(listed.files, sums.paths),
    covered: sums.covered,
    chain: chain.facts,
    signature: typeof signature === 'string' ? null : signature,
  };
}
