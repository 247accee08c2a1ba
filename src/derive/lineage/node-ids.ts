import { byText } from '../support/by-text.ts';
import type { Lives } from './lives.ts';
import type { NodeDraft } from './node-draft.ts';

function baseKey(key: string): { readonly base: string; readonly life: number } {
  const match = /^(.*) #(-?\d+)$/.exec(key);
  return match === null ? { base: key, life: 0 } : { base: match[1] ?? key, life: Number(match[2]) };
}

/** What tells one life of a thing from another: the provider's id, else when it was made. */
function lifeMark(lives: Lives, base: string, life: number): string {
  if (life < 0) {
    return '#earlier';
  }
  const { uniqueId, createdAt } = lives.life(base, life);
  if (life === 0 && createdAt === null) {
    return '';
  }
  return `#${uniqueId ?? (createdAt === null ? String(life) : new Date(createdAt).toISOString())}`;
}

function nameOfNode(draft: NodeDraft): string {
  const key = /^key (\S+)( owner)?$/.exec(draft.key);
  if (key !== null) {
    return key[2] === undefined ? (key[1] ?? '') : `${key[1]}#owner`;
  }
  const console = /^console (\S+) (\S+)$/.exec(draft.key);
  if (console !== null) {
    return `${console[1]}#console-${console[2]}`;
  }
  return draft.arn ?? draft.key.replace(/^visitor /, '').replaceAll(' ', ':');
}

/** Ids of all nodes by key: ARN or access key id; with a mark where a name was used for several things. */
export function nodeIds(drafts: Iterable<NodeDraft>, lives: Lives): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const draft of [...drafts].sort(byText(({ key }) => key))) {
    const { base, life } = baseKey(draft.key);
    const several = lives.count(base) > 1 || life !== 0;
    const name = `${nameOfNode(draft)}${several ? lifeMark(lives, base, life) : ''}`;
    const id = taken.has(name) ? `${name}#${draft.key.replaceAll(' ', ':')}` : name;
    taken.add(id);
    ids.set(draft.key, id);
  }
  return ids;
}

/** The life that a node key speaks of. */
export function lifeOfNode(key: string, lives: Lives): ReturnType<Lives['life']> {
  const { base, life } = baseKey(key);
  return lives.life(base, life);
}
