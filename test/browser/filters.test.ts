import { describe, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { renderHtml } from '../../src/report/renderers/html.ts';
import { incidentResult } from '../support/incident-result.ts';
import { demoResult, listIn, numberIn, pageReader, textIn, waitUntil } from '../support/open-page.ts';

jest.setTimeout(120_000);

const read = pageReader();
const html = (): string => renderHtml(incidentResult());
const shownCards = `[...document.querySelectorAll('[data-card]')].filter((card) => card.checkVisibility()).length`;
const hash = 'decodeURIComponent(location.hash)';

/** Keeps what the page tells the rest of itself. */
const listening = `window.told = []; document.addEventListener('afterleak:filter', ({ detail }) => window.told.push(JSON.stringify(detail)));`;

async function choose(page: Page, name: string, value: string): Promise<void> {
  await page.selectOption(`select[name=${name}]`, value);
}

describe('the filters', () => {
  test.each(['severity', 'decision', 'account', 'service', 'technique', 'attribution'])(
    'every choice of %s keeps some cards, and all of them when it is cleared',
    async (name) => {
      await read(html(), async ({ page, messages }) => {
        const all = await numberIn(page, shownCards);
        expect(all).toBeGreaterThan(5);
        await page.click('.filters > summary');
        const values = await listIn(
          page,
          `[...document.querySelector('select[name=${name}]').options].map(({ value }) => value).filter(Boolean)`,
        );
        expect(values.length).toBeGreaterThan(0);
        const counts: number[] = [];
        for (const value of values) {
          await choose(page, name, value);
          counts.push(await numberIn(page, shownCards));
        }
        expect(Math.min(...counts)).toBeLessThan(all);
        expect(Math.max(...counts)).toBeGreaterThan(0);
        await page.click('button[type=reset]');
        await waitUntil(page, `${shownCards} === ${all}`);
        expect(messages).toEqual([]);
      });
    },
  );

  test('words are searched in all of a card, and the others are told', async () => {
    await read(
      html(),
      async ({ page, messages }) => {
        const all = await numberIn(page, shownCards);
        await page.keyboard.press('/');
        await page.keyboard.type('AWS-support');
        expect(await numberIn(page, shownCards)).toBe(1);
        expect(await textIn(page, `document.querySelector('[data-status]').textContent`)).toContain(
          `1 of ${all} groups`,
        );
        expect(JSON.parse(await textIn(page, 'window.told.at(-1)'))).toEqual({
          words: ['aws-support'],
          severity: '',
          decision: '',
          account: '',
          service: '',
          technique: '',
          attribution: '',
        });
        expect(messages).toEqual([]);
      },
      { before: listening },
    );
  });

  test('the address keeps the view: back, forward and a shared link give it again', async () => {
    await read(html(), async ({ page, messages }) => {
      const all = await numberIn(page, shownCards);
      await page.click('.filters > summary');
      await choose(page, 'severity', 'medium');
      const medium = await numberIn(page, shownCards);
      expect(medium).toBeLessThan(all);
      expect(await textIn(page, hash)).toBe('#?severity=medium');
      await choose(page, 'decision', 'harden');
      expect(await textIn(page, hash)).toBe('#?severity=medium&decision=harden');
      await page.goBack();
      expect(await numberIn(page, shownCards)).toBe(medium);
      expect(await textIn(page, `document.querySelector('select[name=decision]').value`)).toBe('');
      await page.goBack();
      expect(await numberIn(page, shownCards)).toBe(all);
      await page.goForward();
      expect(await numberIn(page, shownCards)).toBe(medium);
      await page.reload();
      expect(await numberIn(page, shownCards)).toBe(medium);
      await page.click('button[type=reset]');
      await waitUntil(page, `location.hash === ''`);
      expect(messages).toEqual([]);
    });
  });

  test('typing is one step back, however many letters', async () => {
    await read(html(), async ({ page }) => {
      const all = await numberIn(page, shownCards);
      await page.fill('input[name=text]', 'a');
      await page.locator('input[name=text]').pressSequentially('ws-support');
      expect(await textIn(page, hash)).toBe('#?text=aws-support');
      await page.goBack();
      expect(await numberIn(page, shownCards)).toBe(all);
      expect(await textIn(page, `document.querySelector('input[name=text]').value`)).toBe('');
    });
  });

  test('a link to a card that a filter hides, or into a closed fold, leads there', async () => {
    await read(html(), async ({ page }) => {
      const all = await numberIn(page, shownCards);
      await page.fill('input[name=text]', 'no card says this');
      expect(await numberIn(page, shownCards)).toBe(0);
      const id = await textIn(page, `document.querySelector('[data-card]').id`);
      await page.evaluate(`location.hash = '${id}'`);
      await waitUntil(page, `${shownCards} === ${all}`);
      expect(
        await numberIn(page, `document.getElementById('${id}').getBoundingClientRect().top`),
      ).toBeLessThan(800);
    });
    const result = demoResult();
    const step = result.plan?.steps.at(-1)?.id ?? '';
    await read(
      renderHtml(result),
      async ({ page }) => {
        expect(await page.locator(`#step-${step}`).isVisible()).toBe(true);
        expect(await page.locator('.stage[open]').count()).toBe(1);
      },
      { fragment: `step-${step}` },
    );
  });

  test('nonsense in the address is no trouble', async () => {
    for (const fragment of [
      '?',
      '?severity=%3Cscript%3E&x=1',
      '%E0%A4%A',
      '?text=%E0%A4%A',
      'no-such-id',
      '"><b>',
    ]) {
      await read(
        html(),
        async ({ page, messages }) => {
          expect(messages).toEqual([]);
          expect(await numberIn(page, `document.querySelectorAll('[data-card]').length`)).toBeGreaterThan(5);
        },
        { fragment },
      );
    }
  });

  test('cards are ordered within their chapter and put back', async () => {
    await read(html(), async ({ page }) => {
      const names = `[...document.querySelectorAll('#eradicate [data-card] h3')].map((h) => h.textContent)`;
      const reported = await listIn(page, names);
      await choose(page, 'order', 'name');
      expect(await listIn(page, names)).toEqual([...reported].sort((a, b) => a.localeCompare(b)));
      await choose(page, 'order', 'first-seen');
      const seen = await listIn(
        page,
        `[...document.querySelectorAll('#eradicate [data-card]')].map((card) => card.dataset.firstSeen || '9')`,
      );
      expect(seen).toEqual([...seen].sort());
      await choose(page, 'order', '');
      expect(await listIn(page, names)).toEqual(reported);
    });
  });
});
