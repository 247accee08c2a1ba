import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { type ActionLogEntry, actionLogSchema } from '../../src/model/verification.ts';

/** An answer of the fake `aws` to calls whose arguments begin so; the first that fits is used. */
export interface FakeAnswer {
  readonly begins: readonly string[];
  readonly stdout?: string;
  /** Error code: the call fails with the CLI's own wording. */
  readonly error?: string;
  readonly stderr?: string;
  readonly seconds?: number;
  /** How often it answers so before the next that fits takes over. */
  readonly times?: number;
}

const program = `#!${process.execPath}
const fs = require('node:fs');
const folder = __dirname;
const argv = process.argv.slice(2);
const { AWS_ACCESS_KEY_ID: key = null, AWS_PROFILE: profile = null } = process.env;
const table = JSON.parse(fs.readFileSync(folder + '/table.json', 'utf8'));
const used = (index) => (fs.existsSync(folder + '/used-' + index) ? fs.readFileSync(folder + '/used-' + index).length : 0);
const index = table.findIndex(({ begins, times = Infinity }, at) => begins.every((word, i) => argv[i] === word) && used(at) < times);
const answer = table[index] ?? {};
if (argv[0] !== '--version') {
  fs.appendFileSync(folder + '/calls.ndjson', JSON.stringify({ argv, key, profile, at: Date.now() }) + '\\n');
}
if (index >= 0) fs.appendFileSync(folder + '/used-' + index, '.');
setTimeout(() => {
  process.stdout.write(answer.stdout ?? '');
  process.stderr.write(answer.stderr ?? '');
  if (answer.error) {
    process.stderr.write('\\nAn error occurred (' + answer.error + ') when calling the Any operation: told by nobody\\n');
    process.exitCode = 254;
  }
}, (answer.seconds ?? 0) * 1000);
`;

const callSchema = z.object({
  argv: z.array(z.string()),
  key: z.string().nullable(),
  profile: z.string().nullable(),
  at: z.number(),
});
export type FakeCall = z.infer<typeof callSchema>;

export interface ScriptRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly calls: readonly FakeCall[];
  readonly log: readonly ActionLogEntry[];
  /** Calls that are neither about the caller nor about a role. */
  readonly changes: readonly (readonly string[])[];
}

export interface ScriptRunSettings {
  readonly shell?: 'dash' | 'bash';
  readonly options?: readonly string[];
  readonly answers?: string;
  readonly callerArn?: string;
  readonly callerAccount?: string;
  readonly table?: readonly FakeAnswer[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Takes a way to send the shell and all that it runs a signal, as a terminal does. */
  readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => void;
}

export interface ScriptBench {
  readonly folder: string;
  write(name: string, text: string): void;
  run(script: string, settings?: ScriptRunSettings): Promise<ScriptRun>;
  dispose(): void;
}

function lines(path: string): readonly unknown[] {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

/** A folder with a fake `aws` first in the PATH, in which scripts are run by a real shell. */
export function createScriptBench(): ScriptBench {
  const folder = mkdtempSync(join(tmpdir(), 'afterleak-plan-'));
  const bin = join(folder, 'bin');
  let runs = 0;
  return {
    folder,
    write: (name, text) => writeFileSync(join(folder, name), text),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
    run: (script, settings = {}) => {
      const account = settings.callerAccount ?? '111122223333';
      const arn = settings.callerArn ?? `arn:aws:sts::${account}:assumed-role/break-glass/operator`;
      runs += 1;
      const tools = `${bin}-${runs}`;
      mkdirSync(tools);
      writeFileSync(join(tools, 'aws'), program);
      chmodSync(join(tools, 'aws'), 0o700);
      const table: readonly FakeAnswer[] = [
        ...(settings.table ?? []),
        {
          begins: ['sts', 'get-caller-identity', '--query', '[Account,Arn]'],
          stdout: `${account}\t${arn}\n`,
        },
        { begins: ['sts', 'get-caller-identity', '--query', 'Account'], stdout: `${account}\n` },
      ];
      writeFileSync(join(tools, 'table.json'), JSON.stringify(table));
      const path = join(folder, 'plan.sh');
      writeFileSync(path, script);
      return new Promise((done, failed) => {
        const child = spawn(settings.shell ?? 'dash', [path, ...(settings.options ?? [])], {
          cwd: folder,
          detached: settings.onStart !== undefined,
          env: {
            PATH: [tools, process.env['PATH'] ?? ''].join(delimiter),
            HOME: folder,
            AFTERLEAK_CONFIRM_SECONDS: '2',
            ...settings.environment,
          },
          timeout: 60_000,
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
        settings.onStart?.((signal) => process.kill(-(child.pid ?? 0), signal));
        if (settings.answers !== undefined) {
          child.stdin.end(settings.answers);
        }
        child.stdin.on('error', () => undefined);
        child.on('error', failed);
        child.on('close', (code) => {
          const calls = lines(join(tools, 'calls.ndjson')).map((line) => callSchema.parse(line));
          done({
            code,
            stdout,
            stderr,
            calls,
            log: lines(join(folder, 'actions.ndjson')).map((line) => actionLogSchema.parse(line)),
            changes: calls.map(({ argv }) => argv).filter(([service]) => service !== 'sts'),
          });
        });
      });
    },
  };
}
