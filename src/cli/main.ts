#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { loadCommand } from './commands.ts';
import { compileLess } from './compile-less.ts';
import { guardLog } from './github-guard.ts';
import { createProgram } from './program.ts';

// A crash can never read as clean: only the normal path lowers this.
process.exitCode = 3;
compileLess();
guardLog();
// `afterleak … | head` ends the reading, not the run: its folder is still to be written.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      throw error;
    }
  });
}
// The SDK would print one warning per client about Node versions; the engines field already says what is supported.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const how = { verbose: process.argv.includes('--verbose'), jsonLogs: process.argv.includes('--json-logs') };
const packageText = readFileSync(new URL(import.meta.resolve('#package')), 'utf8');

const program = createProgram({
  version: /"version": "([^"]+)"/.exec(packageText)?.[1] ?? 'unknown',
  jsonLogs: how.jsonLogs,
  load: loadCommand,
  finish: (exitCode) => {
    process.exitCode = exitCode;
  },
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // `help` ends with the exit code that stands; a missing subcommand prints help too, and is an error.
    const asked = error.code === 'commander.help' && process.argv.includes('help');
    process.exitCode = error.exitCode === 0 || asked ? 0 : 3;
  } else {
    const { explain } = await import('./explain-error.ts');
    process.stderr.write(explain(error, how));
    process.exitCode = 3;
  }
}
