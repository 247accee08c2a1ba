import { describe, expect, jest, test } from '@jest/globals';
import { renderHtml } from '../../src/report/renderers/html.ts';
import { incidentParts } from '../support/full-incident.ts';
import { hostileResult } from '../support/hostile-result.ts';
import { incidentResult } from '../support/incident-result.ts';
import { chaptersWiderThan, demoResult, listIn, numberIn, pageReader, textIn } from '../support/open-page.ts';
import { buildResult } from '../support/result-builder.ts';

jest.setTimeout(180_000);

const read = pageReader();

/** What is left of a sheet between the margins of print.css, in CSS pixels. */
const sheets = {
  A4: { width: Math.floor(((210 - 26) / 25.4) * 96), height: Math.floor(((297 - 26) / 25.4) * 96) },
  Letter: { width: Math.floor(((215.9 - 26) / 25.4) * 96), height: Math.floor(((279.4 - 26) / 25.4) * 96) },
} as const;

function pagesOf(pdf: Buffer): number {
  return Math.max(
    ...[...pdf.toString('latin1').matchAll(/\/Count (\d+)/g)].map(([, count]) => Number(count)),
  );
}

describe.each(['A4', 'Letter'] as const)('on %s', (format) => {
  test('the summary stands alone on the first sheet, and nothing is wider than the paper', async () => {
    for (const result of [demoResult(), buildResult()]) {
      await read(
        renderHtml(result),
        async ({ page }) => {
          await page.emulateMedia({ media: 'print' });
          const { width, height } = sheets[format];
          expect(
            await numberIn(
              page,
              `document.getElementById('summary').getBoundingClientRect().bottom + scrollY`,
            ),
          ).toBeLessThan(height);
          expect(await textIn(page, `getComputedStyle(document.getElementById('summary')).breakAfter`)).toBe(
            'page',
          );
          // Anything wider would make the browser shrink every sheet.
          expect(await numberIn(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(width + 1);
        },
        { viewport: sheets[format] },
      );
    }
  });

  test('nothing is wider than the paper after a verify, nor where every text is one endless word', async () => {
    for (const result of [incidentResult(incidentParts()), hostileResult('endless')]) {
      await read(
        renderHtml(result),
        async ({ page }) => {
          await page.emulateMedia({ media: 'print' });
          const { width } = sheets[format];
          expect(await numberIn(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(width + 1);
          expect(await chaptersWiderThan(page, width + 1)).toEqual([]);
        },
        { viewport: sheets[format] },
      );
    }
  });

  test('a report of the demo’s size has a sane number of sheets, a summary printed alone one', async () => {
    await read(renderHtml(demoResult()), async ({ page, messages }) => {
      const pages = pagesOf(await page.pdf({ format, printBackground: true }));
      expect(pages).toBeGreaterThan(20);
      expect(pages).toBeLessThan(160);
      await page.evaluate(`document.body.dataset.print = 'summary'`);
      expect(pagesOf(await page.pdf({ format, printBackground: true }))).toBe(1);
      expect(messages).toEqual([]);
    });
  });
});

test.each([true, false])(
  'on paper every fold is open and no control is left (scripts: %s)',
  async (javaScriptEnabled) => {
    await read(
      renderHtml(demoResult()),
      async ({ page }) => {
        await page.emulateMedia({ media: 'print' });
        for (const body of await page.locator('.proof-body').all()) {
          expect(await body.isVisible()).toBe(true);
        }
        for (const control of ['.toolbar-row', '.tools', '.contents', '.copy', '.anchor', '.ticks-bar']) {
          expect(await page.locator(control).first().isVisible()).toBe(false);
        }
      },
      { javaScriptEnabled },
    );
  },
);

test('cards’ heads stay with what follows, rows are not cut, heads of tables come again', async () => {
  await read(renderHtml(demoResult()), async ({ page }) => {
    await page.emulateMedia({ media: 'print' });
    const styles = (selector: string, property: string): Promise<readonly string[]> =>
      listIn(
        page,
        `[...new Set([...document.querySelectorAll('${selector}')].map((element) => getComputedStyle(element).${property}))]`,
      );
    expect(await styles('.card-head, .chapter-head', 'breakAfter')).toEqual(['avoid']);
    expect(await styles('main tr, .messages > li, .panel', 'breakInside')).toEqual(['avoid']);
    expect(await styles('main thead', 'display')).toEqual(['table-header-group']);
    expect(await styles('.references a', 'color')).toHaveLength(1);
  });
});

test('a page without scripts reads whole: folds work, and no dead control is shown', async () => {
  await read(
    renderHtml(demoResult()),
    async ({ page, messages, requests }) => {
      for (const control of ['form.toolbar', '.tools', '[data-print-summary]']) {
        expect(await page.locator(control).first().isVisible()).toBe(false);
      }
      expect(await page.locator('[data-card]').count()).toBeGreaterThan(20);
      const proof = page.locator('.proof').first();
      await proof.locator('summary').click();
      expect(await proof.locator('.proof-body').isVisible()).toBe(true);
      await page.locator('.stage > summary').first().click();
      expect(await page.locator('.plan-step').first().isVisible()).toBe(true);
      expect([...messages, ...requests]).toEqual([]);
    },
    { javaScriptEnabled: false },
  );
});
