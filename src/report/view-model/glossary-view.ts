import { type GlossaryTerm, glossaryTerms } from './glossary-terms.ts';

export interface GlossaryView {
  readonly terms: readonly { readonly term: string; readonly meaning: string }[];
}

/** Strings of a view, wherever they stand: bounded, because the view is. */
function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') {
    yield value;
  } else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) {
      yield* textsOf(item);
    }
  }
}

/** A glossary explains what the reader met: terms that this report's texts use, and those of the page itself. */
export function glossaryView(page: unknown): GlossaryView {
  const open = new Map<string, RegExp>();
  for (const { term, used } of glossaryTerms satisfies readonly GlossaryTerm[]) {
    if (used !== null) {
      open.set(term, used);
    }
  }
  for (const text of textsOf(page)) {
    if (open.size === 0) {
      break;
    }
    for (const [term, used] of open) {
      if (used.test(text)) {
        open.delete(term);
      }
    }
  }
  return {
    terms: glossaryTerms
      .filter(({ term }) => !open.has(term))
      .map(({ term, meaning }) => ({ term, meaning })),
  };
}
