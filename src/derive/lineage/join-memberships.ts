import type { Called } from './called.ts';
import { PreparedEvent } from './prepared-event.ts';
import type { PreparedLog } from './prepared-log.ts';
import { membershipIdKey } from './rules/directory.ts';

const directories = new Set(['identitystore.amazonaws.com', 'sso-directory.amazonaws.com']);

function isOfDirectory({ source }: Called): boolean {
  return directories.has(source);
}

/** A membership that ends is named by its id alone: it is the one that began under that id. */
export function joinMemberships(log: PreparedLog): void {
  const begun = new Map<string, PreparedEvent['acts'][number]['seed']>();
  let ended = false;
  for (const { acts, done } of log.filter(isOfDirectory)) {
    const seed = acts[0]?.seed;
    if (seed?.type === 'directory-membership' && seed.uniqueId !== null) {
      const key = membershipIdKey(seed.uniqueId);
      ended ||= seed.key === key;
      if (done && seed.key !== key) {
        begun.set(key, seed);
      }
    }
  }
  if (!ended || begun.size === 0) {
    return;
  }
  log.eachPlace(isOfDirectory, (place) => {
    const prepared = log.at(place);
    const [act, ...rest] = prepared?.acts ?? [];
    const seed = act === undefined ? undefined : begun.get(act.seed.key);
    if (prepared !== undefined && act !== undefined && seed !== undefined) {
      const acts = [{ ...act, seed }, ...rest];
      log.replace(place, new PreparedEvent(prepared.event, prepared.recordedActor, acts));
    }
  });
}
