import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');
/** Below the repository, so that the package's own imports (`#templates/…`) hold as they do in dist. */
const builds = join(root, '.cache', 'builds');

function stateOfSources(): string {
  const hash = createHash('sha256');
  for (const folder of ['src', 'checks']) {
    const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'));
    for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
      const { mtimeMs, size } = statSync(path);
      hash.update(`${path} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function build(target: string): void {
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(builds, { recursive: true });
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  // Types are held by `npm run check`.
  const options = ['--outDir', unfinished, '--declaration', 'false', '--noCheck'];
  execFileSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.json'), ...options], {
    stdio: 'pipe',
  });
  try {
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another worker was faster; anything else is a real failure.
    if (!existsSync(join(target, 'src', 'cli', 'main.js'))) {
      throw error;
    }
  }
  const hour = 3_600_000;
  for (const name of readdirSync(builds)) {
    // Another worker may have renamed its own meanwhile.
    const built = statSync(join(builds, name), { throwIfNoEntry: false });
    if (built !== undefined && Date.now() - built.mtimeMs > hour) {
      rmSync(join(builds, name), { recursive: true, force: true });
    }
  }
}

let built: string | null = null;

/** Path of main.js, compiled from the sources as they are now; built once for all test files. */
export function builtCommand(): string {
  if (built === null) {
    const target = join(builds, stateOfSources());
    if (!existsSync(target)) {
      build(target);
    }
    built = join(target, 'src', 'cli', 'main.js');
  }
  return built;
}

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunSettings {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Takes a way to send the command a signal. */
  readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => void;
  readonly timeout?: number;
}

/** Nothing of the developer's own AWS configuration, colour or CI settings reaches the command. */
export function bareEnvironment(home: string): Readonly<Record<string, string>> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_REGION: 'us-east-1',
  };
}

/** Runs the built command as a shell would and waits for its end. */
export function runCommand(parameters: readonly string[], settings: RunSettings = {}): Promise<Ended> {
  const main = builtCommand();
  const cwd = settings.cwd ?? root;
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [main, ...parameters], {
      cwd,
      env: { ...bareEnvironment(cwd), ...settings.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: settings.timeout ?? 90_000,
      killSignal: 'SIGKILL',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    settings.onStart?.((signal) => child.kill(signal));
    child.on('error', failed);
    child.on('close', (code) => {
      done({ code, stdout, stderr });
    });
  });
}
