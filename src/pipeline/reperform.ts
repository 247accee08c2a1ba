import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openEvidence } from '../evidence/read-evidence.ts';
import { type BundleReport, verifyBundle } from '../evidence/verify-bundle.ts';
import { InputError } from '../input/input-error.ts';
import type { AuditResult } from '../model/audit-result.ts';
import { planRenderers } from '../report/plan/index.ts';
import { renderers } from '../report/renderers/index.ts';
import { renderJson } from '../report/renderers/json.ts';
import { firstDifference } from './first-difference.ts';
import { judge } from './judge.ts';
import { type InputsIndex, inputsFile, readInputs, readInputsIndex } from './saved-inputs.ts';
import { toolVersion } from './tool-version.ts';
import { withVerification } from './with-verification.ts';

export interface Reperformance {
  readonly bundle: BundleReport;
  /** Files that came out byte for byte as they lie in the folder, and those that did not, with the first difference. */
  readonly identical: readonly string[];
  readonly different: readonly { readonly file: string; readonly where: string }[];
  /** Set when another version made the folder: a difference may be the version's. */
  readonly otherVersion: { readonly made: string; readonly here: string } | null;
}

const resultFile = 'result.json';

async function judgeAgain(
  directory: string,
  evidenceDirectory: string,
  index: InputsIndex,
): Promise<AuditResult> {
  const evidence = await openEvidence(evidenceDirectory);
  if (evidence.digest !== index.evidenceDigest) {
    throw new InputError(
      `${evidenceDirectory} is other evidence (${evidence.digest}) than the result judges (${index.evidenceDigest})`,
      'Give the folder with that manifest with --evidence.',
    );
  }
  const { judgement, verification } = await readInputs(directory, index);
  const judged = await judge(evidence, judgement);
  return verification === null ? judged : withVerification(judged, verification);
}

/** Every file that follows from the result alone. */
function madeFrom(result: AuditResult): ReadonlyMap<string, () => string | Uint8Array> {
  const made = new Map<string, () => string | Uint8Array>();
  for (const { file, render } of Object.values(renderers)) {
    made.set(file, () => render(result));
  }
  const { plan, verification } = result;
  if (plan !== null) {
    for (const { file, render } of Object.values(planRenderers)) {
      made.set(file, () => render(plan));
    }
  }
  if (verification !== null) {
    made.set('verification.json', () => renderJson(verification));
  }
  return made;
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

/**
 * Judges the evidence of a run's folder again, with the inputs that lie in it, renders everything again, and compares byte for
 * byte. Nothing is asked of AWS. A broken folder is not judged: its report says what is wrong.
 * @throws InputError, EvidenceError for a folder that holds no result with its inputs and evidence
 */
export async function reperform(directory: string, evidenceDirectory?: string): Promise<Reperformance> {
  const bundle = await verifyBundle(directory, null);
  const nothing: Reperformance = { bundle, identical: [], different: [], otherVersion: null };
  if (bundle.problems.length > 0) {
    return nothing;
  }
  const inside = bundle.files.has('evidence/manifest.json') ? join(directory, 'evidence') : undefined;
  const evidence = evidenceDirectory ?? inside;
  if (!bundle.files.has(inputsFile) || !bundle.files.has(resultFile)) {
    throw new InputError(
      `${directory} holds no ${bundle.files.has(resultFile) ? inputsFile : resultFile}: there is nothing to perform again`,
      'Give the folder of a sweep, an audit or a verify that wrote result.json.',
    );
  }
  if (evidence === undefined) {
    throw new InputError(
      `${directory} holds no evidence`,
      'Give the folder that was audited with --evidence.',
    );
  }
  const index = await readInputsIndex(directory);
  const result = await judgeAgain(directory, evidence, index);
  const here = await toolVersion();
  const identical: string[] = [];
  const different: { file: string; where: string }[] = [];
  for (const [file, make] of madeFrom(result)) {
    if (bundle.files.has(file)) {
      const kept = await readFile(join(directory, file));
      const made = bytesOf(make());
      if (kept.equals(made)) {
        identical.push(file);
      } else {
        different.push({ file, where: firstDifference(kept, made) });
      }
    }
  }
  const made = index.tool.version;
  return {
    bundle,
    identical: identical.sort(),
    different,
    otherVersion: made === here ? null : { made, here },
  };
}
