import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { renderHtml } from '../../src/report/renderers/html.ts';
import { renderTraceHtml } from '../../src/report/trace/render-trace-html.ts';
import { launchChromium } from '../support/chromium.ts';
import { type HostileName, hostileTexts } from '../support/hostile-result.ts';
import { hostileLabels, hostileTrace } from '../support/hostile-trace.ts';
import { incidentResult } from '../support/incident-result.ts';
import { waitUntil } from '../support/open-page.ts';
import { largeTrace, traceFixture } from '../support/trace-fixture.ts';

jest.setTimeout(120_000);

const hostileNames = Object.keys(hostileTexts).filter((name): name is HostileName => name in hostileTexts);
const folder = mkdtempSync(path.join(tmpdir(), 'afterleak-trace-'));
let browser: Browser | null = null;
let ownShape: ReadonlySet<string> = new Set();

interface Opened {
  readonly page: Page;
  readonly messages: readonly string[];
  readonly requests: readonly string[];
}

/** Opens a page as a reader would: from disk, alone. */
async function open(html: string, options: BrowserContextOptions = {}): Promise<Opened | null> {
  if (browser === null) {
    return null;
  }
  const file = path.join(folder, 'trace.html');
  writeFileSync(file, html);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const messages: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(error.message));
  page.on('dialog', (dialog) => {
    messages.push(`dialog ${dialog.message()}`);
    dialog.dismiss().catch((error: unknown) => messages.push(String(error)));
  });
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return { page, messages, requests };
}

async function listOf(page: Page, script: string): Promise<readonly string[]> {
  const list: unknown = await page.evaluate(script);
  return Array.isArray(list) ? list.map(String) : [];
}

async function numberOf(page: Page, script: string): Promise<number> {
  return Number(await page.evaluate(script));
}

/** Every element with its attributes' names: the shape that only templates may decide. */
const shapeOf = `
  [...document.querySelectorAll('*')].map((element) =>
    element.localName + '[' + element.getAttributeNames().sort().join(' ') + ']')
`;

