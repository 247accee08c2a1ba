import type { PolicyReference } from './power.ts';

/** Names of the policies that decided something, each once: `AdministratorAccess (managed), support (inline)`. */
export function policyReferenceText(references: readonly PolicyReference[]): string {
  const names = references.map(({ policy, source }) => `${policy} (${source})`);
  return [...new Set(names)].sort().join(', ');
}
