import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type AuditResult, auditResultSchema } from '../../src/model/audit-result.ts';
import { launchChromium } from './chromium.ts';

export interface OpenedPage {
  readonly page: Page;
  /** What the page said on its console, and its errors. */
  readonly messages: readonly string[];
  /** What the page asked for besides itself. */
  readonly requests: readonly string[];
}

interface OpenOptions extends BrowserContextOptions {
  /** After the `#` of the address. */
  readonly fragment?: string;
  /** Run before the page's own script. */
  readonly before?: string;
}

type Reader = (
  html: string,
  use: (opened: OpenedPage) => Promise<void>,
  options?: OpenOptions,
) => Promise<void>;

/**
 * Pages opened as a reader would: from disk, alone, in a browser that is shared by the tests of one file.
 * Without Chromium (which is said once) nothing but the page's policy is looked at.
 */
export function pageReader(): Reader {
  const folder = mkdtempSync(path.join(tmpdir(), 'afterleak-page-'));
  let browser: Browser | null = null;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return async (html, use, { fragment, before, ...options } = {}) => {
    expect(html.includes(`content="default-src 'none';`)).toBe(true);
    if (browser === null) {
      return;
    }
    const file = path.join(folder, 'report.html');
    writeFileSync(file, html);
    const address = pathToFileURL(file).href;
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    try {
      const page = await context.newPage();
      if (before !== undefined) {
        await page.addInitScript(before);
      }
      const messages: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => messages.push(message.text()));
      page.on('pageerror', (error) => messages.push(error.message));
      page.on('dialog', (dialog) => {
        messages.push(`dialog ${dialog.message()}`);
        dialog.dismiss().catch((error: unknown) => messages.push(String(error)));
      });
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith('data:') && url.split('#', 1)[0] !== address) {
          requests.push(url);
        }
      });
      await page.goto(fragment === undefined ? address : `${address}#${fragment}`);
      await use({ page, messages, requests });
    } finally {
      await context.close();
    }
  };
}

export async function textIn(page: Page, script: string): Promise<string> {
  return String(await page.evaluate(script));
}

export async function numberIn(page: Page, script: string): Promise<number> {
  return Number(await page.evaluate(script));
}

export async function listIn(page: Page, script: string): Promise<readonly string[]> {
  const list: unknown = await page.evaluate(script);
  return Array.isArray(list) ? list.map(String) : [];
}

/** Playwright's own way of waiting compiles its script in the page, which the page's policy refuses. */
export async function waitUntil(page: Page, script: string): Promise<void> {
  const end = Date.now() + 30_000;
  while ((await page.evaluate(script)) !== true) {
    expect(Date.now() < end ? '' : script).toBe('');
    await page.waitForTimeout(20);
  }
}

/** The chapters in which something outside of a scroll region lies beyond so many pixels. */
export async function chaptersWiderThan(page: Page, width: number): Promise<readonly string[]> {
  expect(await page.locator('main section[id]').count()).toBeGreaterThan(5);
  return listIn(
    page,
    `[...document.querySelectorAll('main section[id]')].filter((chapter) => chapter.getBoundingClientRect().left + chapter.scrollWidth > ${width}).map(({ id }) => id)`,
  );
}

/** The bundled incident's result, as `demo` makes it. */
export function demoResult(): AuditResult {
  const file = path.resolve(import.meta.dirname, '../../reports/example/result.json');
  return auditResultSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The page as it is where scripts are not run. */
export function withoutScripts(html: string): string {
  return html.replace(/<script>.*<\/script>/s, '');
}