beforeAll(async () => {
  browser = await launchChromium();
  const shapes = new Set<string>();
  for (const result of [traceFixture(), hostileTrace('formula'), hostileLabels('formula')]) {
    const opened = await open(renderTraceHtml(result));
    for (const shape of opened === null ? [] : await listOf(opened.page, shapeOf)) {
      shapes.add(shape);
    }
    await opened?.page.context().close();
  }
  ownShape = shapes;
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Text elements of the drawings that reach beyond their drawing or box. */
const overflowing = `
  [...document.querySelectorAll('.lineage-drawing .node')].filter((node) => {
    const box = node.querySelector('.outline').getBoundingClientRect();
    return [...node.querySelectorAll('text')].some((text) => {
      const inner = text.getBoundingClientRect();
      return inner.left < box.left - 1 || inner.right > box.right + 1 || inner.bottom > box.bottom + 1;
    });
  }).map((node) => node.textContent)
`;

describe('the page of a trace in a browser', () => {
  test('loads nothing but itself and has nothing to complain about', async () => {
    const opened = await open(renderTraceHtml(traceFixture()));
    if (opened === null) {
      expect(browser).toBeNull();
      return;
    }
    expect(opened.requests.filter((url) => !url.startsWith('data:'))).toHaveLength(1);
    expect(opened.messages).toEqual([]);
    expect(await numberOf(opened.page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(1280);
    await opened.page.context().close();
  });

  test('the first screen holds the four answers', async () => {
    const opened = await open(renderTraceHtml(traceFixture()));
    if (opened === null) {
      expect(browser).toBeNull();
      return;
    }
    expect(
      await numberOf(opened.page, `document.querySelector('.quarters').getBoundingClientRect().bottom`),
    ).toBeLessThan(900);
    expect(
      await listOf(opened.page, `[...document.querySelectorAll('.panel > h2')].map((h) => h.textContent)`),
    ).toEqual(['Leaked credentials', 'Covered, and not', 'Outlives the key', 'Next']);
    await opened.page.context().close();
  });

  test.each([
    ['the case', traceFixture],
    ['500 nodes', largeTrace],
  ])('the drawing of %s is readable: large letters inside of their boxes', async (_name, result) => {
    const opened = await open(renderTraceHtml(result()));
    if (opened === null) {
      expect(browser).toBeNull();
      return;
    }
    const { page } = opened;
    expect(
      await numberOf(page, `document.querySelectorAll('.lineage-drawing .node').length`),
    ).toBeGreaterThan(30);
    expect(await listOf(page, overflowing)).toEqual([]);
    const heights = await listOf(
      page,
      `[...document.querySelectorAll('.lineage-drawing .node-label')].map((text) => text.getBoundingClientRect().height)`,
    );
    expect(Math.min(...heights.map(Number))).toBeGreaterThan(10);
    await page.context().close();
  });

  test('has the content of both drawings as a list and as a table', async () => {
    const opened = await open(renderTraceHtml(traceFixture()));
    if (opened === null) {
      expect(browser).toBeNull();
      return;
    }
    const { page } = opened;
    const names = await listOf(
      page,
      `[...document.querySelectorAll('.branch-name')].map((name) => name.textContent)`,
    );
    expect(names).toEqual(expect.arrayContaining(traceFixture().lineage.nodes.map(({ label }) => label)));
    expect(await numberOf(page, `document.querySelectorAll('#timeline tbody tr').length`)).toBe(
      traceFixture().lineage.events.length,
    );
    for (const drawing of ['lineage-drawing', 'timeline-drawing']) {
      expect(await page.locator(`svg[role=img][aria-labelledby^="${drawing}"]`).count()).toBe(1);
    }
    await page.context().close();
  });

  test.each(hostileNames)('%s stays text', async (name) => {
    for (const result of [hostileTrace(name), hostileLabels(name)]) {
      const opened = await open(renderTraceHtml(result));
      if (opened === null) {
        expect(browser).toBeNull();
        return;
      }
      const { page, messages, requests } = opened;
      expect(ownShape.size).toBeGreaterThan(50);
      expect((await listOf(page, shapeOf)).filter((element) => !ownShape.has(element))).toEqual([]);
      await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
      expect(String(await page.evaluate('String(window.ran)'))).toBe('undefined');
      expect(messages).toEqual([]);
      expect(requests.filter((url) => !url.startsWith('data:'))).toHaveLength(1);
      const links = await listOf(page, `[...document.links].map((link) => link.getAttribute('href'))`);
      expect(links.filter((link) => !link.startsWith('#'))).toEqual([]);
      const hidden = /(?![\n ])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
      expect(String(await page.evaluate('document.querySelector("main").textContent'))).not.toMatch(hidden);
      expect(await numberOf(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(1280);
      await page.context().close();
    }
  });

  test('copies the indicators without the page around them', async () => {
    const opened = await open(renderTraceHtml(traceFixture()));
    if (opened === null) {
      expect(browser).toBeNull();
      return;
    }
    const { page } = opened;
    await page.click('#indicators .copy');
    await waitUntil(page, `document.querySelector('.copy').textContent !== 'Copy'`);
    expect(String(await page.evaluate(`document.querySelector('.yaml').textContent`))).toMatch(
      /^# Found in the events[\s\S]*\ncompromised:\n {2}accessKeyIds:\n {4}- "AKIA/,
    );
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)(
    'text has enough contrast in %s, in the drawings too',
    async (colorScheme) => {
      const opened = await open(renderTraceHtml(traceFixture()), { colorScheme });
      if (opened === null) {
        expect(browser).toBeNull();
        return;
      }
      const weak = await listOf(
        opened.page,
        `(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
        const parse = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
        const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
        const ratio = (one, two) => { const [a, b] = [light(one), light(two)]; return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); };
        const ground = (element) => { for (let e = element; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
        const found = new Set();
        for (const element of document.querySelectorAll('body *:not(svg *):not(script):not(style)')) {
          if (![...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '')) continue;
          if (ratio(parse(getComputedStyle(element).color), ground(element)) < 4.5) found.add(element.localName + '.' + element.className);
        }
        for (const text of document.querySelectorAll('svg text')) {
          const outline = text.closest('.node')?.querySelector('.outline') ?? text.closest('.mark')?.querySelector('circle');
          const back = outline ? parse(getComputedStyle(outline).fill) : ground(text);
          if (ratio(parse(getComputedStyle(text).fill), back) < 4.5) found.add('svg ' + text.getAttribute('class') + ' in ' + text.parentElement.getAttribute('class'));
        }
        return [...found];
      })()`,
      );
      expect(weak).toEqual([]);
      await opened.page.context().close();
    },
  );

  test('an empty trace and a narrow screen are no trouble', async () => {
    const empty = traceFixture({
      lineage: { nodes: [], edges: [], events: [] },
      activity: [],
      rotation: [],
      impact: [],
      suspects: [],
      settings: [],
      coverage: [],
    });
    const opened = await open(renderTraceHtml(empty), { viewport: { width: 360, height: 740 } });
    if (opened === null) {
      expect(browser).toBeNull();
      return;
    }
    expect(String(await opened.page.evaluate(`document.querySelector('h1').textContent`))).toBe(
      'No act of the named credentials was found',
    );
    expect(await numberOf(opened.page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(opened.messages).toEqual([]);
    await opened.page.context().close();
  });

  test('prints to PDF', async () => {
    const opened = await open(renderTraceHtml(traceFixture()));
    if (opened === null) {
      expect(browser).toBeNull();
      return;
    }
    const pdf = await opened.page.pdf({ format: 'A4', printBackground: true });
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    await opened.page.context().close();
  });
});

test('the report of a sweep draws the lineage and stays quiet', async () => {
  const { lineage } = traceFixture();
  const opened = await open(renderHtml(incidentResult({ lineage: { ...lineage, alreadyGone: [] } })));
  if (opened === null) {
    expect(browser).toBeNull();
    return;
  }
  expect(await numberOf(opened.page, `document.querySelectorAll('.lineage-drawing .node').length`)).toBe(
    lineage.nodes.length,
  );
  expect(opened.messages).toEqual([]);
  expect(await numberOf(opened.page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(1280);
  await opened.page.context().close();
});
