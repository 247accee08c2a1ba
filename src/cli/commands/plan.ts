import { join } from 'node:path';
import { InputError } from '../../input/input-error.ts';
import { resolveOptions } from '../../input/resolve-options.ts';
import { makePrivateFolder } from '../../pipeline/private-folder.ts';
import { readEarlierResult } from '../../pipeline/read-earlier-result.ts';
import { readPlan } from '../../pipeline/read-plan.ts';
import { openSigner, sealRun } from '../../pipeline/seal-run.ts';
import { writePlan } from '../../pipeline/write-reports.ts';
import { isPlanFormat, type PlanFormat, planRenderers } from '../../report/plan/index.ts';
import { renderPlanText } from '../../report/plan/plan-text.ts';
import { askPassphrase } from '../ask-passphrase.ts';
import type { Run } from '../program.ts';
import { runFacts } from '../run-facts.ts';
import { configPath, print } from '../terminal.ts';

function formatOf(given: unknown): PlanFormat | 'text' | null {
  if (given === undefined) {
    return null;
  }
  if (typeof given === 'string' && (given === 'text' || isPlanFormat(given))) {
    return given;
  }
  throw new InputError(`--format: expected text, sh, md or json, got ${String(given)}`, 'Try text.');
}

/** Who reads a long text in a pager may leave before its end. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      throw error;
    }
    process.exit(0);
  });
}

/** Prints the plan of a result, or writes its files into a folder. */
export const run: Run = async (_positional, given) => {
  const { result, out, sign } = given;
  const format = formatOf(given['format']);
  if (format === 'text' && typeof out === 'string') {
    throw new InputError('--format text is for the screen', 'Leave out --out, or take md.');
  }
  if (sign !== undefined && typeof out !== 'string') {
    throw new InputError('--sign goes with --out', 'What is printed on the screen is not signed.');
  }
  const startedAt = new Date().toISOString();
  const options = await resolveOptions(typeof sign === 'string' ? { sign } : {}, configPath(given));
  const signer = typeof out === 'string' ? await openSigner(options, { askPassphrase }) : null;
  const path = typeof result === 'string' ? result : '';
  const plan = await readPlan(path);
  if (typeof out !== 'string') {
    endWithReader();
    print(format === null || format === 'text' ? renderPlanText(plan) : planRenderers[format].render(plan));
    return 0;
  }
  await makePrivateFolder(out);
  const files = await writePlan(plan, out, format === null || format === 'text' ? undefined : [format]);
  const record = { ...runFacts('plan'), startedAt, endedAt: new Date().toISOString() };
  const judged = await readEarlierResult(path);
  await sealRun(out, { run: record, collected: null, result: judged, trace: null }, signer);
  print(files.map((file) => join(out, file)).join('\n'));
  return 0;
};
