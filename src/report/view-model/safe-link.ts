import type { LinkView } from './report-view.ts';

/** A reference becomes a link only when it is a plain https address; everything else is dropped, never repaired. */
export function safeLink(reference: string): LinkView | null {
  const parts = /^https:\/\/([\w.-]+(?::\d+)?)(\/[\w./%~+,:;-]*)(?:[?#][\w./?=&%#~+,:;-]*)?$/.exec(reference);
  if (parts === null || !URL.canParse(reference)) {
    return null;
  }
  return { href: reference, label: `${parts[1]}${parts[2]}` };
}
