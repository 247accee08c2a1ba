import { loadCollectors } from '../collect/load-collectors.ts';
import { loadChecks } from '../engine/load-checks.ts';
import { checkIndex, checkPage } from './check-page.ts';
import { compliancePage } from './compliance-page.ts';
import { coveragePage } from './coverage-page.ts';
import { permissionsPage } from './permissions-page.ts';
import { resultSchemaText } from './result-schema.ts';

/** Folders in which every file is generated: what `generatedFiles` does not name there is left over from a check that is gone. */
export const generatedFolders = ['docs/checks'] as const;

/** Repository path → text of every file that is derived from metadata. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const checks = await loadChecks();
  const collectors = await loadCollectors();
  return new Map([
    ['schema/result-1.json', resultSchemaText()],
    ['docs/permissions.md', permissionsPage(collectors)],
    ['docs/coverage.md', coveragePage(checks)],
    ['docs/compliance.md', compliancePage(checks)],
    ['docs/checks/README.md', checkIndex(checks)],
    ...checks.map((check) => [`docs/checks/${check.meta.id}.md`, checkPage(check)] as const),
  ]);
}
