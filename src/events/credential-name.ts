import type { EventActor } from '../model/trail-event.ts';

/** Whose calls are counted together: the key; without one the actor, or the service that acted. */
export function credentialName(
  actor: Pick<EventActor, 'accessKeyId' | 'arn' | 'invokedBy' | 'principalId' | 'type'>,
): string {
  if (actor.accessKeyId !== null) {
    return actor.accessKeyId;
  }
  return actor.arn === null
    ? `service ${actor.invokedBy ?? actor.principalId ?? actor.type}`
    : `arn ${actor.arn}`;
}
