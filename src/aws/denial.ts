import type { DenyingPolicy } from '../model/gap.ts';
import type { ErrorShape } from './error-shape.ts';

/**
 * Phrases of the messages that tell which kind of policy refused.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
const phrases: readonly (readonly [RegExp, DenyingPolicy])[] = [
  [/service control polic/i, 'service-control-policy'],
  [/resource control polic/i, 'resource-control-policy'],
  [/permissions? boundar/i, 'permissions-boundary'],
  [/session polic/i, 'session-policy'],
  [/vpc endpoint polic/i, 'vpc-endpoint-policy'],
  [/identity-based polic/i, 'identity-policy'],
];

function deniedBy(shape: ErrorShape, action: string): DenyingPolicy | undefined {
  const named = phrases.find(([phrase]) => phrase.test(shape.message))?.[1];
  if (named !== undefined) {
    return named;
  }
  // Identity Center's reads fail like this when the instance uses a customer managed key (aws-apis: kms:Decrypt).
  if (action.startsWith('kms:') || shape.bareName === 'KMSAccessDenied') {
    return 'kms-key-policy';
  }
  return /resource-based polic/i.test(shape.message) ? 'resource-policy' : undefined;
}

/** What would close an access-denied gap: the action in the message, else the declared one. */
export function denialOf(
  shape: ErrorShape,
  declaredPermission: string,
): { readonly permission: string; readonly deniedBy?: DenyingPolicy } {
  const action = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(shape.message)?.[1];
  const fallback = shape.bareName === 'KMSAccessDenied' ? 'kms:Decrypt' : declaredPermission;
  const permission = action ?? fallback;
  const policy = deniedBy(shape, permission);
  return policy === undefined ? { permission } : { permission, deniedBy: policy };
}
