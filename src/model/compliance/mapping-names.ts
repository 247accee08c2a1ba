import { currentTechnique } from '../attack/technique-redirects.ts';
import { techniqueName, techniqueOf } from '../attack/techniques.ts';
import { controlOf, frameworkOf } from './frameworks.ts';

/** `T1098.003 Account Manipulation: Additional Cloud Roles`; an id that the tables lack stands alone. */
export function namedTechnique(id: string): string {
  const technique = techniqueOf(currentTechnique(id));
  return technique === null ? id : `${technique.id} ${techniqueName(technique)}`;
}

/** `AC-6 Least Privilege`. */
export function namedControl(key: string, id: string): string {
  const framework = frameworkOf(key);
  const control = framework === null ? null : controlOf(framework, id);
  return control === null ? id : `${id} ${control.words}`;
}

/** One line per control that a check is mapped to: `NIST 800-53 r5: AC-6 Least Privilege`. */
export function namedMapping(frameworks: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.entries(frameworks).flatMap(([key, ids]) =>
    ids.map((id) => `${key}: ${namedControl(key, id)}`),
  );
}
