import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { AuditResult } from '../../src/model/audit-result.ts';
import { renderHtml } from '../../src/report/renderers/html.ts';
import { clip, visible } from '../../src/report/text/visible.ts';
import { launchChromium } from '../support/chromium.ts';
import { type HostileName, hostileResult, hostileTexts } from '../support/hostile-result.ts';
import { incidentResult } from '../support/incident-result.ts';
import { buildResult } from '../support/result-builder.ts';

jest.setTimeout(60_000);

const hostileNames = Object.keys(hostileTexts).filter((name): name is HostileName => name in hostileTexts);
const folder = mkdtempSync(path.join(tmpdir(), 'afterleak-page-'));
let browser: Browser | null = null;
/** The elements of a page whose texts hold no markup. */
let ownShape: ReadonlySet<string> = new Set();

beforeAll(async () => {
  browser = await launchChromium();
  const plain = await open(hostileResult('formula'));
  if (plain !== null) {
    await plain.page.evaluate(openAll);
    await plain.page.waitForTimeout(50);
    ownShape = new Set(await listOf(plain.page, shapeOf));
    await plain.page.context().close();
  }
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  readonly messages: readonly string[];
  readonly requests: readonly string[];
}

/** Opens a page as a reader would: from disk, alone. */
async function open(result: AuditResult, options: BrowserContextOptions = {}): Promise<Opened | null> {
  if (browser === null) {
    return null;
  }
  const file = path.join(folder, 'report.html');
  writeFileSync(file, renderHtml(result));
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
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

/** What a fold holds is made ready when it is opened. */
const openAll = `for (const details of document.querySelectorAll('details')) details.open = true`;

/** Every element with its attributes' names: the shape that only templates may decide. */
const shapeOf = `
  [...document.querySelectorAll('*')].map((element) => {
    const names = element.getAttributeNames().filter((name) => name !== 'open').sort().join(' ');
    return element.localName + '[' + names + ']';
  })
`;

async function textOf(page: Page, script: string): Promise<string> {
  return String(await page.evaluate(script));
}

async function numberOf(page: Page, script: string): Promise<number> {
  return Number(await page.evaluate(script));
}

async function listOf(page: Page, script: string): Promise<readonly string[]> {
  const list: unknown = await page.evaluate(script);
  return Array.isArray(list) ? list.map(String) : [];
}

describe('the page in a browser', () => {
  test('loads nothing but itself and has nothing to complain about', async () => {
    const opened = await open(incidentResult());
    if (opened !== null) {
      expect(opened.requests.filter((url) => !url.startsWith('data:'))).toHaveLength(1);
      expect(opened.messages).toEqual([]);
      await opened.page.context().close();
    }
    expect(renderHtml(incidentResult())).toContain('Content-Security-Policy');
  });

  test('its policy stops a script and a style that were put in', async () => {
    const opened = await open(incidentResult());
    if (opened === null) {
      expect(browser).toBeNull();
      return;
    }
    await opened.page.evaluate(`
      const script = document.createElement('script');
      try { script.textContent = 'window.ran = 1'; document.body.append(script); } catch {}
      const style = document.createElement('style');
      style.textContent = 'body { display: none }';
      document.body.append(style);
      new Image().src = 'https://evil.example/p.png';
    `);
    await opened.page.waitForTimeout(200);
    expect(await textOf(opened.page, 'String(window.ran)')).toBe('undefined');
    expect(await textOf(opened.page, 'getComputedStyle(document.body).display')).toBe('block');
    expect(opened.messages.join('\n')).toMatch(/Content Security Policy|TrustedScript/);
    await opened.page.context().close();
  });

  test.each(hostileNames)('%s stays text', async (name) => {
    const opened = await open(hostileResult(name));
    if (opened === null) {
      expect(browser).toBeNull();
      return;
    }
    const { page, messages, requests } = opened;
    await page.evaluate(openAll);
    await page.waitForTimeout(50);
    expect(ownShape.size).toBeGreaterThan(50);
    expect((await listOf(page, shapeOf)).filter((element) => !ownShape.has(element))).toEqual([]);
    const shown = await listOf(
      page,
      `[...document.querySelectorAll('.messages > li p')].map((message) => message.firstChild.textContent)`,
    );
    expect(shown).toContain(visible(clip(hostileTexts[name], 2048)));
    expect(await textOf(page, 'String(window.ran)')).toBe('undefined');
    expect(messages).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('data:'))).toHaveLength(1);
    const links = await listOf(page, `[...document.links].map((link) => link.getAttribute('href'))`);
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((link) => !link.startsWith('#') && !link.startsWith('https://docs.aws'))).toEqual([]);
    const hidden = /(?![\n ])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
    expect(await textOf(page, 'document.querySelector("main").textContent')).not.toMatch(hidden);
    expect(await numberOf(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(1280);
    await page.context().close();
  });

  test('the first screen says how it stands, what is hostile, what is to do and what must be decided', async () => {
    const opened = await open(incidentResult());
    if (opened === null) {
      expect(browser).toBeNull();
      return;
    }
    const headings = (below: number): Promise<readonly string[]> =>
      listOf(
        opened.page,
        `[...document.querySelectorAll('.verdict-label, .panel > h2')].filter((heading) => heading.getBoundingClientRect().bottom < ${below}).map((heading) => heading.textContent)`,
      );
    expect(await headings(600)).toEqual([
      'Not all clear',
      'Hostile or unexplained',
      'To do',
      'Decisions needed',
    ]);
    expect(await headings(1200)).toEqual(expect.arrayContaining(['In scope', 'Not seen']));
    await opened.page.context().close();
  });

  test('is built of landmarks, headings in order, named regions and tables with headers', async () => {
    const opened = await open(incidentResult());
    if (opened === null) {
      expect(browser).toBeNull();
      return;
    }
    const { page } = opened;
    for (const landmark of ['header.masthead', 'nav.contents', 'nav.phases', 'main#main', 'footer']) {
      expect(await page.locator(landmark).count()).toBe(1);
    }
    const levels = (
      await listOf(page, `[...document.querySelectorAll('h1,h2,h3,h4')].map((heading) => heading.localName)`)
    ).map((name) => Number(name.slice(1)));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.entries()) {
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    }
    expect(
      await listOf(
        page,
        `[...document.querySelectorAll('table')].filter((table) => !table.querySelector('th[scope=col]')).map(() => 'table')`,
      ),
    ).toEqual([]);
    expect(
      await listOf(
        page,
        `[...document.querySelectorAll('[id]')].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i)`,
      ),
    ).toEqual([]);
    expect(
      await listOf(
        page,
        `[...document.querySelectorAll('[aria-labelledby]')].flatMap((e) => e.getAttribute('aria-labelledby').split(' ')).filter((id) => !document.getElementById(id))`,
      ),
    ).toEqual([]);
    expect(
      await listOf(
        page,
        `[...document.querySelectorAll('a[href^="#"]')].map((a) => a.getAttribute('href').slice(1)).filter((id) => !document.getElementById(id))`,
      ),
    ).toEqual([]);
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)('text has enough contrast in %s', async (colorScheme) => {
    const opened = await open(incidentResult(), { colorScheme });
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
        const ground = (element) => { for (let e = element; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
        const found = new Set();
        for (const element of document.querySelectorAll('body *:not(svg *):not(script):not(style)')) {
          if (![...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '')) continue;
          const a = light(parse(getComputedStyle(element).color)), b = light(ground(element));
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (ratio < 4.5) found.add(element.localName + '.' + element.className + ' ' + ratio.toFixed(2));
        }
        return [...found];
      })()`,
    );
    expect(weak).toEqual([]);
    await opened.page.context().close();
  });

  test('an empty result and a narrow screen are no trouble', async () => {
    const opened = await open(buildResult(), { viewport: { width: 360, height: 740 } });
    if (opened === null) {
      expect(browser).toBeNull();
      return;
    }
    expect(await textOf(opened.page, `document.querySelector('h1').textContent`)).toBe(
      'No access of the intruder is left in what was asked',
    );
    expect(await numberOf(opened.page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(opened.messages).toEqual([]);
    await opened.page.context().close();
  });
});
