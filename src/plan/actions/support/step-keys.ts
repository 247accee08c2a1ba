/**
 * Names of steps before they are ordered: `<verb>:<arn>`, the ARN as the finding's subject has it. Steps of one key are
 * one step, and `after` names keys, so that an action can wait for one of another file.
 */
export function preserveKey(arn: string): string {
  return `preserve:${arn}`;
}

/** The freeze of a thing: deny, deactivation, concurrency 0. */
export function containKey(arn: string): string {
  return `contain:${arn}`;
}

/** Sessions older than a time are denied. */
export function revokeKey(arn: string): string {
  return `revoke:${arn}`;
}

/** A role's trust is closed for good (it is deleted later). */
export function closeTrustKey(arn: string): string {
  return `close-trust:${arn}`;
}

export function deleteKey(arn: string): string {
  return `delete:${arn}`;
}

/** `part` tells two restorations of one thing apart: `trust`, the name of a policy. */
export function restoreKey(arn: string, part?: string): string {
  return part === undefined ? `restore:${arn}` : `restore:${arn}#${part}`;
}

/** Our own denies are taken from what lives on. */
export function releaseKey(arn: string): string {
  return `release:${arn}`;
}

export function rotateKey(arn: string): string {
  return `rotate:${arn}`;
}

/** A ticket; one per thing and action. */
export function hardenKey(arn: string, action: string): string {
  return `harden:${arn}#${action}`;
}
