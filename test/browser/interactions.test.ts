import { describe, expect, jest, test } from '@jest/globals';
import { renderHtml } from '../../src/report/renderers/html.ts';
import { incidentResult } from '../support/incident-result.ts';
import { demoResult, listIn, numberIn, pageReader, textIn, waitUntil } from '../support/open-page.ts';
import { buildResult } from '../support/result-builder.ts';

jest.setTimeout(120_000);

const read = pageReader();
const html = (): string => renderHtml(incidentResult());

const noStorage = `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } });`;
const noClipboard = `Object.defineProperty(navigator, 'clipboard', { value: undefined });`;
const clipboard = `Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text; } } });`;
const printing = `window.print = () => { window.asked = document.body.dataset.print ?? 'everything'; };`;

describe('the steps of the plan', () => {
  test('are ticked off, kept for this evidence alone, and reset on the second press', async () => {
    const result = demoResult();
    const total = result.plan?.steps.length ?? 0;
    expect(total).toBeGreaterThan(50);
    await read(renderHtml(result), async ({ page, messages }) => {
      const said = `document.querySelector('.ticks-bar [role=status]').textContent`;
      expect(await textIn(page, said)).toBe(`0 of ${total} done`);
      await page.click('.stage > summary');
      const boxes = page.locator('.plan-step input');
      await boxes.nth(0).check();
      await boxes.nth(1).check();
      expect(await textIn(page, said)).toBe(`2 of ${total} done`);
      expect(await listIn(page, 'Object.keys(localStorage)')).toEqual([
        `afterleak:ticks:${result.evidenceDigest}`,
      ]);
      await page.reload();
      expect(await textIn(page, said)).toBe(`2 of ${total} done`);
      expect(await numberIn(page, `document.querySelectorAll('[data-done]').length`)).toBe(2);
      await page.click('.ticks-bar button');
      expect(await textIn(page, said)).toBe(`2 of ${total} done`);
      await page.click('.ticks-bar button');
      expect(await textIn(page, said)).toBe(`0 of ${total} done`);
      expect(await textIn(page, `document.querySelector('.ticks-bar .detail').textContent`)).toContain(
        'not proof',
      );
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.ticks-bar').isVisible()).toBe(false);
      expect(messages).toEqual([]);
    });
    await read(renderHtml({ ...result, evidenceDigest: 'f'.repeat(64) }), async ({ page }) => {
      expect(await numberIn(page, `document.querySelectorAll('[data-done]').length`)).toBe(0);
    });
  });

  test('can be ticked where nothing may be kept, and the page says so', async () => {
    await read(
      renderHtml(demoResult()),
      async ({ page, messages }) => {
        await page.click('.stage > summary');
        await page.locator('.plan-step input').first().check();
        expect(await textIn(page, `document.querySelector('.ticks-bar').textContent`)).toMatch(
          /1 of \d+ done.*keeps nothing/,
        );
        await page.selectOption('[data-theme-choice]', 'dark');
        expect(await textIn(page, 'document.documentElement.dataset.theme')).toBe('dark');
        expect(messages).toEqual([]);
      },
      { before: noStorage },
    );
  });

  test('survive nonsense in the store', async () => {
    const result = demoResult();
    await read(
      renderHtml(result),
      async ({ page, messages }) => {
        expect(await numberIn(page, `document.querySelectorAll('[data-done]').length`)).toBe(0);
        expect(messages).toEqual([]);
      },
      { before: `localStorage.setItem('afterleak:ticks:${result.evidenceDigest}', '{"x":')` },
    );
  });
});

describe('colours', () => {
  test.each([
    ['light', 'dark'],
    ['dark', 'light'],
  ] as const)('the system says %s, the reader says %s and is remembered', async (colorScheme, chosen) => {
    await read(
      html(),
      async ({ page }) => {
        const ground = 'getComputedStyle(document.body).backgroundColor';
        const before = await textIn(page, ground);
        await page.selectOption('[data-theme-choice]', chosen);
        const after = await textIn(page, ground);
        expect(after).not.toBe(before);
        await page.reload();
        expect(await textIn(page, ground)).toBe(after);
        await page.selectOption('[data-theme-choice]', '');
        expect(await textIn(page, ground)).toBe(before);
        await page.selectOption('[data-theme-choice]', 'dark');
        await page.emulateMedia({ media: 'print' });
        expect(await textIn(page, ground)).toBe('rgb(255, 255, 255)');
      },
      { colorScheme },
    );
  });
});

