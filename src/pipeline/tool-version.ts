import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const packageSchema = z.object({ version: z.string() });

/** The version in package.json, wherever the package is installed. */
export async function toolVersion(): Promise<string> {
  const path = fileURLToPath(import.meta.resolve('#package'));
  return packageSchema.parse(JSON.parse(await readFile(path, 'utf8'))).version;
}
