import type { ConditionContext } from './condition-context.ts';
import { compileGlob, type Glob, joinGlobs, literalGlob, matchAnything } from './glob.ts';

/** `${aws:username}` or `${aws:PrincipalTag/team, 'none'}`, or plain text between them. */
type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly key: string; readonly fallback: string | null };

const escapes: ReadonlySet<string> = new Set(['*', '?', '$']);

const toVariable = (content: string): Piece => {
  const comma = content.indexOf(',');
  const key = (comma < 0 ? content : content.slice(0, comma)).trim();
  const fallback =
    comma < 0
      ? null
      : content
          .slice(comma + 1)
          .trim()
          .replace(/^'/, '')
          .replace(/'$/, '');
  return { kind: 'variable', key, fallback };
};

const splitVariables = (text: string): readonly Piece[] => {
  const pieces: Piece[] = [];
  let from = 0;
  while (from < text.length) {
    const start = text.indexOf('${', from);
    const end = start < 0 ? -1 : text.indexOf('}', start);
    if (end < 0) {
      break;
    }
    pieces.push({ kind: 'text', text: text.slice(from, start) }, toVariable(text.slice(start + 2, end)));
    from = end + 1;
  }
  return [...pieces, { kind: 'text', text: text.slice(from) }];
};

export const hasVariables = (text: string): boolean => text.includes('${');

/** A variable has a value only when the request has exactly one for its key. */
const variableValue = (
  piece: Extract<Piece, { kind: 'variable' }>,
  context: ConditionContext,
): 'absent' | 'unknown' | { readonly value: string } => {
  if (escapes.has(piece.key)) {
    return { value: piece.key };
  }
  const possibilities = context.get(piece.key.toLowerCase());
  const [only] = possibilities ?? [];
  if (possibilities?.length !== 1 || only === undefined) {
    return 'unknown';
  }
  if (only === null) {
    return piece.fallback === null ? 'absent' : { value: piece.fallback };
  }
  const [value] = only;
  return only.length === 1 && value !== undefined ? { value } : 'unknown';
};

/** For condition values. Absent: AWS lets such a value fit nothing. */
export const substituteVariables = (
  text: string,
  context: ConditionContext,
): { readonly text: string } | 'absent' | 'unknown' => {
  if (!hasVariables(text)) {
    return { text };
  }
  let result = '';
  for (const piece of splitVariables(text)) {
    if (piece.kind === 'text') {
      result += piece.text;
      continue;
    }
    const value = variableValue(piece, context);
    // An escaped wildcard would turn into a real one here, so its meaning is left open.
    if (typeof value === 'string' || (escapes.has(piece.key) && piece.key !== '$')) {
      return value === 'absent' ? 'absent' : 'unknown';
    }
    result += value.value;
  }
  return { text: result };
};

export interface ResolvedPattern {
  readonly glob: Glob;
  /** False: the pattern holds a variable whose value is not known; the glob is then wider than the truth. */
  readonly certain: boolean;
}

/** For resources. Null: a variable is absent, so the pattern matches nothing. Values are literal, `*` in them is no wildcard. */
export const resolvePattern = (text: string, context: ConditionContext): ResolvedPattern | null => {
  const globs: Glob[] = [];
  let certain = true;
  for (const piece of splitVariables(text)) {
    if (piece.kind === 'text') {
      globs.push(compileGlob(piece.text));
      continue;
    }
    const value = variableValue(piece, context);
    if (value === 'absent') {
      return null;
    }
    certain = certain && value !== 'unknown';
    globs.push(typeof value === 'string' ? matchAnything : literalGlob(value.value));
  }
  return { glob: joinGlobs(globs), certain };
};
