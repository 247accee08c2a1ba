import { styleText } from 'node:util';
import { plainStyles, type TerminalStyles } from '../report/terminal-summary.ts';

/** What the user asked for besides the work itself. */
export interface TerminalSettings {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly jsonLogs: boolean;
  readonly progress: boolean;
  readonly color: boolean;
}

export type CommandOptions = Readonly<Record<string, unknown>>;

const terminalOptions = ['config', 'quiet', 'verbose', 'jsonLogs', 'progress', 'color'];

/** The options of a command that are not about the terminal. */
export function workOptions(options: CommandOptions): CommandOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !terminalOptions.includes(name)));
}

export function configPath(options: CommandOptions): string | undefined {
  const path = options['config'];
  return typeof path === 'string' ? path : undefined;
}

/** Colour only on a terminal; `NO_COLOR`, `CI` and the options are honoured. */
export function terminalSettings(options: CommandOptions): TerminalSettings {
  const environment = process.env;
  const plain =
    options['color'] === false || (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  const quiet = options['quiet'] === true;
  const automatic = (environment['CI'] ?? '') !== '' || process.stderr.isTTY !== true;
  return {
    quiet,
    verbose: options['verbose'] === true,
    jsonLogs: options['jsonLogs'] === true,
    progress: options['progress'] !== false && !quiet && !automatic && options['jsonLogs'] !== true,
    color: !plain && process.stdout.isTTY === true,
  };
}

export function stylesFor(settings: TerminalSettings): TerminalStyles {
  if (!settings.color) {
    return plainStyles;
  }
  return {
    strong: (text) => styleText('bold', text),
    faint: (text) => styleText('dim', text),
    warning: (text) => styleText('yellow', text),
    good: (text) => styleText('green', text),
    severity: {
      critical: (text) => styleText(['bold', 'red'], text),
      high: (text) => styleText('red', text),
      medium: (text) => styleText('yellow', text),
      low: (text) => styleText('cyan', text),
      info: (text) => styleText('dim', text),
    },
  };
}

/** Writes results: stdout, one trailing newline. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Writes a message for people (or a JSON line for machines) to stderr. */
export function note(
  settings: TerminalSettings,
  message: string,
  facts: Readonly<Record<string, unknown>> = {},
): void {
  if (settings.jsonLogs) {
    process.stderr.write(`${JSON.stringify({ level: 'info', message, ...facts })}\n`);
  } else if (!settings.quiet) {
    process.stderr.write(`${message}\n`);
  }
}
