import Handlebars from 'handlebars';

const escapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON for the inside of a `<script>` element: no text in it can end the element or begin a comment. */
export function embeddedJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => escapes[character] ?? '');
}

/** The same for a template, which would escape a plain text for HTML. */
export function embeddedData(value: unknown): Handlebars.SafeString {
  return new Handlebars.SafeString(embeddedJson(value));
}
