/**
 * What a sweep costs: `npm run bench:sweep`. The endpoint answers from memory in a process of its own, on loopback,
 * where no rate limit holds: the figures are the tool's own cost, not AWS's pace. Ends with 1 when memory grows with
 * the organization or `--help` is slow.
 */
import { execFile, fork, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const sizes = [1, 10, 50];
const helpRuns = 15;
/** Live memory with 50 accounts against 10. The peak also holds garbage, and at the end every finding: it is printed. */
const mostGrowth = 1.25;
const slowestHelp = 2;
const here = import.meta.dirname;
const main = join(here, '../../dist/src/cli/main.js');
const run = promisify(execFile);

const message = (child) => new Promise((resolve) => child.once('message', resolve));

async function measure(accounts) {
  const endpoint = fork(join(here, 'support/large-organization.mjs'), [String(accounts)]);
  const { url } = await message(endpoint);
  const directory = await mkdtemp(join(tmpdir(), 'afterleak-bench-'));
  try {
    const { stdout } = await run(
      process.execPath,
      ['--expose-gc', join(here, 'support/measured-sweep.mjs'), url, join(directory, 'run')],
      {
        timeout: 90_000,
        maxBuffer: 16 * 1024 * 1024,
      },
    );
    const served = message(endpoint);
    endpoint.send('stop');
    return { ...JSON.parse(stdout), unrecorded: (await served).unrecorded };
  } finally {
    await rm(directory, { recursive: true, force: true });
    endpoint.kill();
  }
}

const median = (values) => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)];

function milliseconds(argumentsGiven) {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, argumentsGiven, { stdio: 'ignore' });
  if (status !== 0) {
    throw new Error(`node ${argumentsGiven.join(' ')} ended with ${status}`);
  }
  return performance.now() - started;
}

function helpTimes() {
  const help = [];
  const nothing = [];
  for (let index = 0; index < helpRuns; index += 1) {
    nothing.push(milliseconds(['-e', '0']));
    help.push(milliseconds([main, '--help']));
  }
  return { help: median(help), nothing: median(nothing) };
}

const cell = (value, digits = 0) => value.toFixed(digits).padStart(12);
const print = (line) => process.stdout.write(`${line}\n`);

print(`command    npm run bench:sweep`);
print(
  `machine    ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB`,
);
print(`node       ${process.version} on ${process.platform} ${process.arch}`);
print(`date       ${new Date().toISOString()}`);
print('');
print(
  ['accounts', 'calls', 'seconds', 'calls/s', 'CPU ms/call', 'MB live', 'MB peak', 'findings']
    .map((name) => name.padStart(13))
    .join(''),
);

const measured = [];
for (const accounts of sizes) {
  const one = await measure(accounts);
  measured.push(one);
  print(
    [
      cell(one.accounts),
      cell(one.calls),
      cell(one.seconds, 1),
      cell(one.calls / one.seconds),
      cell((one.cpuSeconds * 1000) / one.calls, 2),
      cell(one.liveMegabytes),
      cell(one.peakMegabytes),
      cell(one.findings),
    ]
      .map((text) => text.padStart(13))
      .join(''),
  );
}

const { help, nothing } = helpTimes();
const [, ten, fifty] = measured;
const growth = fifty.liveMegabytes / ten.liveMegabytes;
print('');
print(`live memory of 50 accounts against 10: ${growth.toFixed(2)} (at most ${mostGrowth})`);
print(
  `--help ${help.toFixed(0)} ms against ${nothing.toFixed(0)} ms of node -e 0: ${(help / nothing).toFixed(2)} (below ${slowestHelp}; median of ${helpRuns} alternating runs)`,
);

const problems = [
  ...measured.flatMap(({ accounts, gaps, unrecorded }) =>
    gaps + unrecorded.length > 0
      ? [`${accounts} accounts: ${gaps} gaps; ${unrecorded.slice(0, 3).join('; ')}`]
      : [],
  ),
  ...measured.flatMap(({ accounts }, index) =>
    accounts === sizes[index] ? [] : [`${accounts} accounts were swept, not ${sizes[index]}`],
  ),
  ...(growth > mostGrowth ? ['memory grows with the organization'] : []),
  ...(help / nothing >= slowestHelp ? ['--help is slow'] : []),
];
for (const problem of problems) {
  print(`PROBLEM    ${problem}`);
}
process.exitCode = problems.length === 0 ? 0 : 1;
