import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const folder = import.meta.dirname;
const requirements = path.join(folder, 'requirements.txt');

const delay = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const exists = (file) =>
  stat(file).then(
    () => true,
    () => false,
  );

/** The first Python on the path that is new enough, or an error of one line. */
const findPython = async () => {
  for (const candidate of ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python']) {
    try {
      const { stdout } = await run(candidate, [
        '-c',
        'import sys, venv, ensurepip; print(sys.version_info >= (3, 10))',
      ]);
      if (stdout.trim() === 'True') {
        return candidate;
      }
    } catch {
      // Not there, too old to start, or without venv: the next one may do.
    }
  }
  throw new Error(
    'The AWS emulator needs Python 3.10 or newer with the venv module: install python3 and python3-venv, or run "npm run test:unit", which needs Node alone.',
  );
};

/** One provisioner at a time: a second one waits, and takes over a lock whose owner has died. */
const withLock = async (file, work) => {
  for (;;) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }
      const owner = Number(await readFile(file, 'utf8').catch(() => '0'));
      try {
        process.kill(owner || process.pid, 0);
      } catch {
        await rm(file, { force: true });
      }
      await delay(200);
    }
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
};

/** Makes sure of a virtual environment with the pinned requirements; returns the path of its Python. */
export const provision = async ({ log = () => {} } = {}) => {
  const digest = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 12);
  const cache = process.env['AFTERLEAK_CACHE'] ?? path.join(folder, '..', '..', '.cache');
  const environment = path.join(cache, 'emulator', digest);
  const python =
    process.platform === 'win32'
      ? path.join(environment, 'Scripts', 'python.exe')
      : path.join(environment, 'bin', 'python');
  const marker = path.join(environment, 'complete');
  if (await exists(marker)) {
    return python;
  }
  await mkdir(path.dirname(environment), { recursive: true });
  return withLock(`${environment}.lock`, async () => {
    if (await exists(marker)) {
      return python;
    }
    const base = await findPython();
    log('Installing the AWS emulator into the cache folder (once, about a minute).');
    await rm(environment, { recursive: true, force: true });
    await run(base, ['-m', 'venv', environment]);
    try {
      await run(
        python,
        [
          '-m',
          'pip',
          'install',
          '--quiet',
          '--disable-pip-version-check',
          '--require-hashes',
          '-r',
          requirements,
        ],
        { maxBuffer: 64 * 1024 * 1024 },
      );
    } catch (error) {
      const lines = String(error.stderr ?? error.message)
        .trim()
        .split('\n');
      throw new Error(`The AWS emulator could not be installed: ${lines.at(-1)}`, { cause: error });
    }
    await writeFile(marker, '');
    return python;
  });
};
