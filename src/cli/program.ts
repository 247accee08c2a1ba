import { Command } from 'commander';
import {
  addCommonOptions,
  addCredentialOptions,
  addIncidentOptions,
  addJudgementOptions,
  addOutputOptions,
  addPreviousOption,
  addScopeOptions,
  addSignOption,
} from './shared-options.ts';

export type Run = (
  positional: readonly string[],
  options: Readonly<Record<string, unknown>>,
) => Promise<number>;
/** Loads a command's code only when it is run, so that `--help` stays fast. */
export type LoadRun = (name: string) => Promise<Run>;

const exitCodes = `
Exit codes: 0 complete, nothing at or above --fail-on · 1 findings · 2 incomplete: something could not be seen ·
3 usage, configuration or fatal error · 130 interrupted (evidence so far is kept)`;

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
}

export interface ProgramParts {
  readonly version: string;
  /** Usage errors as JSON lines. */
  readonly jsonLogs: boolean;
  readonly load: LoadRun;
  /** Takes the exit code. */
  readonly finish: (exitCode: number) => void;
}

function jsonLine(text: string): string {
  return `${JSON.stringify({ level: 'error', message: text.trim().replace(/^afterleak: /, '') })}\n`;
}

/** Declares every command; commands inherit how the program ends and where it complains. */
export function createProgram({ version, jsonLogs, load, finish }: ProgramParts): Command {
  const program = new Command('afterleak')
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(text.replace(/^error: /, 'afterleak: ')),
      writeErr: (text) => process.stderr.write(jsonLogs ? jsonLine(text) : text),
    })
    .description('After a leaked AWS key was revoked: is the intruder really out, and what must change?')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .showHelpAfterError(jsonLogs ? false : '  → add --help for the options')
    .addHelpText(
      'after',
      `${examples('afterleak demo', 'afterleak doctor --org --role-name AuditRole', 'afterleak sweep --org --role-name AuditRole --incident incident.yaml')}${exitCodes}`,
    );

  const run = (command: Command, name: string): Command =>
    addCommonOptions(command).action(async (...input: readonly unknown[]) => {
      const positional = input.filter((one): one is string => typeof one === 'string');
      finish(await (await load(name))(positional, command.opts()));
    });

  const sweep = program.command('sweep').description('collect evidence from AWS, audit it, write the report');
  for (const add of [
    addCredentialOptions,
    addScopeOptions,
    addIncidentOptions,
    addJudgementOptions,
    addOutputOptions,
  ]) {
    add(sweep);
  }
  addPreviousOption(sweep);
  run(sweep, 'sweep').addHelpText(
    'after',
    `${examples(
      'afterleak sweep                                    # the account of the default credentials',
      'afterleak sweep --org --role-name AuditRole --incident incident.yaml',
      'afterleak sweep --org --role-name AuditRole --access-key AKIAIOSFODNN7EXAMPLE --since 2026-11-03T09:10:00Z --until 2026-11-03T11:40:00Z',
    )}${exitCodes}`,
  );

  const collect = program.command('collect').description('collect evidence from AWS into a folder');
  for (const add of [addCredentialOptions, addScopeOptions, addIncidentOptions]) {
    add(collect);
  }
  collect
    .option('--checks <ids>', 'collect only what these checks need')
    .option('--skip-checks <ids>', 'all but these checks');
  run(addSignOption(collect.option('--out <dir>', 'folder for the evidence')), 'collect').addHelpText(
    'after',
    examples('afterleak collect --org --role-name AuditRole --out case-014'),
  );

  const audit = program.command('audit').description('judge collected evidence; works offline');
  audit.requiredOption('--evidence <dir>', 'folder that `collect` or `sweep` wrote');
  for (const add of [addIncidentOptions, addJudgementOptions, addOutputOptions]) {
    add(audit);
  }
  addPreviousOption(audit);
  run(audit, 'audit').addHelpText(
    'after',
    `${examples('afterleak audit --evidence reports/demo/evidence --baseline baseline.yaml')}${exitCodes}`,
  );

  const verify = program
    .command('verify')
    .description('sweep again and compare with an earlier result: is it gone, and what is new?')
    .requiredOption('--against <file>', 'result.json of the run before the clean-up')
    .option('--actions <file>', 'actions.ndjson of plan.sh (default: beside the earlier result)')
    .option('--quick', 'read again only what the plan touched; cannot close an incident')
    .option('--evidence <dir>', 'compare with this evidence, collected since, instead of sweeping');
  for (const add of [
    addCredentialOptions,
    addScopeOptions,
    addIncidentOptions,
    addJudgementOptions,
    addOutputOptions,
  ]) {
    add(verify);
  }
  run(verify, 'verify').addHelpText(
    'after',
    `${examples(
      'afterleak verify --against case-014/result.json --role-name AuditRole',
      'afterleak verify --against case-014/result.json --role-name AuditRole --quick   # the first minutes',
      'afterleak verify --against case-014/result.json --evidence case-014-again/evidence --actions actions.ndjson',
    )}
Scope, checks and incident are those of the earlier result, unless options say otherwise.
Exit codes: 0 everything that was to go is gone and nothing is new · 1 something is still there, changed, back or new ·
2 something cannot be told · 3 usage, configuration or fatal error · 130 interrupted (evidence so far is kept)`,
  );

  const trace = program
    .command('trace')
    .description('follow leaked credentials through CloudTrail logs: who made what, and what of it lives on');
  for (const add of [addCredentialOptions, addScopeOptions]) {
    add(trace);
  }
  addIncidentOptions(trace)
    .option(
      '--trail <source...>',
      'CloudTrail log files, folders, globs, s3://bucket/prefix, or lookup (default)',
    )
    .option('--trail-role-arn <arn>', 'role that may read the log bucket')
    .option(
      '--trail-memory <MiB>',
      'memory that reading and following a large log may take (default 1024); what does not fit is left out and told',
    )
    .option('--print-sql <table>', 'print Athena definitions and queries for this table instead')
    .option('--as-of <time>', 'judge lifetimes of sessions at this time (default: now)');
  run(addOutputOptions(trace), 'trace').addHelpText(
    'after',
    examples(
      'afterleak trace --access-key AKIAIOSFODNN7EXAMPLE --trail logs/AWSLogs',
      'afterleak trace --incident incident.yaml --trail "logs/**/*.json.gz" --out case-014-trace',
    ),
  );

  const report = program.command('report').description('render an earlier result again');
  report.requiredOption('--result <file>', 'result.json of an earlier run');
  run(addOutputOptions(report), 'report').addHelpText(
    'after',
    examples(
      'afterleak report --result reports/demo/result.json --format md --out again',
      'afterleak report --result reports/demo/result.json --format sarif,ocsf,csv --out machines',
    ),
  );

  const plan = program
    .command('plan')
    .description('print or export the plan: what to do, in which order, with which commands');
  plan
    .requiredOption('--result <file>', 'result.json of an earlier run')
    .option('--format <name>', 'text, sh, md or json (default text)')
    .option('--out <dir>', 'write plan.json, plan.sh and plan.md into this folder instead');
  addSignOption(plan);
  run(plan, 'plan').addHelpText(
    'after',
    examples(
      'afterleak plan --result reports/demo/result.json',
      'afterleak plan --result reports/demo/result.json --out plan-014',
    ),
  );

  const checks = program.command('checks').description('the catalogue of checks');
  checks.addHelpText(
    'after',
    examples('afterleak checks list', 'afterleak checks explain long-term-keys/active-key'),
  );
  run(
    checks
      .command('list')
      .description('every check with its severity and kind')
      .option('--format <name>', 'text or json', 'text'),
    'checks-list',
  ).addHelpText('after', examples('afterleak checks list', 'afterleak checks list --format json'));
  run(
    checks.command('explain').description('one check in full').argument('<id>'),
    'checks-explain',
  ).addHelpText('after', examples('afterleak checks explain long-term-keys/active-key'));

  const triage = addCredentialOptions(
    program
      .command('triage')
      .description('the first 15 minutes of a leaked key: whose, what power, what it did, how to contain it')
      .argument('<access-key-id>'),
  )
    .option('--regions <names>', 'all enabled regions (`all`), or names separated by commas')
    .option('--format <name>', 'text or json')
    .option('--json', 'same as --format json');
  run(triage, 'triage').addHelpText(
    'after',
    `${examples('afterleak triage AKIAIOSFODNN7EXAMPLE', 'afterleak triage AKIAIOSFODNN7EXAMPLE --role-name AuditRole --json')}
Exit codes: 0 seen completely and harmless (inactive, no writes, nothing minted that lives) · 1 action is needed ·
2 incomplete: something could not be seen · 3 usage or fatal error · 130 interrupted`,
  );

  const permissions = program.command('permissions').description('the IAM policies that a sweep needs');
  permissions
    .option('--for <command>', 'sweep, triage or trace', 'sweep')
    .option('--checks <ids>', 'only what these checks need')
    .option('--skip-checks <ids>', 'all but these checks')
    .option('--role-name <name>', 'role that is assumed in member accounts', 'AuditRole')
    .option('--format <name>', 'json, terraform or cloudformation', 'json')
    .option('--partition <name>', 'aws, aws-cn, aws-us-gov …', 'aws');
  run(permissions, 'permissions').addHelpText(
    'after',
    examples('afterleak permissions --format terraform > afterleak.tf'),
  );

  const doctor = program
    .command('doctor')
    .description('preflight: who am I, what is in scope, what can I not read');
  for (const add of [addCredentialOptions, addScopeOptions, addIncidentOptions]) {
    add(doctor);
  }
  run(doctor, 'doctor').addHelpText('after', examples('afterleak doctor --org --role-name AuditRole'));

  run(
    program
      .command('baseline')
      .description('write reviewed state from evidence, or renew it')
      .requiredOption('--evidence <dir>', 'folder that `collect` or `sweep` wrote')
      .option('--result <file>', 'result.json: what it proves or asks about is left out')
      .option('--incident <file>', 'incident.yaml: what was made or changed in its window is left out')
      .option('--since <time>', 'start of the incident window, with offset')
      .option('--until <time>', 'end of the incident window, with offset')
      .option(
        '--owners <files>',
        'Terraform states or CloudFormation exports: who owns what, which stacks were touched',
      )
      .option('--update <file>', 'print what differs from this baseline; unchanged entries keep their review')
      .option('--write', 'with --update: renew that file')
      .option('--drop-gone', 'with --update: no longer expect what is gone')
      .option('--out <file>', 'write the baseline here (default: stdout); never over an existing file')
      .option('--allow-incomplete', 'do not exit 2 when something could not be seen'),
    'baseline',
  ).addHelpText(
    'after',
    `${examples(
      'afterleak baseline --evidence reports/demo/evidence --result reports/demo/result.json --out new-baseline.yaml',
      'afterleak baseline --update baseline.yaml --evidence reports/demo/evidence',
      'afterleak baseline --update baseline.yaml --evidence reports/demo/evidence --write',
    )}
An entry counts only once \`reviewedBy\` is filled. Without --out and --write nothing is written.
Exit codes: 0 seen completely · 1 something differs from --update and nothing was written · 2 something could not be seen ·
3 usage or fatal error`,
  );

  const evidence = program.command('evidence').description('look at collected evidence');
  evidence.addHelpText('after', examples('afterleak evidence verify reports/demo/evidence'));
  run(
    evidence
      .command('verify')
      .description('hold the folder of a run, or evidence alone, against its digests and its signature')
      .argument('<dir>')
      .option('--key <file>', "the signer's public key (PEM), got by another way than the folder"),
    'evidence-verify',
  ).addHelpText(
    'after',
    `${examples('afterleak evidence verify reports/demo', 'afterleak evidence verify reports/demo/evidence')}
Exit codes: 0 intact (and signed by --key, where it is given) · 1 broken: something is missing, altered, or the signature does
not hold · 2 cannot be told: files that nothing vouches for, or a run that did not end · 3 usage or fatal error`,
  );
  run(
    evidence
      .command('reperform')
      .description(
        'judge the evidence of a run again, with its own inputs, and compare every byte; works offline',
      )
      .argument('<dir>')
      .option('--evidence <dir>', 'the evidence, where it does not lie in the folder (after `audit`)')
      .option(
        '--trail <path...>',
        'read these log files again too, and compare what they tell with trace.json',
      ),
    'evidence-reperform',
  ).addHelpText(
    'after',
    `${examples('afterleak evidence reperform reports/demo')}
Exit codes: 0 the same bytes · 1 other ones, or the folder is broken · 2 cannot be told: made by another version ·
3 usage or fatal error`,
  );
  run(
    evidence
      .command('show')
      .description('what the folder holds; with --key the facts themselves')
      .argument('<dir>')
      .option('--key <key>', 'an evidence key such as iam.access-keys')
      .option('--account <id>', 'only this account'),
    'evidence-show',
  ).addHelpText('after', examples('afterleak evidence show reports/demo/evidence --key iam.access-keys'));

  run(
    program
      .command('init')
      .description('write commented afterleak.yaml and incident.yaml')
      .option('--out <dir>', 'folder', '.'),
    'init',
  ).addHelpText('after', examples('afterleak init', 'afterleak init --out case-014'));

  run(
    addSignOption(
      program
        .command('demo')
        .description('sweep the bundled incident; needs no AWS account')
        .option('--out <dir>', 'folder (default reports/demo)'),
    ),
    'demo',
  ).addHelpText('after', examples('afterleak demo'));

  return program;
}
