import { join } from 'node:path';
import { InputError } from '../../input/input-error.ts';
import { resolveOptions } from '../../input/resolve-options.ts';
import { requireNewFolder } from '../../pipeline/private-folder.ts';
import { openSigner } from '../../pipeline/seal-run.ts';
import { trace, writeTrace } from '../../pipeline/trace.ts';
import { traceSql } from '../../pipeline/trace-sql.ts';
import { isTraceFormat, traceTree } from '../../report/trace/index.ts';
import { defaultFolder } from '../default-folder.ts';
import type { Run } from '../program.ts';
import { realHost } from '../real-host.ts';
import { runFacts } from '../run-facts.ts';
import { configPath, note, print, stylesFor, terminalSettings, workOptions } from '../terminal.ts';

export const run: Run = async (_positional, given) => {
  const settings = terminalSettings(given);
  const { printSql, ...work } = workOptions(given);
  const options = await resolveOptions(work, configPath(given));
  if (typeof printSql === 'string') {
    print(await traceSql(printSql, options));
    return 0;
  }
  const foreign = options.format.filter((format) => !isTraceFormat(format));
  if (foreign.length > 0) {
    throw new InputError(
      `a trace has no findings, so there is no ${foreign.join(', ')} of it`,
      'Give --format html,md,json.',
    );
  }
  if (options.out !== undefined) {
    await requireNewFolder(options.out);
  }
  const host = realHost(() => note(settings, 'stopping: what was read is used'));
  try {
    const signer = await openSigner(options, host);
    const startedAt = new Date().toISOString();
    const result = await trace(options, host);
    const directory = options.out ?? defaultFolder('trace', new Date());
    const files = await writeTrace(
      result,
      options.format,
      directory,
      { ...runFacts('trace'), startedAt, endedAt: new Date().toISOString() },
      signer,
    );
    print(traceTree(result, { styles: stylesFor(settings), width: process.stdout.columns ?? 100 }));
    print(`\nReport: ${join(directory, files[0] ?? '')}`);
    const holes = result.coverage.flatMap((one) => one.holes).length;
    return result.gaps.length > 0 || holes > 0 || result.coverage.length === 0 ? 2 : 0;
  } finally {
    host.dispose();
  }
};
