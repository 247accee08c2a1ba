// Takes the README's pictures from the demo's report: `npm run demo`, then `node scripts/screenshot.mjs`.
import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = resolve(import.meta.dirname, '..');
const report = resolve(root, process.argv[2] ?? 'reports/demo/report.html');
const folder = resolve(root, process.argv[3] ?? 'docs/images');
const mostBytes = 250_000;
const around = 16;
const executablePath =
  process.env['CHROMIUM_PATH'] ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
    existsSync(path),
  );

if (executablePath === undefined || !existsSync(report)) {
  throw new Error('needs Chromium (or CHROMIUM_PATH) and the report of `npm run demo`');
}

/** A4 in CSS pixels, and its margins in print.css. */
const sheet = { width: 794, height: 1123 };
const margins = '42px 49px';

/** What is taken: the first screen, one element with its chapter's heading, or a printed sheet. */
const pictures = [
  { name: 'report', colorScheme: 'light', viewport: { width: 1200, height: 900 } },
  { name: 'report-dark', colorScheme: 'dark', viewport: { width: 1200, height: 900 } },
  { name: 'report-print', colorScheme: 'light', viewport: sheet, media: 'print' },
  {
    name: 'timeline',
    colorScheme: 'light',
    viewport: { width: 1280, height: 1000 },
    part: '#timeline',
    height: 640,
  },
  {
    name: 'lineage',
    colorScheme: 'dark',
    viewport: { width: 1440, height: 1200 },
    part: '#lineage',
    height: 760,
  },
];

const browser = await chromium.launch({
  executablePath,
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});
try {
  await mkdir(folder, { recursive: true });
  for (const { name, colorScheme, viewport, media = 'screen', part, height } of pictures) {
    const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
    await page.emulateMedia({ media });
    await page.goto(pathToFileURL(report).href);
    if (media === 'print') {
      await page.evaluate(
        `document.body.dataset.print = 'summary'; document.body.style.margin = '${margins}'`,
      );
    }
    const path = resolve(folder, `${name}.png`);
    if (part === undefined) {
      await page.screenshot({ path });
    } else {
      const box = await page.locator(part).boundingBox();
      if (box === null) {
        throw new Error(`${part} is not in this report`);
      }
      // The toolbar sticks to the top of the window and would lie over a part that begins there.
      await page.evaluate(`document.querySelector('.toolbar').hidden = true`);
      const moved = (await page.locator(part).boundingBox()) ?? box;
      const clip = {
        x: moved.x - around,
        y: moved.y - around,
        width: moved.width + 2 * around,
        height: Math.min(moved.height, height) + 2 * around,
      };
      await page.screenshot({ path, clip, fullPage: true });
    }
    await page.close();
    const { size } = await stat(path);
    if (size > mostBytes) {
      throw new Error(`${path} has ${size} bytes, more than ${mostBytes}`);
    }
    process.stdout.write(`${path}: ${Math.round(size / 1024)} KiB\n`);
  }
} finally {
  await browser.close();
}
