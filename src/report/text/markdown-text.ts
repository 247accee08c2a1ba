/**
 * Text in which GitHub would make links, mentions, references, formulas or symbols after Markdown has been read: no
 * backslash stops that, only a code span does.
 */
const linksByItself = /@|:\/\/|www\.|mailto:|xmpp:|#\d|\bGH-\d|\$|:[\w+-]+:/i;

function withEntities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** For the inside of HTML tags that stand in Markdown (`<summary>`), where Markdown itself is not read. */
export function markdownHtml(text: string): string {
  const escaped = withEntities(text).replaceAll('"', '&quot;').replaceAll("'", '&#39;');
  return linksByItself.test(text) ? `<code>${escaped}</code>` : escaped;
}

/** A code span. The fence is longer than any run of backticks inside; a bar would end a table's cell. */
export function markdownCode(text: string): string {
  if (text.length === 0) {
    return '—';
  }
  if (text.includes('|')) {
    return `<code>${withEntities(text).replace(/[|`*_[\]\\~!@#:$]/g, (mark) => `&#${mark.charCodeAt(0)};`)}</code>`;
  }
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const padding = /^[` ]|[` ]$/.test(text) ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

/** Prose with strangers' words in it: nothing in it is markup. Expects a text that `visible` has made one line. */
export function markdownText(text: string): string {
  if (linksByItself.test(text)) {
    return markdownCode(text);
  }
  return withEntities(text.replace(/[\\`*_{}[\]|~]/g, '\\$&'))
    .replace(/^(\s*)([-+#=:])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2');
}
