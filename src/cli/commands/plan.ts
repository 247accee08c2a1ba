import { join } from 'node:path';
import { InputError } from '../../input/input-error.ts';
import { makePrivateFolder } from '../../pipeline/private-folder.ts';
import { readPlan } from '../../pipeline/read-plan.ts';
import { writeChecksums, writePlan } from '../../pipeline/write-reports.ts';
import { isPlanFormat, type PlanFormat, planRenderers } from '../../report/plan/index.ts';
import { renderPlanText } from '../../report/plan/plan-text.ts';
import type { Run } from '../program.ts';
import { print } from '../terminal.ts';

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
  const { result, out } = given;
  const format = formatOf(given['format']);
  if (format === 'text' && typeof out === 'string') {
    throw new InputError('--format text is for the screen', 'Leave out --out, or take md.');
  }
  const plan = await readPlan(typeof result === 'string' ? result : '');
  if (typeof out !== 'string') {
    endWithReader();
    print(format === null || format === 'text' ? renderPlanText(plan) : planRenderers[format].render(plan));
    return 0;
  }
  await makePrivateFolder(out);
  const files = await writePlan(plan, out, format === null || format === 'text' ? undefined : [format]);
  await writeChecksums(out);
  print(files.map((file) => join(out, file)).join('\n'));
  return 0;
};
