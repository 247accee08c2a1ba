import { PreparedEvent } from './prepared-event.ts';
import { membershipIdKey } from './rules/directory.ts';

const directories = new Set(['identitystore.amazonaws.com', 'sso-directory.amazonaws.com']);

function isOfDirectory({ event }: PreparedEvent): boolean {
  return directories.has(event.source);
}

/** A membership that ends is named by its id alone: it is the one that began under that id. */
export function joinMemberships(events: readonly PreparedEvent[]): readonly PreparedEvent[] {
  const begun = new Map<string, PreparedEvent['acts'][number]['seed']>();
  let ended = false;
  for (const { acts, done } of events.filter(isOfDirectory)) {
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
    return events;
  }
  return events.map((prepared) => {
    const [act, ...rest] = isOfDirectory(prepared) ? prepared.acts : [];
    const seed = act === undefined ? undefined : begun.get(act.seed.key);
    return act === undefined || seed === undefined
      ? prepared
      : new PreparedEvent(prepared.event, prepared.recordedActor, [{ ...act, seed }, ...rest]);
  });
}
