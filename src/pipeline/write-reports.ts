import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Format } from '../input/run-options.ts';
import type { AuditResult } from '../model/audit-result.ts';
import type { Plan } from '../model/plan.ts';
import { type PlanFormat, planRenderers } from '../report/plan/index.ts';
import { type Renderer, renderers } from '../report/renderers/index.ts';

/** Writes a file only its owner can read. */
export async function writePrivateFile(
  path: string,
  content: string | Uint8Array | Iterable<string>,
): Promise<void> {
  await writeFile(path, content, { mode: 0o600 });
}

/** Renders the result in each format. Resolves to the files' names inside the folder. */
export async function render(
  result: AuditResult,
  formats: readonly Format[],
  directory: string,
): Promise<readonly string[]> {
  const names: string[] = [];
  for (const format of formats) {
    const { file, render: renderFormat, parts }: Renderer = renderers[format];
    await writePrivateFile(join(directory, file), parts === undefined ? renderFormat(result) : parts(result));
    names.push(file);
  }
  return names;
}

/** Writes the plan in each format; the script may be executed by its owner. Resolves to the files' names. */
export async function writePlan(
  plan: Plan,
  directory: string,
  formats: readonly PlanFormat[] = ['json', 'sh', 'md'],
): Promise<readonly string[]> {
  const names: string[] = [];
  for (const format of formats) {
    const { file, render: renderFormat } = planRenderers[format];
    await writePrivateFile(join(directory, file), renderFormat(plan));
    if (format === 'sh') {
      await chmod(join(directory, file), 0o700);
    }
    names.push(file);
  }
  return names;
}
