import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'] as const;

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;

/** Null where this machine has no browser: the caller says so and asserts nothing about pages. */
export async function launchChromium(): Promise<Browser | null> {
  const stated = process.env['CHROMIUM_PATH'];
  const executablePath = stated ?? candidates.find((path) => existsSync(path));
  if (executablePath === undefined) {
    console.log(
      'Page tests did not run: no Chromium here (install the package `chromium` or set CHROMIUM_PATH)',
    );
    return null;
  }
  return chromium.launch({ executablePath, args: [...quiet] });
}
