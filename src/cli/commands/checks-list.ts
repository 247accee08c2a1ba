import { loadChecks } from '../../engine/load-checks.ts';
import { InputError } from '../../input/input-error.ts';
import type { Run } from '../program.ts';
import { print, stylesFor, terminalSettings } from '../terminal.ts';

export const run: Run = async (_positional, given) => {
  const checks = await loadChecks();
  const format = given['format'] ?? 'text';
  if (format === 'json') {
    print(
      JSON.stringify(
        checks.map(({ meta }) => meta),
        null,
        2,
      ),
    );
    return 0;
  }
  if (format !== 'text') {
    throw new InputError(
      `--format: expected text or json, got ${String(format)}`,
      'Try `afterleak checks list`.',
    );
  }
  const styles = stylesFor(terminalSettings(given));
  const widest = Math.max(...checks.map(({ meta }) => meta.id.length));
  const lines = checks.map(({ meta }) => {
    const severity = styles.severity[meta.severity](meta.severity.padEnd(8));
    return `${meta.id.padEnd(widest)}  ${severity}  ${meta.kind.padEnd(9)}  ${meta.scope.padEnd(12)}  ${meta.failureTitle}`;
  });
  print([...lines, '', `${checks.length} checks; \`afterleak checks explain <id>\` tells more`].join('\n'));
  return 0;
};
