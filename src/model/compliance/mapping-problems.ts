import { currentTechnique } from '../attack/technique-redirects.ts';
import { techniqueOf } from '../attack/techniques.ts';
import { controlOf, frameworkOf } from './frameworks.ts';
import { outdatedControls } from './outdated-controls.ts';

/** What of a check's metadata is held against the tables. */
export interface Mapped {
  readonly techniques: readonly string[];
  readonly frameworks: Readonly<Record<string, readonly string[]>>;
}

function duplicates(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map(
    (id) => `${id} is named twice`,
  );
}

function techniqueProblem(id: string): readonly string[] {
  if (techniqueOf(id) !== null) {
    return [];
  }
  const current = currentTechnique(id);
  return [
    current === id
      ? `unknown ATT&CK technique ${id}`
      : `ATT&CK technique ${id} was revoked: version 19 calls it ${current}`,
  ];
}

function controlProblems(key: string, ids: readonly string[]): readonly string[] {
  const framework = frameworkOf(key);
  if (framework !== null) {
    return ids
      .filter((id) => controlOf(framework, id) === null)
      .map((id) => `${key} has no control ${id} in the tables`);
  }
  const outdated = Object.hasOwn(outdatedControls, key) ? outdatedControls[key] : undefined;
  if (outdated === undefined) {
    return [`unknown framework ${key}`];
  }
  return ids.map((id) => {
    const now = outdated.ids[id];
    const where =
      now === undefined ? 'see the newer version' : now === null ? 'it was dropped' : `now ${now}`;
    return `${key} ${id} is outdated, ${outdated.now} holds: ${where}`;
  });
}

/** Ids that do not exist, or not any more; an outdated one names its successor. */
export function mappingProblems({ techniques, frameworks }: Mapped): readonly string[] {
  return [
    ...techniques.flatMap(techniqueProblem),
    ...duplicates(techniques),
    ...Object.entries(frameworks).flatMap(([key, ids]) => [
      ...controlProblems(key, ids),
      ...duplicates(ids).map((problem) => `${key} ${problem}`),
    ]),
  ];
}
