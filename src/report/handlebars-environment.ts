import Handlebars from 'handlebars';
import { MarkdownValue } from './displayed-values.ts';
import { readPartials, readTemplate } from './templates.ts';
import { markdownCode, markdownHtml } from './text/markdown-text.ts';
import { countOf, formatNumber } from './text/phrases.ts';

export interface TemplateEnvironment {
  /** Fills the page's template. A field that the view lacks is an error, never an empty place. */
  readonly render: (view: unknown) => string;
}

function textOf(value: unknown): string {
  return value instanceof MarkdownValue ? value.raw : String(value);
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number') {
    throw new TypeError(`A template counts ${typeof value}, which is no number`);
  }
  return value;
}

const commonHelpers = {
  number: (value: unknown) => formatNumber(numberOf(value)),
  plural: (value: unknown, one: string, many: string) => countOf(numberOf(value), one, many),
  equals: (left: unknown, right: unknown) => textOf(left) === textOf(right),
};

/** Raw text between `<style>` or `<script>` tags; only files of ours come this way. */
export function ownAsset(text: string): Handlebars.SafeString {
  if (/<\/(?:style|script)|<!--/i.test(text)) {
    throw new Error('A style or script of the report would end its own element');
  }
  return new Handlebars.SafeString(text);
}

/** A line inside of a fenced block, where nothing is markup but the fence itself. */
function fencedLine(text: string): Handlebars.SafeString {
  if (/^\s*(?:```|~~~)|[\r\n]/.test(text)) {
    throw new Error('A line of a fenced block would end the block');
  }
  return new Handlebars.SafeString(text);
}

const markdownHelpers = {
  ...commonHelpers,
  fenced: (value: unknown) => fencedLine(textOf(value)),
  span: (value: unknown) => new Handlebars.SafeString(markdownCode(textOf(value))),
  entities: (value: unknown) => new Handlebars.SafeString(markdownHtml(textOf(value))),
};

function environment(
  page: string,
  format: 'html' | 'md',
  helpers: Readonly<Record<string, Handlebars.HelperDelegate>>,
): TemplateEnvironment {
  const handlebars = Handlebars.create();
  handlebars.unregisterHelper('log');
  handlebars.unregisterHelper('lookup');
  for (const [name, helper] of Object.entries(helpers)) {
    handlebars.registerHelper(name, helper);
  }
  for (const [name, text] of readPartials(format)) {
    handlebars.registerPartial(name, text);
  }
  const template = handlebars.compile(readTemplate(page), {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: {
      ...Object.fromEntries(Object.keys(helpers).map((name) => [name, true])),
      log: false,
      lookup: false,
    },
    preventIndent: true,
  });
  return {
    render: (view) =>
      template(view, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false }),
  };
}

/** Prints are HTML-escaped by Handlebars itself. */
export function htmlEnvironment(page: `${string}.html.hbs` = 'report.html.hbs'): TemplateEnvironment {
  return environment(page, 'html', commonHelpers);
}

/** Prints are Markdown-escaped by `MarkdownValue`; `span` makes a code span, `entities` serves `<summary>`. */
export function markdownEnvironment(page: `${string}.md.hbs` = 'report.md.hbs'): TemplateEnvironment {
  return environment(page, 'md', markdownHelpers);
}
