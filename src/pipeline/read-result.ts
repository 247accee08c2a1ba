import { readFile } from 'node:fs/promises';
import { InputError } from '../input/input-error.ts';
import { type AuditResult, auditResultSchema, resultSchemaVersion } from '../model/audit-result.ts';

function versionOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'schemaVersion' in value
    ? value.schemaVersion
    : undefined;
}

/** @throws InputError when the file is not a result of this schema version. */
export async function readResult(path: string): Promise<AuditResult> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new InputError(`${path} is not a readable JSON file`, 'Give the result.json of an earlier run.', {
      cause: error,
    });
  }
  const result = auditResultSchema.safeParse(parsed);
  if (result.success) {
    return result.data;
  }
  const version = versionOf(parsed);
  if (version !== undefined && version !== resultSchemaVersion) {
    throw new InputError(
      `${path} has schema version ${String(version)}, this afterleak reads version ${resultSchemaVersion}`,
      'Render it with the version of afterleak that wrote it, or audit its evidence again.',
    );
  }
  const issue = result.error.issues[0];
  throw new InputError(
    `${path}: ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not a result'}`,
    'Was it edited by hand? Audit its evidence again.',
  );
}
