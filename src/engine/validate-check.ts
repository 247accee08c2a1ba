import { actionIds } from '../model/action-id.ts';
import type { AnyCheck } from '../model/check.ts';
import { mappingProblems } from '../model/compliance/mapping-problems.ts';
import { evidenceScopes, isEvidenceKey } from '../model/evidence-catalog.ts';
import { findingKinds } from '../model/finding.ts';
import { severities } from '../model/severity.ts';

const ranks = { region: 0, account: 1, organization: 2 } as const;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isAnyCheck(value: unknown): value is AnyCheck {
  return (
    isRecord(value) &&
    isRecord(value['meta']) &&
    typeof value['examined'] === 'function' &&
    typeof value['evaluate'] === 'function'
  );
}

function problemsOf({ meta, manual }: AnyCheck, id: string): readonly string[] {
  const keys = [...meta.requires, ...(meta.optional ?? [])];
  return [
    ...(meta.id === id ? [] : [`its id is ${meta.id}, its path says ${id}`]),
    ...(Object.hasOwn(ranks, meta.scope) ? [] : [`unknown scope ${String(meta.scope)}`]),
    ...(findingKinds.includes(meta.kind) ? [] : [`unknown kind ${String(meta.kind)}`]),
    ...(severities.includes(meta.severity) ? [] : [`unknown severity ${String(meta.severity)}`]),
    ...(meta.requires.length > 0 ? [] : ['it requires no evidence, so it could pass over nothing']),
    ...keys.filter((key) => !isEvidenceKey(key)).map((key) => `unknown evidence key ${key}`),
    ...keys
      .filter((key) => isEvidenceKey(key) && ranks[evidenceScopes[key]] < ranks[meta.scope])
      .map((key) => `${key} is narrower than its scope ${meta.scope}`),
    ...(meta.tolerates ?? [])
      .filter((key) => !meta.requires.includes(key))
      .map((key) => `tolerates ${key} unrequired`),
    ...meta.remediation.actions
      .filter((action) => !actionIds.includes(action))
      .map((action) => `unknown action ${action}`),
    ...mappingProblems(meta),
    // A manual check may have nothing to say of its own: its outcome is the question.
    ...(Object.keys(meta.messages).length > 0 || manual !== undefined ? [] : ['it declares no message']),
  ];
}

/**
 * Accepts a loaded module's default export as the check `id`.
 * @throws Error naming everything that is wrong with it.
 */
export function validateCheck(candidate: unknown, id: string): AnyCheck {
  if (!isAnyCheck(candidate)) {
    throw new Error(`checks/${id}: the default export is not a check (meta, examined, evaluate)`);
  }
  const problems = problemsOf(candidate, id);
  if (problems.length > 0) {
    throw new Error(`checks/${id}: ${problems.join('; ')}`);
  }
  return candidate;
}