describe('copying', () => {
  test('copies a value, and the link of a chapter, a card and a step', async () => {
    await read(
      renderHtml(demoResult()),
      async ({ page, messages }) => {
        await page.click('#eradicate .copy');
        expect(await textIn(page, 'window.copied')).toBe(
          await textIn(page, `document.querySelector('#eradicate [data-copy]').textContent`),
        );
        for (const place of ['#eradicate > .chapter-head', '#eradicate [data-card] > .card-head']) {
          await page.click(`${place} .anchor`);
          const id = await textIn(page, `document.querySelector('${place}').closest('[id]').id`);
          expect(await textIn(page, 'window.copied')).toMatch(new RegExp(`^file:.*report\\.html#${id}$`));
          expect(await textIn(page, 'location.hash')).toBe(`#${id}`);
        }
        await page.click('.stage > summary');
        await page.click('.plan-step .anchor');
        expect(await textIn(page, 'window.copied')).toContain('#step-');
        expect(await textIn(page, `document.querySelector('.plan-step .anchor').textContent`)).toBe('Copied');
        expect(messages).toEqual([]);
      },
      { before: clipboard },
    );
  });

  test('selects the value where nothing may be copied', async () => {
    await read(
      html(),
      async ({ page, messages }) => {
        await page.click('.copy');
        expect(await textIn(page, `document.querySelector('.copy').textContent`)).toBe('Selected');
        expect(await textIn(page, 'getSelection().toString()')).toBe(
          await textIn(page, `document.querySelector('[data-copy]').textContent`),
        );
        expect(messages).toEqual([]);
      },
      { before: noClipboard },
    );
  });
});

describe('tables', () => {
  test('are sorted by their heads: up, down, as they were', async () => {
    await read(renderHtml(demoResult()), async ({ page, messages }) => {
      await page.click('#inventory summary');
      const column = `[...document.querySelectorAll('#inventory tbody tr')].map((row) => row.cells[0].textContent.trim())`;
      const reported = await listIn(page, column);
      expect(reported.length).toBeGreaterThan(10);
      const sorted = [...reported].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
      const head = page.locator('#inventory thead .sorter').first();
      await head.focus();
      await page.keyboard.press('Enter');
      expect(await listIn(page, column)).toEqual(sorted);
      const state = `document.querySelector('#inventory thead th').getAttribute('aria-sort')`;
      expect(await textIn(page, state)).toBe('ascending');
      await page.keyboard.press('Space');
      expect(await textIn(page, state)).toBe('descending');
      expect((await listIn(page, column))[0]).toBe(sorted.at(-1));
      await page.keyboard.press('Enter');
      expect(await textIn(page, state)).toBe('null');
      expect(await listIn(page, column)).toEqual(reported);
      expect(messages).toEqual([]);
    });
  });
});

describe('finding one’s way', () => {
  test('the contents mark the chapter that is being read', async () => {
    await read(renderHtml(demoResult()), async ({ page }) => {
      const marked = `[...document.querySelectorAll('[aria-current]')].map((link) => link.hash)`;
      expect(await listIn(page, marked)).toEqual(['#summary']);
      await page.click('.contents a[href="#eradicate"]');
      await waitUntil(page, `document.querySelector('[aria-current]').hash === '#eradicate'`);
      expect(await listIn(page, marked)).toEqual(['#eradicate']);
    });
  });

  test('j and k walk the cards that are shown, o opens one, and single keys can be turned off', async () => {
    await read(html(), async ({ page, messages }) => {
      const current = `document.activeElement.closest('[data-card]')?.id`;
      const ids = await listIn(page, `[...document.querySelectorAll('[data-card]')].map((card) => card.id)`);
      await page.keyboard.press('j');
      expect(await textIn(page, current)).toBe(ids[0]);
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await page.keyboard.press('k');
      expect(await textIn(page, current)).toBe(ids[1]);
      await page.keyboard.press('o');
      expect(await textIn(page, `document.activeElement.querySelector('details').open`)).toBe('true');
      await page.keyboard.press('?');
      expect(await page.locator('dialog.shortcuts').isVisible()).toBe(true);
      await page.locator('dialog.shortcuts input').uncheck();
      await page.keyboard.press('Escape');
      await page.locator('main').focus();
      await page.keyboard.press('?');
      expect(await page.locator('dialog.shortcuts').isVisible()).toBe(false);
      expect(messages).toEqual([]);
    });
  });

  test('everything is opened and closed at once', async () => {
    await read(html(), async ({ page }) => {
      const closed = `document.querySelectorAll('main details:not([data-filters]):not([open])').length`;
      await page.click('[data-unfold]');
      expect(await numberIn(page, closed)).toBe(0);
      expect(await textIn(page, `document.querySelector('[data-unfold]').textContent`)).toBe('Close all');
      await page.click('[data-unfold]');
      expect(await numberIn(page, closed)).toBeGreaterThan(5);
    });
  });

  test('the summary can be printed alone, and the page is whole again afterwards', async () => {
    await read(
      html(),
      async ({ page }) => {
        await page.click('[data-print-summary]');
        expect(await textIn(page, 'window.asked')).toBe('summary');
        await page.emulateMedia({ media: 'print' });
        expect(await page.locator('#summary').isVisible()).toBe(true);
        expect(await page.locator('#next').isVisible()).toBe(false);
        await page.evaluate(`dispatchEvent(new Event('afterprint'))`);
        expect(await page.locator('#next').isVisible()).toBe(true);
      },
      { before: printing },
    );
  });

  test('an empty result has no dead control', async () => {
    await read(renderHtml(buildResult()), async ({ page, messages }) => {
      await page.keyboard.press('j');
      await page.keyboard.press('/');
      await page.keyboard.type('anything');
      await page.click('[data-unfold]');
      expect(await page.locator('.ticks-bar').count()).toBe(0);
      expect(messages).toEqual([]);
    });
  });
});
