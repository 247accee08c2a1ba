import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import type { Plan, PlanCommand, PlanStep } from '../../../src/model/plan.ts';
import type { AwsCli } from '../cli/start.js';
import { type ConnectedEmulator, MANAGEMENT_ACCOUNT } from '../start.js';

const run = promisify(execFile);
const prompt = /([^\n]*)\[y\/N\/q\] $/;

export interface ScriptRun {
  readonly exitCode: number | null;
  readonly output: string;
  /** Each question with what stood before it since the last one, and the answer. */
  readonly asked: readonly { readonly question: string; readonly before: string; readonly answer: string }[];
  readonly seconds: number;
}

/**
 * Runs plan.sh and answers what it asks; `between` is awaited before each question is, with nothing else going on. The
 * answer itself may take its time: a person does what no call does.
 */
export async function runPlanScript(
  script: string,
  given: readonly string[],
  environment: Readonly<Record<string, string>>,
  answerTo: (question: string, before: string) => Promise<string>,
  between: () => Promise<void> = () => Promise.resolve(),
): Promise<ScriptRun> {
  const startedAt = Date.now();
  const child = spawn('sh', [script, ...given], { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
  const asked: { question: string; before: string; answer: string }[] = [];
  let output = '';
  let seen = 0;
  let trouble: unknown = null;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    const before = output.slice(seen);
    const question = prompt.exec(before)?.[1];
    if (question === undefined) {
      return;
    }
    seen = output.length;
    between()
      .then(() => answerTo(question, before))
      .then(
        (answer) => {
          asked.push({ question, before, answer });
          child.stdin.write(`${answer}\n`);
        },
        (error: unknown) => {
          trouble = error;
          child.kill();
        },
      );
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (trouble !== null) {
    throw trouble;
  }
  return { exitCode, output, asked, seconds: (Date.now() - startedAt) / 1000 };
}

/** Credentials of an account, as plan.sh takes them: the caller's own, or those of a role. */
async function enter(
  environment: Readonly<Record<string, string>>,
  accountId: string,
  roleName: string,
): Promise<Readonly<Record<string, string>>> {
  if (accountId === MANAGEMENT_ACCOUNT) {
    return environment;
  }
  const roleArn = `arn:aws:iam::${accountId}:role/${roleName}`;
  const query = 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]';
  const { stdout } = await run(
    'aws',
    ['sts', 'assume-role', '--role-arn', roleArn, '--role-session-name', 'reverse'].concat([
      '--query',
      query,
      '--output',
      'text',
    ]),
    { env: environment },
  );
  const [key = '', secret = '', token = ''] = stdout.trim().split('\t');
  return { ...environment, AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token };
}

/** The commands of some steps one after the other, whatever they answer; nothing is asked and nothing asserted. */
export async function runCommands(
  emulator: ConnectedEmulator,
  cli: AwsCli,
  steps: readonly PlanStep[],
  roleName: string,
  between: () => Promise<void>,
): Promise<readonly string[]> {
  const environment = cli.environment(emulator, MANAGEMENT_ACCOUNT);
  const refused: string[] = [];
  for (const step of steps.filter(({ commands }) => commands.length > 0)) {
    // Containment is one batch, in whatever order the stages come.
    if (step.stage !== 'contain') {
      await between();
    }
    const env = await enter(environment, step.accountId ?? MANAGEMENT_ACCOUNT, roleName);
    for (const command of step.commands) {
      await run('aws', argumentsOf(step, command), { env }).catch((error: unknown) => {
        refused.push(`${step.title}: ${String(Reflect.get(Object(error), 'stderr')).trim()}`);
      });
    }
  }
  await between();
  return refused;
}

function argumentsOf(step: PlanStep, command: PlanCommand): string[] {
  const region = command.region ?? step.region;
  return [...command.argv, ...(region === null ? [] : ['--region', region])];
}

/** The steps of a plan in the order of its stages turned round. */
export function reversedStages({ steps }: Plan): readonly PlanStep[] {
  const stages = [...new Set(steps.map(({ stage }) => stage))].reverse();
  return stages.flatMap((stage) => steps.filter((step) => step.stage === stage));
}
