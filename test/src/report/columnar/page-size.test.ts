import { describe, expect, test } from '@jest/globals';
import { renderHtml } from '../../../../src/report/renderers/html.ts';
import { renderers } from '../../../../src/report/renderers/index.ts';
import { jsonParts, renderJson } from '../../../../src/report/renderers/json.ts';
import { renderMarkdown } from '../../../../src/report/renderers/markdown.ts';
import { manyFindings } from '../../../support/many-findings.ts';

const dataElement = /<script type="application\/json" id="findings-data">(.*?)<\/script>/s;

describe('a page of very many findings', () => {
  const page = renderHtml(manyFindings(20_000));

  test('holds all of them in under 300 bytes each', () => {
    expect(Buffer.byteLength(page) / 20_000).toBeLessThan(300);
    const data: unknown = JSON.parse(dataElement.exec(page)?.[1] ?? '');
    expect(data).toMatchObject({ version: 1, count: 20_000 });
    expect(page.match(/id="findings-data"/g)).toHaveLength(1);
  });

  test('writes no more of them out than a page of a fifth of them', () => {
    const written = (html: string): string => html.replace(dataElement, '');
    const cards = (html: string): number => html.split('data-card ').length - 1;
    const smaller = renderHtml(manyFindings(4000));
    expect(cards(written(page))).toBeGreaterThan(100);
    expect(cards(written(page))).toBeLessThanOrEqual(cards(written(smaller)));
    expect(written(page).length).toBeLessThan(written(smaller).length * 1.05);
    expect(page).toMatch(/more groups are not written out here/);
    expect(page).toContain('href="#all-findings"');
  });

  test('its twin in Markdown still fits a comment and says what is left out', () => {
    const text = renderMarkdown(manyFindings(4000));
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(text).toContain('not written out here');
  });

  test('its JSON is the one that JSON.stringify writes', () => {
    const result = manyFindings(1000);
    expect(renderJson(result)).toBe(`${JSON.stringify(result, null, 2)}\n`);
    expect(renderJson({ list: ['a\u202eb'], none: [], deep: [{ lists: [[], [1, { two: null }]] }] })).toBe(
      `${JSON.stringify({ list: ['a#b'], none: [], deep: [{ lists: [[], [1, { two: null }]] }] }, null, 2).replace('#', '\\u202e')}\n`,
    );
    expect(renderJson({})).toBe('{}\n');
    expect(renderJson([1, ['two']])).toBe(`${JSON.stringify([1, ['two']], null, 2)}\n`);
    const all = { lists: [[], [undefined, [1, { two: null, none: {} }]]], nothing: undefined, text: 'a\nb' };
    for (const levels of [0, 1, 2, 3, 4, 5, 6]) {
      expect([...jsonParts(all, levels)].join('')).toBe(`${JSON.stringify(all, null, 2)}\n`);
    }
  });

  test('what machines read is never one text, and the parts are the whole', () => {
    const result = manyFindings(4000);
    for (const { render, parts } of [renderers.json, renderers.sarif, renderers.ocsf, renderers.csv]) {
      const all = [...parts(result)];
      expect(all.length).toBeGreaterThan(2);
      expect(Math.max(...all.map((part) => part.length))).toBeLessThan(3_000_000);
      expect(all.join('')).toBe(render(result));
    }
  });
});
