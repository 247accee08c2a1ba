import { type Command, Option } from 'commander';

/** Options by theme, in the order in which `--help` shows them. */
export function addCredentialOptions(command: Command): Command {
  return command
    .option('--profile <name>', 'profile of the AWS configuration, as in the AWS CLI')
    .option('--region <name>', 'region to start from')
    .option('--role-name <name>', 'role to assume in member accounts')
    .option('--external-id <id>', 'external id for those roles')
    .option(
      '--management-role-arn <arn>',
      'role in the management account, when the caller is a delegated administrator',
    )
    .option('--endpoint-url <url>', 'send every service to one endpoint (emulators)');
}

export function addScopeOptions(command: Command): Command {
  return command
    .option('--org', 'sweep every account of the organization')
    .option('--accounts <ids>', 'only these accounts, separated by commas')
    .option('--exclude-accounts <ids>', 'leave these accounts out')
    .option('--ou <id>', 'only accounts below this organizational unit')
    .option('--regions <names>', 'all enabled regions (`all`), or names separated by commas')
    .option('--concurrency <n>', 'calls in flight (default 20)')
    .option('--rate-share <0..1>', 'share of the published rate limits to use (default 0.5)')
    .option('--timeout <seconds>', 'longest wait for one answer (default 30)')
    .option('--resume <dir>', 'go on with an interrupted collection');
}

export function addIncidentOptions(command: Command): Command {
  return command
    .option('--incident <file>', 'incident.yaml (see `afterleak init`)')
    .option('--access-key <id>', 'a leaked access key id, instead of an incident file')
    .option('--since <time>', 'start of the incident window, with offset')
    .option('--until <time>', 'end of the incident window, with offset');
}

export function addJudgementOptions(command: Command): Command {
  return command
    .option(
      '--trail <source...>',
      'CloudTrail: log files, folders, globs, s3://bucket/prefix, lookup or none (default: lookup with an incident)',
    )
    .option('--trail-role-arn <arn>', 'role that may read the log bucket')
    .option(
      '--trail-memory <MiB>',
      'memory that reading and following a large log may take (default 1024); what does not fit is left out and told',
    )
    .option('--baseline <file>', 'reviewed, known-good state')
    .option('--exceptions <file>', 'accepted risks and gaps')
    .option('--attestations <file>', 'what people state about settings that no API shows')
    .option('--owners <files>', 'Terraform state or CloudFormation export')
    .option('--checks <ids>', 'only these checks: ids or domain/*, separated by commas')
    .option('--skip-checks <ids>', 'all but these checks')
    .option('--as-of <time>', "judge ages and expiries at this time (default: the evidence's)")
    .option(
      '--fail-on <level>',
      'exit 1 from this severity on: critical, high, medium, low, info, none (default high)',
    )
    .option('--allow-incomplete', 'do not exit 2 when something could not be seen');
}

export function addSignOption(command: Command): Command {
  return command.option(
    '--sign <key>',
    'sign SHA256SUMS with this Ed25519 private key (PEM, readable by you alone)',
  );
}

export function addOutputOptions(command: Command): Command {
  return addSignOption(command)
    .option('--out <dir>', 'folder for the output (default reports/<UTC time>-<command>)')
    .option('--format <list>', 'html, md, json, sarif, ocsf, csv (default html,md,json)');
}

export function addPreviousOption(command: Command): Command {
  return command.option(
    '--previous <file>',
    'result.json of an earlier run: says of each finding whether it is new, persisting or reappeared, and what is resolved',
  );
}

export function addCommonOptions(command: Command): Command {
  return command
    .option('--config <file>', 'configuration file (default afterleak.yaml)')
    .option('--json-logs', 'progress and messages on stderr as JSON lines')
    .option('--quiet', 'only errors on stderr')
    .option('--verbose', 'more on stderr: every call that failed')
    .option('--no-progress', 'no progress display')
    .addOption(new Option('--no-color', 'no colour, as with NO_COLOR'));
}
