/**
 * What a report of very many findings costs to write, to open and to filter: `npm run bench:report`. The findings are
 * copies of the example's in a thousand accounts. Ends with 1 when the page carries 300 bytes or more for each finding,
 * when a format takes more than a gigabyte or when a filter takes more than a second.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { largeResult } from './support/large-result.mjs';
import { findChromium, openPage } from './support/opened-page.mjs';

const root = join(import.meta.dirname, '..', '..');
const built = process.env['BENCH_BUILD'] ?? join(root, 'dist');
const sizes = (process.env['BENCH_FINDINGS'] ?? '1000,10000,100000').split(',').map(Number);
const limits = { bytesPerFinding: 300, megabytes: 1024, filterMilliseconds: 1000 };
/** Of these a sweep writes three by itself; memory is held against the limit for those. */
const usual = ['html', 'md', 'json'];
const print = (line) => process.stdout.write(`${line}\n`);
const load = (path) => import(join(built, 'src', path));

/** One format in a process of its own, so that its memory is its own and the result's. */
async function child(count, format, folder) {
  const example = JSON.parse(readFileSync(join(root, 'reports', 'example', 'result.json'), 'utf8'));
  const result = largeResult(example, count);
  const { render, writePlan } = await load('pipeline/write-reports.js');
  const { terminalSummary } = await load('report/terminal-summary.js');
  const before = process.resourceUsage();
  const started = performance.now();
  let files = [];
  if (format === 'terminal') {
    terminalSummary(result);
  } else if (format === 'plan') {
    files = await writePlan(result.plan, folder);
  } else {
    files = await render(result, [format], folder);
  }
  const seconds = (performance.now() - started) / 1000;
  const after = process.resourceUsage();
  process.stdout.write(
    JSON.stringify({
      seconds,
      cpuSeconds: (after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime) / 1e6,
      bytes: files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0),
      beforeMegabytes: before.maxRSS / 1024,
      peakMegabytes: after.maxRSS / 1024,
      steps: result.plan?.steps.length ?? 0,
    }),
  );
}

function measured(count, format, folder) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--max-old-space-size=4096', fileURLToPath(import.meta.url), '--child', String(count), format, folder],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(`${format} of ${count} findings failed: ${stderr}`);
  }
  return JSON.parse(stdout);
}

function dataBytes(file) {
  const page = readFileSync(file, 'utf8');
  const start = page.indexOf('id="findings-data">');
  return Buffer.byteLength(page.slice(start, page.indexOf('</script>', start)));
}

async function main() {
  const { renderers } = await load('report/renderers/index.js');
  const executable = findChromium();
  const problems = [];
  print('command    npm run bench:report');
  print(
    `machine    ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, load ${loadavg()[0]?.toFixed(1)}`,
  );
  print(`node       ${process.version} on ${process.platform} ${process.arch}`);
  print(`date       ${new Date().toISOString()}`);
  for (const count of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'afterleak-bench-'));
    try {
      print(`\n${count} findings in 1,000 accounts`);
      print('  format      seconds   CPU s       MB   bytes per finding   MB of memory (before)');
      for (const format of [...Object.keys(renderers), 'terminal', 'plan']) {
        const one = measured(count, format, folder);
        const name = format === 'plan' ? `plan, ${one.steps} steps` : format;
        print(
          `  ${name.padEnd(10)} ${one.seconds.toFixed(1).padStart(8)} ${one.cpuSeconds.toFixed(1).padStart(7)} ${(one.bytes / 1e6).toFixed(1).padStart(8)} ${(one.bytes / count).toFixed(0).padStart(19)}   ${one.peakMegabytes.toFixed(0).padStart(6)} (${one.beforeMegabytes.toFixed(0)})`,
        );
        if (usual.includes(format) && one.peakMegabytes > limits.megabytes) {
          problems.push(`${format} of ${count} findings takes ${one.peakMegabytes.toFixed(0)} MB`);
        }
      }
      const page = join(folder, renderers.html.file);
      const data = dataBytes(page);
      const whole = statSync(page).size;
      print(
        `  page: ${(whole / 1e6).toFixed(1)} MB, of which ${((whole - data) / 1e6).toFixed(1)} MB are written out; ${(data / count).toFixed(0)} bytes for each finding in the data`,
      );
      const perFinding = (count < 20_000 ? data : whole) / count;
      if (perFinding >= limits.bytesPerFinding) {
        problems.push(`${perFinding.toFixed(0)} bytes for each of ${count} findings`);
      }
      if (executable !== null) {
        const opened = await openPage(page, executable);
        print(
          `  opened: content loaded after ${opened.contentLoaded.toFixed(0)} ms, table ready after ${opened.tableReady.toFixed(0)} ms, first search painted in ${opened.firstFilter.toFixed(0)} ms`,
        );
        print(
          `  filters: median ${opened.filterPainted.toFixed(0)} ms to the painted frame (${opened.filterScript.toFixed(0)} ms of script), worst ${opened.filterWorst.toFixed(0)} ms; sorted in ${opened.sorted.toFixed(0)} ms`,
        );
        print(
          `  memory: ${opened.heapMegabytes.toFixed(0)} MB of JavaScript heap, ${opened.processMegabytes?.toFixed(0) ?? '?'} MB resident in the page's process`,
        );
        if (opened.filterPainted > limits.filterMilliseconds) {
          problems.push(`a filter over ${count} findings takes ${opened.filterPainted.toFixed(0)} ms`);
        }
        problems.push(...opened.trouble);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  if (executable === null) {
    print('\nNo Chromium here (install the package `chromium` or set CHROMIUM_PATH): no page was opened');
  }
  print('\nfor comparison, as reported by users of Prowler (issue 1928): 121,117 findings, HTML 142 MB');
  print('(1,172 bytes each), JSON 238 MB; the browser gives up');
  for (const problem of problems) {
    print(`PROBLEM    ${problem}`);
  }
  process.exitCode = problems.length === 0 ? 0 : 1;
}

if (process.argv[2] === '--child') {
  await child(Number(process.argv[3]), process.argv[4], process.argv[5]);
} else {
  await main();
}
