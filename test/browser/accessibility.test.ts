import { describe, expect, jest, test } from '@jest/globals';
import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { AuditResult } from '../../src/model/audit-result.ts';
import { renderHtml } from '../../src/report/renderers/html.ts';
import { hostileResult } from '../support/hostile-result.ts';
import {
  chaptersWiderThan,
  demoResult,
  listIn,
  numberIn,
  pageReader,
  textIn,
  withoutScripts,
} from '../support/open-page.ts';
import { buildResult } from '../support/result-builder.ts';
import { verifiedResult } from '../support/verified-result.ts';

jest.setTimeout(180_000);

const read = pageReader();

const results: Readonly<Record<string, () => AuditResult>> = {
  'the demo': demoResult,
  'an empty result': () => buildResult(),
  'a hostile result': () => hostileResult('closers'),
  'a verification': verifiedResult,
};

const modes: Readonly<Record<string, BrowserContextOptions & { readonly scripts?: false }>> = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'dark and narrow': { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
  'narrow without scripts': { scripts: false, viewport: { width: 390, height: 844 } },
};

const openEverything = `for (const details of document.querySelectorAll('details')) details.open = true`;

/** What is repeated hundreds of times is looked at four times. */
const fewOfEach = `(() => {
  const seen = new Map();
  for (const element of document.querySelectorAll('[data-card], .artefact, .plan-step, tbody > tr')) {
    const place = element.parentElement;
    seen.set(place, (seen.get(place) ?? 0) + 1);
    if (seen.get(place) > 4) element.remove();
  }
})()`;

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return listIn(
    page,
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] })
      .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ target, failureSummary }) => [id, target, failureSummary].join(' '))))`,
  );
}

describe.each(Object.entries(results))('%s', (_, result) => {
  test.each(Object.entries(modes))(
    'has nothing that axe objects to: %s',
    async (_mode, { scripts, ...options }) => {
      const html = renderHtml(result());
      await read(
        scripts === false ? withoutScripts(html) : html,
        async ({ page }) => {
          await page.evaluate(openEverything);
          await page.evaluate(fewOfEach);
          expect(await violations(page)).toEqual([]);
        },
        { ...options, bypassCSP: true },
      );
    },
  );
});

/** 1280 px at 100 %, at 200 % and at 400 %, and a small telephone. */
test.each([
  ['1280', 1280],
  ['640', 640],
  ['390', 390],
  ['320', 320],
])('a page %s px wide scrolls down, never sideways', async (_, width) => {
  for (const result of [...Object.values(results), () => hostileResult('endless')]) {
    await read(
      renderHtml(result()),
      async ({ page }) => {
        await page.evaluate(openEverything);
        expect(await numberIn(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        expect(await chaptersWiderThan(page, width)).toEqual([]);
      },
      { viewport: { width, height: 800 } },
    );
  }
});

test.each(['light', 'dark'] as const)('every severity can be read in %s', async (colorScheme) => {
  await read(
    renderHtml(buildResult()),
    async ({ page }) => {
      const ratios = await listIn(
        page,
        `(() => {
          const parse = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
          const light = (rgb) => rgb.slice(0, 3).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const panel = document.querySelector('.panel');
          return ['critical', 'high', 'medium', 'low', 'info'].map((severity) => {
            const chip = document.createElement('span');
            chip.className = 'severity severity-' + severity;
            chip.textContent = severity;
            panel.append(chip);
            const { color, backgroundColor } = getComputedStyle(chip);
            const own = parse(backgroundColor);
            const ground = own[3] === 0 ? parse(getComputedStyle(panel).backgroundColor) : own;
            const [a, b] = [light(parse(color)), light(ground)];
            return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          });
        })()`,
      );
      expect(ratios).toHaveLength(5);
      expect(Math.min(...ratios.map(Number))).toBeGreaterThanOrEqual(4.5);
    },
    { colorScheme },
  );
});

const focused = `(() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  return [element.localName + '.' + element.className, seen && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2].join(' ');
})()`;

test('the keyboard alone gets everywhere, sees where it is, and out again', async () => {
  await read(renderHtml(verifiedResult()), async ({ page }) => {
    const wanted = await numberIn(
      page,
      `[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')].filter((element) => element.checkVisibility({ contentVisibilityAuto: true })).length`,
    );
    await page.keyboard.press('Tab');
    expect(await textIn(page, focused)).toBe('a.skip true');
    const stops: string[] = [];
    for (let press = 1; press < wanted + 5; press += 1) {
      await page.keyboard.press('Tab');
      const stop = await textIn(page, focused);
      if (stop.startsWith('body')) {
        break;
      }
      stops.push(stop);
    }
    expect(stops.filter((stop) => stop.endsWith('false'))).toEqual([]);
    expect(stops.length).toBeGreaterThanOrEqual(wanted - 1);
    for (const kind of ['a', 'button', 'input', 'select', 'summary', 'div']) {
      expect(stops.some((stop) => stop.startsWith(`${kind}.`))).toBe(true);
    }
  });
});

test('the skip link leads past the contents, and a dialog ends with Escape where it began', async () => {
  await read(renderHtml(verifiedResult()), async ({ page, messages }) => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await textIn(page, 'document.activeElement.id')).toBe('main');
    await page.locator('[data-help]').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('dialog.shortcuts').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog.shortcuts').isVisible()).toBe(false);
    expect(await textIn(page, `document.activeElement.hasAttribute('data-help')`)).toBe('true');
    expect(messages).toEqual([]);
  });
});

test('forced colours keep borders and words; nothing moves', async () => {
  await read(
    renderHtml(verifiedResult()),
    async ({ page, messages }) => {
      const { length } = await listIn(
        page,
        `[...document.querySelectorAll('.severity, .card, .verdict')].filter((element) => getComputedStyle(element).borderLeftStyle !== 'solid')`,
      );
      expect(length).toBe(0);
      expect(
        await listIn(
          page,
          `[...document.querySelectorAll('*')].filter((element) => { const style = getComputedStyle(element); return parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none'; }).map((element) => element.className)`,
        ),
      ).toEqual([]);
      expect(await textIn(page, `getComputedStyle(document.documentElement).scrollBehavior`)).toBe('auto');
      expect(messages).toEqual([]);
    },
    { forcedColors: 'active', reducedMotion: 'reduce' },
  );
});
