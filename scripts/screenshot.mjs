// Takes docs/images/report.png from the demo's report: `npm run demo`, then `node scripts/screenshot.mjs`.
import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = resolve(import.meta.dirname, '..');
const report = resolve(root, process.argv[2] ?? 'reports/demo/report.html');
const picture = resolve(root, 'docs/images/report.png');
const executablePath =
  process.env['CHROMIUM_PATH'] ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
    existsSync(path),
  );

if (executablePath === undefined || !existsSync(report)) {
  throw new Error('needs Chromium (or CHROMIUM_PATH) and the report of `npm run demo`');
}
const browser = await chromium.launch({
  executablePath,
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1000 }, colorScheme: 'light' });
  await page.goto(pathToFileURL(report).href);
  await mkdir(resolve(picture, '..'), { recursive: true });
  await page.screenshot({ path: picture });
} finally {
  await browser.close();
}
process.stdout.write(`${picture}: ${Math.round((await stat(picture)).size / 1024)} KiB\n`);
