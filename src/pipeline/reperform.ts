import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOfFile } from '../evidence/checksums.ts';
import { openEvidence } from '../evidence/read-evidence.ts';
import { verifyBundle } from '../evidence/verify-bundle.ts';
import { InputError } from '../input/input-error.ts';
import { runOptionsSchema } from '../input/run-options.ts';
import type { AuditResult } from '../model/audit-result.ts';
import type { BundleReport } from '../model/bundle-report.ts';
import type { EvidenceSource } from '../model/evidence-manifest.ts';
import type { TraceResult } from '../model/trace-result.ts';
import { planRenderers } from '../report/plan/index.ts';
import { type Renderer, renderers } from '../report/renderers/index.ts';
import { renderJson } from '../report/renderers/json.ts';
import { firstDifference } from './first-difference.ts';
import type { PipelineHost } from './host.ts';
import { type JudgementInputs, judge } from './judge.ts';
import { type InputsIndex, inputsFile, readInputs, readInputsIndex } from './saved-inputs.ts';
import { toolVersion } from './tool-version.ts';
import { traceForSweep } from './trace-for-sweep.ts';
import { withVerification } from './with-verification.ts';

export interface Reperformance {
  readonly bundle: BundleReport;
  /** Files that came out byte for byte as they lie in the folder, and those that did not, with the first difference. */
  readonly identical: readonly string[];
  readonly different: readonly { readonly file: string; readonly where: string }[];
  /** Set when another version made the folder: a difference may be the version's. */
  readonly otherVersion: { readonly made: string; readonly here: string } | null;
}

export interface ReperformRequest {
  /** Where the evidence does not lie in the folder. */
  readonly evidenceDirectory?: string;
  /** Log files to be read again; with a host. */
  readonly trail?: readonly string[];
  readonly host?: PipelineHost;
}

const resultFile = 'result.json';

async function openJudged(evidenceDirectory: string, index: InputsIndex): Promise<EvidenceSource> {
  const evidence = await openEvidence(evidenceDirectory);
  if (evidence.digest !== index.evidenceDigest) {
    throw new InputError(
      `${evidenceDirectory} is other evidence (${evidence.digest}) than the result judges (${index.evidenceDigest})`,
      'Give the folder with that manifest with --evidence.',
    );
  }
  return evidence;
}

/**
 * Reads log files again, as they were asked when the run read them. Where they lie does not matter, so the names of the sources
 * are not compared. Null where there is nothing to read again.
 */
async function traceAgain(
  evidence: EvidenceSource,
  { incident, trace, events, selection }: JudgementInputs,
  trail: readonly string[],
  host: PipelineHost,
): Promise<TraceResult> {
  const offline = trail.find((path) => path === 'lookup' || path === 'none' || path.startsWith('s3://'));
  if (offline !== undefined) {
    throw new InputError(
      `--trail ${offline} is no log file`,
      'Give the log files, or the folder they lie in.',
    );
  }
  const options = runOptionsSchema.parse({
    trail,
    ...(selection.asOf === null ? {} : { asOf: selection.asOf }),
  });
  const again =
    events === null ? null : await traceForSweep(options, incident, evidence.manifest, host, [], events);
  if (trace === null || again === null) {
    throw new InputError('the run read no events', 'Leave out --trail.');
  }
  return { ...again, sources: trace.sources };
}

/** Every file that follows from the result alone, in the parts in which it is written. */
function madeFrom(result: AuditResult): Map<string, () => Iterable<string>> {
  const made = new Map<string, () => Iterable<string>>();
  const all: readonly Renderer[] = Object.values(renderers);
  for (const { file, render, parts } of all) {
    made.set(file, () => (parts === undefined ? [render(result)] : parts(result)));
  }
  const { plan, verification } = result;
  if (plan !== null) {
    for (const { file, render } of Object.values(planRenderers)) {
      made.set(file, () => [render(plan)]);
    }
  }
  if (verification !== null) {
    made.set('verification.json', () => [renderJson(verification)]);
  }
  return made;
}

function digestOfParts(parts: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(part);
  }
  return hash.digest('hex');
}

/**
 * Judges the evidence of a run's folder again, with the inputs that lie in it, renders everything again, and compares byte for
 * byte. Nothing is asked of AWS. A broken folder is not judged: its report says what is wrong.
 * @throws InputError, EvidenceError for a folder that holds no result with its inputs and evidence
 */
export async function reperform(directory: string, request: ReperformRequest = {}): Promise<Reperformance> {
  const { evidenceDirectory, trail = [], host } = request;
  if (trail.length > 0 && host === undefined) {
    throw new InputError('log files cannot be read again without a host', 'Give the host with the trail.');
  }
  const bundle = await verifyBundle(directory, null);
  const nothing: Reperformance = { bundle, identical: [], different: [], otherVersion: null };
  if (bundle.problems.length > 0) {
    return nothing;
  }
  const inside = bundle.files.has('evidence/manifest.json') ? join(directory, 'evidence') : undefined;
  const folder = evidenceDirectory ?? inside;
  if (!bundle.files.has(inputsFile) || !bundle.files.has(resultFile)) {
    throw new InputError(
      `${directory} holds no ${bundle.files.has(resultFile) ? inputsFile : resultFile}: there is nothing to perform again`,
      'Give the folder of a sweep, an audit or a verify that wrote result.json.',
    );
  }
  if (folder === undefined) {
    throw new InputError(
      `${directory} holds no evidence`,
      'Give the folder that was audited with --evidence.',
    );
  }
  const index = await readInputsIndex(directory);
  const evidence = await openJudged(folder, index);
  const { judgement, verification } = await readInputs(directory, index);
  const judged = await judge(evidence, judgement);
  const result = verification === null ? judged : withVerification(judged, verification);
  const made = madeFrom(result);
  if (trail.length > 0 && host !== undefined) {
    const trace = await traceAgain(evidence, judgement, trail, host);
    made.set('trace.json', () => [renderJson(trace)]);
  }
  const here = await toolVersion();
  const identical: string[] = [];
  const different: { file: string; where: string }[] = [];
  for (const [file, make] of made) {
    if (bundle.files.has(file)) {
      const path = join(directory, file);
      if ((await digestOfFile(path)).sha256 === digestOfParts(make())) {
        identical.push(file);
      } else {
        const again = new TextEncoder().encode([...make()].join(''));
        different.push({ file, where: firstDifference(await readFile(path), again) });
      }
    }
  }
  const { version } = index.tool;
  return {
    bundle,
    identical: identical.sort(),
    different,
    otherVersion: version === here ? null : { made: version, here },
  };
}
