import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type AuditResult, auditResultSchema } from '../../src/model/audit-result.ts';
import { type HostileName, hostileResult, hostileTexts } from './hostile-result.ts';
import { incidentResult } from './incident-result.ts';
import { randomResult } from './random-result.ts';
import { buildResult } from './result-builder.ts';

const example = resolve(import.meta.dirname, '..', '..', 'reports', 'example', 'result.json');

/** Reads a file as the object it holds. */
function readJsonObject(...path: readonly string[]): Readonly<Record<string, unknown>> {
  const parsed: unknown = JSON.parse(readFileSync(join(...path), 'utf8'));
  if (typeof parsed !== 'object' || parsed === null) {
    throw new Error(`${path.join('/')} holds no object`);
  }
  return { ...parsed };
}

/** The demo's result. While it waits to be made anew for a changed schema, the fields it lacks are those of a quiet result. */
export function exampleResult(): AuditResult {
  if (!existsSync(example)) {
    throw new Error('reports/example/result.json is missing: npm run generate makes it');
  }
  return auditResultSchema.parse({ ...buildResult(), ...readJsonObject(example) });
}

export const hostileNames = Object.keys(hostileTexts).filter(
  (name): name is HostileName => name in hostileTexts,
);

/** Every kind of result that a format must cope with, by name. */
export function machineResults(): readonly (readonly [string, AuditResult])[] {
  return [
    ['quiet', buildResult()],
    ['nothing judged', buildResult({ results: [], checks: [] })],
    ['incident', incidentResult()],
    ['demo', exampleResult()],
    ...hostileNames.map((name) => [`hostile ${name}`, hostileResult(name)] as const),
    ...Array.from({ length: 12 }, (_, seed) => [`random ${seed}`, randomResult(seed + 1)] as const),
  ];
}
