import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { AuditResult } from '../../src/model/audit-result.ts';
import { renderHtml } from '../../src/report/renderers/html.ts';
import { clip, visible } from '../../src/report/text/visible.ts';
import { launchChromium } from '../support/chromium.ts';
import { type HostileName, hostileResult, hostileTexts } from '../support/hostile-result.ts';
import { manyFindings } from '../support/many-findings.ts';
import { waitUntil } from '../support/open-page.ts';
import { buildResult } from '../support/result-builder.ts';

jest.setTimeout(180_000);

const count = 5000;
const many = manyFindings(count);
const hostileNames = Object.keys(hostileTexts).filter((name): name is HostileName => name in hostileTexts);
const folder = mkdtempSync(path.join(tmpdir(), 'afterleak-all-'));
const manyFile = path.join(folder, 'many.html');
let browser: Browser | null = null;

beforeAll(async () => {
  browser = await launchChromium();
  writeFileSync(manyFile, renderHtml(many));
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const ready = '[data-all-findings]:not([hidden])';

/** What a page said and asked for while `use` had it open. Nothing is done where there is no browser. */
async function withPage(
  file: string,
  use: (page: Page) => Promise<void>,
  hash = '',
): Promise<{ readonly messages: readonly string[]; readonly requests: readonly string[] }> {
  const messages: string[] = [];
  const requests: string[] = [];
  if (browser === null) {
    return { messages, requests };
  }
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  const page = await context.newPage();
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(file).href + hash);
  await use(page);
  await context.close();
  return { messages, requests: requests.filter((url) => !url.startsWith('data:')) };
}

function written(result: AuditResult): string {
  const file = path.join(folder, 'other.html');
  writeFileSync(file, renderHtml(result));
  return file;
}

async function evaluated(page: Page, script: string): Promise<string> {
  return String(await page.evaluate(script));
}

async function column(page: Page, place: number): Promise<readonly string[]> {
  const script = `[...document.querySelectorAll('[data-all-findings-rows] > tr[data-row]')].map((row) => row.cells[${place}].firstChild.textContent)`;
  const texts: unknown = await page.evaluate(script);
  return Array.isArray(texts) ? texts.map(String) : [];
}

const status = `document.querySelector('[data-all-findings-status]').textContent`;
const caption = `document.querySelector('[data-all-findings-caption]').textContent`;

function quiet({ messages, requests }: Awaited<ReturnType<typeof withPage>>): void {
  expect(messages).toEqual([]);
  expect(requests).toHaveLength(browser === null ? 0 : 1);
}

/** Sets a field of the page's own form, as a reader's hand would. */
async function choose(page: Page, name: string, value: string): Promise<void> {
  await page.evaluate(`
    const field = document.querySelector('[data-toolbar]').elements[${JSON.stringify(name)}];
    field.value = ${JSON.stringify(value)};
    field.dispatchEvent(new Event('input', { bubbles: true }));
  `);
}

describe('the table of all findings', () => {
  test('shows a page of them and asks for nothing', async () => {
    quiet(
      await withPage(manyFile, async (page) => {
        await page.waitForSelector(ready);
        expect(await evaluated(page, status)).toBe('All 5,000 findings');
        expect(await evaluated(page, caption)).toBe('Findings 1 to 100 of 5,000');
        expect(await column(page, 0)).toHaveLength(100);
        const first = many.findings[0];
        expect((await column(page, 3))[0]).toBe(first?.subject.name);
        expect((await column(page, 5))[0]).toBe(first?.title);
        expect(
          await evaluated(page, `document.querySelector('[data-all-findings-counts]').textContent`),
        ).toContain('Harden 1,000');
      }),
    );
  });

  test('follows search and filters of the page, counts and clears', async () => {
    quiet(
      await withPage(manyFile, async (page) => {
        await page.waitForSelector(ready);
        await choose(page, 'text', 'service-a createuser');
        const both = many.findings.filter(
          ({ message, provenance }) =>
            message.includes('service-a') && provenance[0]?.eventName === 'CreateUser',
        );
        expect(both.length).toBeGreaterThan(5);
        expect(await evaluated(page, status)).toBe(`${both.length} of 5,000 findings match`);
        await choose(page, 'text', '');
        await choose(page, 'severity', 'critical');
        await choose(page, 'decision', 'eradicate');
        const critical = many.findings.filter(
          ({ severity, decision }) => severity === 'critical' && decision === 'eradicate',
        );
        expect(await evaluated(page, status)).toBe(`${critical.length} of 5,000 findings match`);
        expect(new Set(await column(page, 0))).toEqual(new Set(['Critical']));
        expect(new Set(await column(page, 1))).toEqual(new Set(['Eradicate']));
        await choose(page, 'text', 'nothing-is-called-so');
        expect(await evaluated(page, caption)).toBe('No finding matches');
        expect(await column(page, 0)).toEqual([]);
        await page.evaluate(`document.querySelector('[data-toolbar]').reset()`);
        await waitUntil(page, `${status} === 'All 5,000 findings'`);
      }),
    );
  });

  test('is filtered by whoever tells it to', async () => {
    quiet(
      await withPage(manyFile, async (page) => {
        await page.waitForSelector(ready);
        await page.evaluate(
          `document.dispatchEvent(new CustomEvent('afterleak:filter', { detail: { words: [], account: '500000007919' } }))`,
        );
        expect(await evaluated(page, status)).toBe('5 of 5,000 findings match');
        expect(new Set(await column(page, 4))).toEqual(new Set(['500000007919']));
      }),
    );
  });

  test('is ordered by a column, the other way round and as it was', async () => {
    quiet(
      await withPage(manyFile, async (page) => {
        await page.waitForSelector(ready);
        const asReported = await column(page, 3);
        const heading = page.locator('[data-order="eventTime"]');
        const state = `document.querySelector('[data-order="eventTime"]').parentElement.getAttribute('aria-sort')`;
        await heading.click();
        expect(await evaluated(page, state)).toBe('ascending');
        const times = await column(page, 6);
        expect(times).toEqual(times.toSorted());
        expect(times[0]).toBe('2026-11-03 09:00');
        await heading.click();
        expect(await evaluated(page, state)).toBe('descending');
        expect((await column(page, 6))[0]).toBe('2026-11-03 10:23');
        await heading.click();
        expect(await evaluated(page, state)).toBe('none');
        expect(await column(page, 3)).toEqual(asReported);
        await page.locator('[data-order="severity"]').click();
        expect(new Set(await column(page, 0))).toEqual(new Set(['Critical']));
      }),
    );
  });

  test('is turned page by page with the keyboard alone', async () => {
    quiet(
      await withPage(manyFile, async (page) => {
        await page.waitForSelector(ready);
        await page.locator('[data-page="next"]').focus();
        await page.keyboard.press('Enter');
        expect(await evaluated(page, caption)).toBe('Findings 101 to 200 of 5,000');
        expect(await evaluated(page, 'document.activeElement.dataset.page')).toBe('next');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Space');
        expect(await evaluated(page, caption)).toBe('Findings 4,901 to 5,000 of 5,000');
        expect(
          await evaluated(page, `document.querySelector('[data-page="last"]').getAttribute('aria-disabled')`),
        ).toBe('true');
        await page.locator('[data-page-number]').fill('7');
        await page.keyboard.press('Enter');
        expect(await evaluated(page, caption)).toBe('Findings 601 to 700 of 5,000');
        await page.locator('[data-page-number]').fill('900');
        await page.keyboard.press('Enter');
        expect(await evaluated(page, caption)).toBe('Findings 4,901 to 5,000 of 5,000');
        const details = page.locator('[data-all-findings-rows] button').first();
        await details.focus();
        await page.keyboard.press('Enter');
        expect(await details.getAttribute('aria-expanded')).toBe('true');
        const finding = many.findings[4900];
        const opened = await page.locator('.all-findings-details:not([hidden])').first().textContent();
        for (const text of [
          finding?.subject.arn,
          finding?.fingerprint,
          finding?.provenance[0]?.eventId,
          finding?.planSteps[0],
          'Contain the principal with a deny policy; Delete the user',
        ]) {
          expect(opened).toContain(text);
        }
        await page.keyboard.press('Enter');
        expect(await details.getAttribute('aria-expanded')).toBe('false');
      }),
    );
  });

  test('a link leads to any finding, on whatever page and behind whatever filter', async () => {
    const finding = many.findings[3456];
    const isOpen = `
      (() => {
        const row = document.getElementById('finding-${finding?.fingerprint}');
        return row !== null && document.activeElement === row && row.nextElementSibling.hidden === false;
      })()
    `;
    quiet(
      await withPage(
        manyFile,
        async (page) => {
          await waitUntil(page, isOpen);
          expect(await evaluated(page, caption)).toBe('Findings 3,401 to 3,500 of 5,000');
          await choose(page, 'text', 'nothing-is-called-so');
          expect(await column(page, 0)).toEqual([]);
          await page.evaluate(`location.hash = ''`);
          await choose(page, 'text', 'nothing-is-called-so');
          await page.evaluate(`location.hash = '#finding-${finding?.fingerprint}'`);
          await waitUntil(page, isOpen);
          await page.evaluate(`location.hash = '#finding-ffffffffffffffff'`);
          expect(await evaluated(page, status)).toBe('All 5,000 findings');
        },
        `#finding-${finding?.fingerprint}`,
      ),
    );
  });

  test('what is shown can be saved for a spreadsheet', async () => {
    quiet(
      await withPage(manyFile, async (page) => {
        await page.waitForSelector(ready);
        await choose(page, 'severity', 'low');
        const waiting = page.waitForEvent('download');
        await page.locator('[data-all-findings-download]').click();
        const download = await waiting;
        const file = path.join(folder, 'findings.csv');
        await download.saveAs(file);
        expect(download.suggestedFilename()).toBe('findings.csv');
        const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n');
        expect(lines).toHaveLength(1 + many.findings.filter(({ severity }) => severity === 'low').length);
        expect(lines[0]).toContain('"fingerprint","severity","decision"');
      }),
    );
  });

  test.each(hostileNames)('%s stays text in it', async (name) => {
    const file = written(hostileResult(name));
    quiet(
      await withPage(file, async (page) => {
        await page.waitForSelector(ready);
        await page.evaluate(
          `for (const b of document.querySelectorAll('[data-all-findings-rows] button')) b.click()`,
        );
        const shown = visible(clip(hostileTexts[name], 2048));
        expect(await column(page, 5)).toContain(shown);
        expect(
          await evaluated(page, `document.querySelector('.all-findings-details').textContent`),
        ).toContain(shown);
        expect(await evaluated(page, 'String(window.ran)')).toBe('undefined');
        const elements: unknown = await page.evaluate(
          `[...new Set([...document.querySelectorAll('[data-all-findings-rows] *')].map((e) => e.localName))].sort()`,
        );
        expect(elements).toEqual(['a', 'button', 'dd', 'div', 'dl', 'dt', 'span', 'td', 'th', 'tr']);
        expect(
          await evaluated(page, `document.querySelector('[data-all-findings]').textContent`),
        ).not.toMatch(/(?![\n ])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(
          await evaluated(
            page,
            `(() => {
              const region = document.querySelector('[data-all-findings] .scroll');
              return region.scrollWidth < 2 * region.clientWidth;
            })()`,
          ),
        ).toBe('true');
      }),
    );
  });

  test('without scripts the page says where all of them are; without findings that there are none', async () => {
    if (browser === null) {
      expect(browser).toBeNull();
      return;
    }
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(pathToFileURL(manyFile).href);
    expect(await page.locator('[data-all-findings]').isVisible()).toBe(false);
    expect(await page.locator('[data-all-findings-elsewhere]').textContent()).toContain('result.json');
    await page.goto(pathToFileURL(written(buildResult())).href);
    expect(await page.locator('#all-findings').textContent()).toContain('There is none.');
    await context.close();
  });

  test('on paper the table gives way to the sentence', async () => {
    quiet(
      await withPage(manyFile, async (page) => {
        await page.waitForSelector(ready);
        await page.emulateMedia({ media: 'print' });
        expect(await page.locator('[data-all-findings]').isVisible()).toBe(false);
        expect(await page.locator('[data-all-findings-elsewhere]').isVisible()).toBe(true);
      }),
    );
  });
});
