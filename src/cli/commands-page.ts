import type { Command } from 'commander';
import { createProgram } from './program.ts';

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

function section(command: Command, path: string): readonly string[] {
  const name = `${path} ${command.name()}`;
  if (command.commands.length > 0) {
    return command.commands.flatMap((child) => section(child, name));
  }
  const positional = command.registeredArguments.map((argument) => ` <${argument.name()}>`).join('');
  return [
    '',
    `## ${name}${positional.replaceAll('<', '&lt;')}`,
    '',
    `${command.description()}.`,
    '',
    '| option | meaning |',
    '| --- | --- |',
    ...command.options.map(
      ({ flags, description, mandatory, defaultValue }) =>
        `| \`${flags.replaceAll('|', '\\|')}\` | ${cell(description)}${mandatory ? ' (required)' : ''}${
          typeof defaultValue === 'string' ? ` (default \`${defaultValue}\`)` : ''
        } |`,
    ),
  ];
}

/** docs/commands.md: every command with its options, from the declarations that the command line itself uses. */
export function commandsPage(): string {
  const program = createProgram({
    version: '',
    jsonLogs: false,
    load: () => Promise.reject(new Error('only described here')),
    finish: () => undefined,
  });
  return [
    '<!-- Generated from the command line by `npm run generate`. Do not edit. -->',
    '',
    '# Commands',
    '',
    'Every option can also stand in `afterleak.yaml` under its long name (`roleName: AuditRole`); the command line wins.',
    'Results go to stdout, progress and messages to stderr.',
    ...program.commands.flatMap((command) => section(command, 'afterleak')),
    '',
  ].join('\n');
}
