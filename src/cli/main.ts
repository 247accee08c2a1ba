#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { loadCommand } from './commands.ts';
import { createProgram } from './program.ts';

// A crash can never read as clean: only the normal path lowers this.
process.exitCode = 3;
// The SDK would print one warning per client about Node versions; the engines field already says what is supported.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const packageText = readFileSync(new URL(import.meta.resolve('#package')), 'utf8');
const version = /"version": "([^"]+)"/.exec(packageText)?.[1] ?? 'unknown';

const program = createProgram(version, loadCommand, (exitCode) => {
  process.exitCode = exitCode;
});
program.exitOverride();
for (const command of program.commands) {
  command.exitOverride();
  for (const nested of command.commands) {
    nested.exitOverride();
  }
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 3;
  } else {
    const { explain } = await import('./explain-error.ts');
    process.stderr.write(explain(error, process.argv.includes('--verbose')));
    process.exitCode = 3;
  }
}
