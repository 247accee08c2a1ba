import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/action-parser';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { createProgram } from '../../src/cli/program.ts';

const root = resolve(import.meta.dirname, '..', '..');
const actionText = readFileSync(join(root, 'action.yml'), 'utf8');
const workflowText = readFileSync(join(root, 'examples', 'github', 'scheduled-audit.yml'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'afterleak-action-'));

const step = z.looseObject({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
type Step = z.infer<typeof step>;

const action = z
  .looseObject({
    inputs: z.record(z.string(), z.looseObject({ description: z.string(), default: z.string().optional() })),
    outputs: z.record(z.string(), z.looseObject({ value: z.string() })),
    runs: z.looseObject({ using: z.literal('composite'), steps: z.array(step) }),
  })
  .parse(parse(actionText));
const workflow = z
  .looseObject({
    permissions: z.strictObject({}),
    jobs: z.looseObject({ audit: z.looseObject({ steps: z.array(step) }) }),
  })
  .parse(parse(workflowText));

function stepNamed(steps: readonly Step[], name: string): Step {
  const found = steps.find((one) => one.name === name);
  if (found === undefined) {
    throw new Error(`no step ${name}`);
  }
  return found;
}

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("against GitHub's own grammar", () => {
  const trace = new NoOperationTraceWriter();
  const problemsOf = (text: string, kind: 'action' | 'workflow'): readonly string[] => {
    const file = { name: kind === 'action' ? 'action.yml' : 'workflow.yml', content: text };
    const { context } = kind === 'action' ? parseAction(file, trace) : parseWorkflow(file, trace);
    return context.errors.getErrors().map(({ message }) => message);
  };

  test('action.yml is an action', () => {
    expect(problemsOf(actionText, 'action')).toEqual([]);
    expect(problemsOf(actionText.replace('using: composite', 'using: nothing'), 'action')).not.toEqual([]);
  });

  test('the example is a workflow', () => {
    expect(problemsOf(workflowText, 'workflow')).toEqual([]);
    expect(problemsOf(workflowText.replace('runs-on:', 'runs-in:'), 'workflow')).not.toEqual([]);
  });
});

describe('both', () => {
  const steps = [...action.runs.steps, ...workflow.jobs.audit.steps];

  test('put no expression into the text of a script', () => {
    const scripts = steps.flatMap(({ run }) => run ?? []);
    expect(scripts).toHaveLength(4);
    for (const script of scripts) {
      expect(script).not.toContain('${{');
    }
  });

  test('use other actions only at a commit', () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(4);
    for (const name of used) {
      expect(name).toMatch(/^[\w./-]+@[0-9a-f]{40}$/);
    }
  });

  test('the example gives the action inputs that it has, and reads outputs that it has', () => {
    const given = Object.keys(stepNamed(workflow.jobs.audit.steps, 'Sweep').with ?? {});
    expect(given.filter((name) => action.inputs[name] === undefined)).toEqual([]);
    const read = [...workflowText.matchAll(/steps\.sweep\.outputs\.([\w-]+)/g)].map(([, name = '']) => name);
    expect(read.length).toBeGreaterThan(3);
    expect(read.filter((name) => action.outputs[name] === undefined)).toEqual([]);
  });
});

const runStep = stepNamed(action.runs.steps, 'Run afterleak');

/** A folder with stand-ins for programs, each writing down its arguments, one per line. */
function standIns(programs: Readonly<Record<string, string>>): {
  readonly bin: string;
  readonly log: string;
} {
  const bin = mkdtempSync(join(folder, 'bin-'));
  const log = join(bin, 'log');
  for (const [name, body] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/bash\nprintf '%s\\n' "$@" >> '${log}'\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return { bin, log };
}

function shell(script: string, bin: string, env: Readonly<Record<string, string>>) {
  return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`, ...env },
  });
}

describe('the step that runs afterleak', () => {
  let temporary = '';
  let output = '';

  beforeEach(() => {
    temporary = mkdtempSync(join(folder, 'temp-'));
    output = join(temporary, 'output');
  });

  /** What the runner makes of the inputs. */
  function environment(inputs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const values = Object.entries(runStep.env ?? {}).map(([name, expression]) => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? '';
      return [name, inputs[input] ?? action.inputs[input]?.default ?? ''] as const;
    });
    return {
      ...Object.fromEntries(values),
      RUNNER_TEMP: temporary,
      GITHUB_OUTPUT: output,
      GITHUB_ACTION_PATH: '/action',
    };
  }

  const writes =
    'for a in "$@"; do case "$a" in --out=*) d="$(printf %s "$a" | cut -c7-)";; esac; done; mkdir -p "$d"';

  test('every input reaches it as an environment variable', () => {
    const reached = Object.values(runStep.env ?? {}).map(
      (expression) => /inputs\.([\w-]+)/.exec(expression)?.[1],
    );
    expect(reached.sort()).toEqual(Object.keys(action.inputs).sort());
  });

  test('without inputs: sweep into a new folder, with SARIF', () => {
    const { bin, log } = standIns({ node: `${writes}; touch "$d/result.json" "$d/findings.sarif"` });
    const ended = shell(runStep.run ?? '', bin, environment({}));
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    const [main, command, out, format, ...rest] = readFileSync(log, 'utf8').trim().split('\n');
    expect([main, command, format]).toEqual([
      '/action/dist/src/cli/main.js',
      'sweep',
      '--format=html,md,json,sarif',
    ]);
    expect(rest).toEqual([]);
    const directory = out?.replace('--out=', '') ?? '';
    expect(directory.startsWith(`${temporary}/afterleak-`)).toBe(true);
    expect(readFileSync(output, 'utf8').trim().split('\n')).toEqual([
      'exit-code=0',
      `directory=${directory}`,
      `result=${directory}/result.json`,
      `sarif=${directory}/findings.sarif`,
    ]);
  });

  test('inputs are options, whatever stands in them', () => {
    const { bin, log } = standIns({ node: '' });
    const previous = join(temporary, 'previous result.json');
    writeFileSync(previous, '{}');
    const hostile = '$(touch x) `touch x` "; touch x #--org';
    const inputs = {
      org: 'true',
      'allow-incomplete': 'true',
      'role-name': hostile,
      accounts: '--config=/etc/passwd',
      'fail-on': 'none',
      out: join(temporary, 'out folder'),
      previous,
    };
    expect(shell(runStep.run ?? '', bin, environment(inputs)).status).toBe(0);
    expect(readFileSync(log, 'utf8').trim().split('\n')).toEqual([
      '/action/dist/src/cli/main.js',
      'sweep',
      `--out=${join(temporary, 'out folder')}`,
      '--accounts=--config=/etc/passwd',
      `--role-name=${hostile}`,
      '--format=html,md,json,sarif',
      '--fail-on=none',
      `--previous=${previous}`,
      '--org',
      '--allow-incomplete',
    ]);
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });

  test('the exit code is the step’s, and outputs are written all the same', () => {
    const { bin } = standIns({
      node: `${writes}; touch "$d/result.json" "$RUNNER_TEMP/afterleak-comment.md"; exit 2`,
    });
    const ended = shell(runStep.run ?? '', bin, environment({ previous: '/no/such/file' }));
    expect(ended.status).toBe(2);
    const outputs = readFileSync(output, 'utf8');
    expect(outputs).toContain('exit-code=2\n');
    expect(outputs).toContain(`comment=${temporary}/afterleak-comment.md\n`);
    expect(outputs).not.toContain('sarif=');
  });

  test('another command and a folder of two lines are refused before anything runs', () => {
    for (const inputs of [
      { command: 'demo' },
      { command: 'sweep; id' },
      { out: `${temporary}/a\nsarif=/etc/passwd` },
    ]) {
      const { bin, log } = standIns({ node: '' });
      const ended = shell(runStep.run ?? '', bin, environment(inputs));
      expect(ended.status).toBe(3);
      expect(existsSync(log)).toBe(false);
      expect(existsSync(output)).toBe(false);
    }
  });

  test('every option that the step gives is one of the command', () => {
    const program = createProgram({
      version: '0',
      jsonLogs: false,
      load: () => Promise.reject(new Error('nothing is run here')),
      finish: () => undefined,
    });
    const options = (name: string): readonly string[] =>
      program.commands
        .find((command) => command.name() === name)
        ?.options.flatMap(({ long }) => long ?? []) ?? [];
    const known = new Set(['sweep', 'audit', 'verify'].flatMap(options));
    const given = [...(runStep.run ?? '').matchAll(/add ([\w-]+) "|\(--([\w-]+)\)/g)].map(
      ([, one, other]) => `--${one ?? other ?? ''}`,
    );
    expect(given.length).toBeGreaterThan(20);
    expect(given.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('the step that builds', () => {
  const build = stepNamed(action.runs.steps, 'Build afterleak').run ?? '';

  test('installs what the lock file says, runs no scripts of packages, builds once', () => {
    const home = mkdtempSync(join(folder, 'home-'));
    const { bin, log } = standIns({ npm: '', node: 'exit 0' });
    expect(shell(build, bin, { GITHUB_ACTION_PATH: home }).status).toBe(0);
    const said = readFileSync(log, 'utf8');
    expect(said).toContain('ci\n--ignore-scripts\n--no-audit\n--no-fund\nrun\n--silent\nbuild\n');
    mkdirSync(join(home, 'dist', 'wasm'), { recursive: true });
    writeFileSync(join(home, 'dist', 'wasm', 'record-scanner.wasm'), '');
    expect(shell(build, bin, { GITHUB_ACTION_PATH: home }).status).toBe(0);
    expect(readFileSync(log, 'utf8').replace(said, '')).not.toContain('ci\n');
  });

  test('an old Node is told', () => {
    const { bin } = standIns({ npm: '', node: 'case "$1" in --version) echo v18.0.0;; *) exit 1;; esac' });
    const ended = shell(build, bin, { GITHUB_ACTION_PATH: folder });
    expect(ended.status).toBe(3);
    expect(ended.stderr).toContain('needs Node 20');
  });
});

describe('the example’s scripts', () => {
  const comment = stepNamed(workflow.jobs.audit.steps, 'Comment the difference').run ?? '';
  const last = stepNamed(workflow.jobs.audit.steps, 'Get the last result').run ?? '';
  const env = (more: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
    GITHUB_REPOSITORY: 'example/audit',
    RUNNER_TEMP: mkdtempSync(join(folder, 'temp-')),
    COMMENT: '/tmp/comment.md',
    PULL_REQUEST: '',
    DEFAULT_BRANCH: 'main',
    REPOSITORY_ID: '7',
    ...more,
  });

  test('a pull request has its comment written anew', () => {
    const { bin, log } = standIns({ gh: 'case "$*" in *--paginate*) echo 42; echo 43;; esac' });
    expect(shell(comment, bin, env({ PULL_REQUEST: '5' })).status).toBe(0);
    const said = readFileSync(log, 'utf8');
    expect(said).toContain('PATCH\nrepos/example/audit/issues/comments/42\n--field\nbody=@/tmp/comment.md');
    expect(said).not.toContain('issue\n');
  });

  test('a pull request without a comment gets one', () => {
    const { bin, log } = standIns({ gh: '' });
    expect(shell(comment, bin, env({ PULL_REQUEST: '5' })).status).toBe(0);
    expect(readFileSync(log, 'utf8')).toContain('issue\ncomment\n5\n');
  });

  test('on schedule the open issue gets the comment, or an issue is made', () => {
    const open = standIns({ gh: 'case "$*" in "issue list"*) echo 9;; esac' });
    expect(shell(comment, open.bin, env({})).status).toBe(0);
    expect(readFileSync(open.log, 'utf8')).toContain('issue\ncomment\n9\n');
    const none = standIns({ gh: '' });
    expect(shell(comment, none.bin, env({})).status).toBe(0);
    expect(readFileSync(none.log, 'utf8')).toContain('issue\ncreate\n');
  });

  test('only a result of the default branch of this repository is an earlier one', () => {
    const found = (name: string): boolean =>
      spawnSync(name, ['--version'], { encoding: 'utf8' }).status === 0;
    if (!found('jq')) {
      expect(last).toContain('.workflow_run.head_branch == $branch');
      process.stdout.write('jq is not installed: the choice of the last artifact was not run\n');
      return;
    }
    const artifact = (id: number, branch: string, repository: number, expired: boolean) => ({
      id,
      expired,
      created_at: `2026-11-0${id}T00:00:00Z`,
      workflow_run: { head_branch: branch, head_repository_id: repository },
    });
    const artifacts = [
      artifact(1, 'main', 7, false),
      artifact(2, 'main', 7, false),
      artifact(3, 'main', 7, true),
      artifact(4, 'evil', 7, false),
      artifact(5, 'main', 8, false),
    ];
    const list = join(folder, 'artifacts.json');
    writeFileSync(list, JSON.stringify({ artifacts }));
    const { bin, log } = standIns({ gh: `case "$*" in *per_page*) cat '${list}';; esac`, unzip: '' });
    expect(shell(last, bin, env({})).status).toBe(0);
    expect(readFileSync(log, 'utf8')).toContain('repos/example/audit/actions/artifacts/2/zip');
    writeFileSync(list, JSON.stringify({ artifacts: artifacts.slice(2) }));
    const none = shell(last, bin, env({}));
    expect(none).toMatchObject({ status: 0, stdout: 'There is no earlier result.\n' });
  });
});
