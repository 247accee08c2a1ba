import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const rounds = 5;

/** What a reader does, as the form's fields; each is undone by the next. */
const filters = [
  { text: 'payments' },
  { text: 'lambda createfunction' },
  { text: 'arn:aws:iam' },
  { text: 'nothing-is-called-so' },
  { severity: 'critical' },
  { decision: 'harden' },
  { decision: 'harden', severity: 'medium', text: 'prod' },
];

const median = (values) => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)];

export function findChromium() {
  return process.env['CHROMIUM_PATH'] ?? candidates.find((path) => existsSync(path)) ?? null;
}

/** Resident memory of the process that holds the page; null where the system does not tell. */
async function rendererMegabytes(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => `/proc/${id}/status`)
    .filter((path) => existsSync(path))
    .map((path) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(path, 'utf8'))?.[1] ?? 0) / 1024);
  return sizes.length === 0 ? null : Math.max(...sizes);
}

/** Fills the form and waits until the frame that shows the answer has been painted. */
const filterOnce = async (fields) => {
  const { elements } = document.querySelector('[data-toolbar]');
  for (const name of ['text', 'severity', 'decision']) {
    elements[name].value = fields[name] ?? '';
  }
  const started = performance.now();
  elements.text.dispatchEvent(new Event('input', { bubbles: true }));
  const script = performance.now() - started;
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return {
    script,
    painted: performance.now() - started,
    status: document.querySelector('[data-all-findings-status]').textContent,
  };
};

export async function openPage(file, executablePath) {
  const browser = await chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--enable-precise-memory-info'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const trouble = [];
    page.on('console', (message) => trouble.push(message.text()));
    page.on('pageerror', (error) => trouble.push(error.message));
    await page.goto(pathToFileURL(file).href, { timeout: 120_000 });
    await page.waitForSelector('[data-all-findings]:not([hidden])', { timeout: 120_000 });
    const { contentLoaded, tableReady } = await page.evaluate(() => ({
      contentLoaded: performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd,
      tableReady: performance.getEntriesByName('afterleak:all-findings')[0].startTime,
    }));
    const first = await page.evaluate(filterOnce, { text: 'payments' });
    const times = [];
    for (let round = 0; round < rounds; round += 1) {
      for (const fields of filters) {
        times.push(await page.evaluate(filterOnce, fields));
      }
    }
    await page.evaluate(filterOnce, {});
    const sorted = await page.evaluate(() => {
      const started = performance.now();
      document.querySelector('[data-order="eventTime"]').click();
      return performance.now() - started;
    });
    const heapMegabytes = await page.evaluate(() => performance.memory.usedJSHeapSize / 2 ** 20);
    return {
      contentLoaded,
      tableReady,
      firstFilter: first.painted,
      filterScript: median(times.map(({ script }) => script)),
      filterPainted: median(times.map(({ painted }) => painted)),
      filterWorst: Math.max(...times.map(({ painted }) => painted)),
      sorted,
      heapMegabytes,
      processMegabytes: await rendererMegabytes(browser),
      trouble,
    };
  } finally {
    await browser.close();
  }
}
