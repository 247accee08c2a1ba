import { describe, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { renderHtml } from '../../src/report/renderers/html.ts';
import { demoResult, pageReader } from '../support/open-page.ts';

jest.setTimeout(120_000);

const read = pageReader();
const html = renderHtml(demoResult());

async function textOf(reader: Page, selector: string): Promise<string> {
  return (await reader.locator(selector).allInnerTexts()).join('\n');
}

/** Goes to a chapter as a reader does, over the table of contents, and reads what then stands there. */
async function follow(reader: Page, name: string): Promise<string> {
  const link = reader.getByRole('navigation', { name: 'Contents' }).getByRole('link', { name, exact: false });
  const href = await link.first().getAttribute('href');
  await link.first().click();
  return textOf(reader, href ?? '#none');
}

describe('docs/reading-the-report.md', () => {
  test('the responder’s first five minutes', async () => {
    await read(html, async ({ page }) => {
      const summary = await textOf(page, '#summary');
      expect(summary).toContain('The intruder’s access is not gone');
      expect(summary).toContain('Access key of deploy');
      expect(summary).toContain('2026-11-03 09:14 UTC');
      expect(summary).toContain('2 h 21 min');
      expect(summary).toContain('Can live until 2026-11-04 21:15 UTC');
      expect(summary).toContain('1 source renews itself');

      const survivors = await follow(page, 'Outlives the key');
      expect(survivors).toContain('24 things outlive the key');
      expect(survivors).toContain('console password of aws-support');

      const ways = await follow(page, 'Ways in');
      for (const part of ['health', 'authorization type NONE', 'health-check', 'can mint credentials']) {
        expect(ways).toContain(part);
      }

      expect(await follow(page, 'Not seen')).toContain('cloudtrail:events');
      expect(summary).toContain('from 2026-11-03 10:48 UTC');

      const next = await follow(page, 'What to do');
      expect(next).toContain('Cut live access, then rotate');
      expect(next).toMatch(/Contain 21 steps/);

      await page.keyboard.press('/');
      await page.keyboard.type('aws-support');
      const cards = page.locator('[data-card]:visible');
      expect(await cards.count()).toBeGreaterThan(0);
      expect((await cards.allInnerTexts()).every((text) => text.includes('aws-support'))).toBe(true);
    });
  });

  test('the board member’s one page', async () => {
    await read(html, async ({ page }) => {
      const summary = await textOf(page, '#summary');
      for (const heading of [
        'Hostile or unexplained',
        'To do',
        'Decisions needed',
        'In scope',
        'Not seen',
        '4 of 4 accounts',
        '5 decisions',
        'Head of platform',
        '2 notifications not yet sent',
      ]) {
        expect(summary).toContain(heading);
      }
      const links = page.locator('#summary a');
      const targets = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
      expect(targets.length).toBeGreaterThan(10);
      for (const target of targets) {
        expect(await page.locator(target).count()).toBe(1);
      }
    });
  });
});
