import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface CliRun {
  readonly stdout: string;
  readonly stderr: string;
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
}

export interface CliProcess {
  readonly ended: Promise<CliRun>;
  kill(): void;
}

const support = import.meta.dirname;
const main = join(support, '../../../../src/cli/main.ts');

/** Starts the command line as a process of its own, with nothing in its environment but what is given. */
export function startCli(
  argumentsGiven: readonly string[],
  environment: Readonly<Record<string, string>>,
): CliProcess {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      `--import=${join(support, 'register-typescript.js')}`,
      main,
      ...argumentsGiven,
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', CI: '1', ...environment },
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<CliRun>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ stdout, stderr, exitCode }));
  });
  return { ended, kill: () => child.kill('SIGKILL') };
}
