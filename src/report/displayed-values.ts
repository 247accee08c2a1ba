import { markdownText } from './text/markdown-text.ts';
import { clip, visible } from './text/visible.ts';

/**
 * A text on its way into Markdown. Handlebars asks values for `toHTML` when it prints them, so a plain
 * `{{name}}` prints escaped text, and a raw print gives `[object Object]`: no template can forget to escape.
 */
export class MarkdownValue {
  readonly raw: string;

  constructor(raw: string) {
    this.raw = raw;
  }

  toHTML(): string {
    return markdownText(this.raw);
  }
}

function mapTexts(value: unknown, map: (text: string) => unknown): unknown {
  if (typeof value === 'string') {
    return map(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => mapTexts(item, map));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, map)]));
  }
  return value;
}

/** Every text of a view, with nothing hidden in it and none of it endless. HTML escaping is the environment's. */
export function displayedInHtml(view: unknown, characters: number): unknown {
  return mapTexts(view, (text) => visible(clip(text, characters)));
}

export function displayedInMarkdown(view: unknown, characters: number): unknown {
  return mapTexts(view, (text) => (text === '' ? '' : new MarkdownValue(visible(clip(text, characters)))));
}
