import type { ConditionContext } from './condition-context.ts';
import { unknownContext } from './condition-context.ts';
import { compileGlob, type Glob, globContains, globsOverlap, literalGlob } from './glob.ts';
import { hasVariables, resolvePattern } from './policy-variables.ts';

/** `service:Action` against a pattern of a policy; case does not count. */
export const matchesAction = (pattern: string, action: string): boolean =>
  globContains(compileGlob(pattern.toLowerCase()), literalGlob(action.toLowerCase()));

/**
 * A resource ARN against a Resource element. Case counts; wildcards run over `/` and `:` (IAM lets a trailing wildcard
 * cross colons). A policy variable without a known value makes the answer `conditional`.
 */
export const matchesArn = (
  pattern: string,
  arn: string,
  context: ConditionContext = unknownContext,
): 'matches' | 'conditional' | 'no-match' => {
  const resolved = hasVariables(pattern)
    ? resolvePattern(pattern, context)
    : { glob: compileGlob(pattern), certain: true };
  if (resolved === null || !globContains(resolved.glob, literalGlob(arn))) {
    return 'no-match';
  }
  return resolved.certain ? 'matches' : 'conditional';
};

const colon = 58;

/** The six parts of an ARN pattern; null when it has fewer (`*`, `arn:aws:iam::*`). */
const arnParts = (glob: Glob): readonly Glob[] | null => {
  const parts: Glob[] = [];
  let from = 0;
  for (const [index, token] of glob.entries()) {
    if (token === colon && parts.length < 5) {
      parts.push(glob.slice(from, index));
      from = index + 1;
    }
  }
  return parts.length === 5 ? [...parts, glob.slice(from)] : null;
};

const narrower = (left: Glob, right: Glob): Glob | null =>
  globContains(left, right) ? right : globContains(right, left) ? left : null;

export interface CommonPart {
  readonly glob: Glob;
  /** False: the two patterns overlap, but the part they share cannot be written as one pattern. */
  readonly exact: boolean;
}

/** What two resource patterns have in common; null when nothing. */
export const commonPart = (left: Glob, right: Glob): CommonPart | null => {
  const contained = narrower(left, right);
  if (contained !== null) {
    return { glob: contained, exact: true };
  }
  if (!globsOverlap(left, right)) {
    return null;
  }
  const leftParts = arnParts(left);
  const rightParts = arnParts(right);
  if (leftParts === null || rightParts === null) {
    return { glob: left, exact: false };
  }
  const parts = leftParts.map((part, index) => narrower(part, rightParts[index] ?? []));
  if (parts.includes(null)) {
    return { glob: left, exact: false };
  }
  return {
    glob: parts.flatMap((part, index) => [...(index > 0 ? [colon] : []), ...(part ?? [])]),
    exact: true,
  };
};
