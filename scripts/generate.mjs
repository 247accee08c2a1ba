// Writes every file that is derived from metadata (see src/catalog) and removes pages of checks that are gone.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { generatedFiles, generatedFolders } from '../dist/src/catalog/generated-files.js';
import { commandsPage } from '../dist/src/cli/commands-page.js';
import { exampleReport } from './example-report.mjs';

const root = resolve(import.meta.dirname, '..');
const files = new Map([
  ...(await generatedFiles()),
  ['docs/commands.md', commandsPage()],
  ...(await exampleReport()),
]);

for (const folder of generatedFolders) {
  const present = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = present.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.filter((one) => !files.has(one.slice(root.length + 1).replaceAll('\\', '/')))) {
    await rm(path);
  }
}
for (const [path, text] of files) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
process.stdout.write(`${files.size} files\n`);
