import { readdirSync, readFileSync } from 'node:fs';

/** The templates folder, whether this runs from `src`, from `dist` or under Jest. */
const folder = new URL('.', import.meta.resolve('#templates/report.html.hbs'));

export function readTemplate(path: string): string {
  return readFileSync(new URL(path, folder), 'utf8');
}

/** Partials of one format: name to text. `card.html.hbs` is the partial `card` of `html`. */
export function readPartials(format: 'html' | 'md'): ReadonlyMap<string, string> {
  const ending = `.${format}.hbs`;
  const files = readdirSync(new URL('partials/', folder)).filter((file) => file.endsWith(ending));
  return new Map(
    files.sort().map((file) => [file.slice(0, -ending.length), readTemplate(`partials/${file}`)]),
  );
}
