import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listBundle } from '../evidence/bundle-files.ts';
import { checksumsFile, digestOfFile, renderChecksums } from '../evidence/checksums.ts';
import { publicKeyFile, signatureFile } from '../evidence/public-key.ts';
import { openSigningKey, type Signer } from '../evidence/signing-key.ts';
import type { RunOptions } from '../input/run-options.ts';
import type { AuditResult } from '../model/audit-result.ts';
import type { TraceResult } from '../model/trace-result.ts';
import { renderCustodyPage } from '../report/custody/custody-page.ts';
import type { Collected } from './collect.ts';
import { custodyCollection, custodyIncident, custodyPlaces, organizationText } from './custody-facts.ts';
import type { PipelineHost } from './host.ts';
import { inputsFile } from './saved-inputs.ts';
import { toolVersion } from './tool-version.ts';
import { writePrivateFile } from './write-reports.ts';

/** run.json: what differs between two runs over the same evidence. Arguments arrive without secrets. */
export interface RunFacts {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly node: string;
  readonly platform: string;
}

export interface RunRecord extends RunFacts {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly collectSeconds?: number;
  readonly auditSeconds?: number;
  readonly calls?: number;
  readonly stopped?: Collected['stopped'];
}

/** What the page about custody is told from; null where the run has no such thing. */
export interface RunContents {
  readonly run: RunRecord;
  readonly collected: Collected | null;
  readonly result: AuditResult | null;
  readonly trace: TraceResult | null;
}

export const custodyFile = 'custody.md';

/** Opened before the work: a key that cannot sign is told at once. @throws KeyError */
export async function openSigner(
  { sign }: Pick<RunOptions, 'sign'>,
  { askPassphrase }: Pick<PipelineHost, 'askPassphrase'>,
): Promise<Signer | null> {
  return sign === undefined ? null : await openSigningKey(sign, askPassphrase ?? (async () => null));
}

async function digestsOf(directory: string, leftOut: readonly string[]) {
  const { files } = await listBundle(directory);
  const digests = [];
  for (const path of files.filter((one) => !leftOut.includes(one))) {
    digests.push({ path, ...(await digestOfFile(join(directory, path))) });
  }
  return digests;
}

/**
 * Ends a run: writes run.json and the page about custody, SHA256SUMS over every file, and the signature. Nothing may be
 * written into the folder after it.
 */
export async function sealRun(
  directory: string,
  contents: RunContents,
  signer: Signer | null,
): Promise<void> {
  const { run, collected, result, trace } = contents;
  const signature = signer === null ? null : { algorithm: 'Ed25519', publicKeySha256: signer.fingerprint };
  await writePrivateFile(join(directory, 'run.json'), `${JSON.stringify({ ...run, signature }, null, 2)}\n`);
  if (signer !== null) {
    await writePrivateFile(join(directory, publicKeyFile), signer.publicKeyPem);
  }
  const files = await digestsOf(directory, [checksumsFile, signatureFile, custodyFile]);
  const page = renderCustodyPage({
    incident: custodyIncident(result, trace),
    banner: collected?.manifest.banner ?? result?.evidenceBanner ?? null,
    run: { ...run, toolVersion: await toolVersion() },
    collection: custodyCollection(contents, files),
    fingerprint: signer?.fingerprint ?? null,
    canBeReperformed:
      files.some(({ path }) => path === inputsFile) && files.some(({ path }) => path === 'result.json'),
    files,
    sources: {
      places: custodyPlaces(collected),
      organization: organizationText(contents),
      trail:
        trace === null
          ? null
          : { sources: trace.sources, records: trace.counts.records, files: trace.counts.files },
    },
  });
  const pagePath = join(directory, custodyFile);
  await writePrivateFile(pagePath, page);
  // What the page lists is what is sealed; the evidence is read once.
  const custody = { path: custodyFile, ...(await digestOfFile(pagePath)) };
  await writePrivateFile(join(directory, checksumsFile), renderChecksums([...files, custody]));
  if (signer !== null) {
    const signed = await readFile(join(directory, checksumsFile));
    await writePrivateFile(join(directory, signatureFile), signer.sign(signed));
  }
}
