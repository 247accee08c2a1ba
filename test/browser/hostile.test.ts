import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type AuditResult, auditResultSchema } from '../../src/model/audit-result.ts';
import { renderHtml } from '../../src/report/renderers/html.ts';
import { clip, visible } from '../../src/report/text/visible.ts';
import { launchChromium } from '../support/chromium.ts';
import { benign, hostile, isTime, rounds } from '../support/hostile-corpus.ts';
import { spoiledDocument } from '../support/spoiled-document.ts';

jest.setTimeout(120_000);

const example = auditResultSchema.parse(
  JSON.parse(readFileSync(fileURLToPath(import.meta.resolve('../../reports/example/result.json')), 'utf8')),
);
const folder = mkdtempSync(path.join(tmpdir(), 'afterleak-hostile-'));
let browser: Browser | null = null;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Page {
  /** Each element with the names of its attributes, counted: what only templates may decide. */
  readonly shape: Readonly<Record<string, number>>;
  readonly text: string;
  readonly links: readonly string[];
  readonly ran: string;
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function shapeOf(elements: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const element of elements) {
    counts[element] = (counts[element] ?? 0) + 1;
  }
  return counts;
}

async function look(chromium: Browser, result: AuditResult): Promise<Page> {
  const file = path.join(folder, 'report.html');
  writeFileSync(file, renderHtml(result));
  const context = await chromium.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    dialog.dismiss().catch((error: unknown) => complaints.push(String(error)));
  });
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
  await page.waitForTimeout(100);
  const elements = strings(
    await page.evaluate(
      `[...document.querySelectorAll('*')].map((element) => element.localName + '[' + element.getAttributeNames().sort().join(' ') + ']')`,
    ),
  );
  const seen = {
    shape: shapeOf(elements),
    text: String(await page.evaluate(`document.querySelector('main').textContent`)),
    links: strings(await page.evaluate(`[...document.links].map((link) => link.getAttribute('href'))`)),
    ran: String(await page.evaluate('String(window.ran)')),
    complaints,
    requests,
  };
  await context.close();
  return seen;
}

describe('a page in which every string was written by a stranger', () => {
  test('is the page of harmless strings, element for element', async () => {
    if (browser === null) {
      expect(browser).toBeNull();
      return;
    }
    const plain = await look(browser, spoiledDocument(auditResultSchema, example, benign, isTime).document);
    expect(Object.keys(plain.shape).length).toBeGreaterThan(60);
    for (const round of rounds) {
      const spoil = hostile(round);
      const { document } = spoiledDocument(auditResultSchema, example, spoil, isTime);
      const page = await look(browser, document);
      const strange = Object.keys(page.shape).filter((element) => !(element in plain.shape));
      expect(strange).toEqual([]);
      expect(page.ran).toBe('undefined');
      expect(page.complaints).toEqual([]);
      expect(page.requests.filter((url) => !url.startsWith('data:'))).toHaveLength(1);
      expect(page.links.filter((link) => !link.startsWith('#'))).toEqual([]);
      expect(page.text).not.toMatch(/(?![\n ])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      const shown = document.findings.filter(({ message }) =>
        page.text.includes(visible(clip(message, 2048))),
      );
      expect(shown.length).toBe(document.findings.length);
    }
  });
});
