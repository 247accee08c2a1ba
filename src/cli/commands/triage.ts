import { InputError } from '../../input/input-error.ts';
import { resolveOptions } from '../../input/resolve-options.ts';
import { triageKey } from '../../pipeline/triage.ts';
import { visible } from '../../report/text/visible.ts';
import { triageJson, triageText } from '../../report/triage-text.ts';
import type { Run } from '../program.ts';
import { realHost } from '../real-host.ts';
import { configPath, note, print, stylesFor, terminalSettings, workOptions } from '../terminal.ts';

const ownOptions: ReadonlySet<string> = new Set(['json', 'format']);

function wantsJson(given: Readonly<Record<string, unknown>>): boolean {
  const format = given['format'] ?? 'text';
  if (format !== 'text' && format !== 'json') {
    throw new InputError(`--format: expected text or json, got ${String(format)}`, 'Try json.');
  }
  return given['json'] === true || format === 'json';
}

/** The first fifteen minutes of a reported key. */
export const run: Run = async ([accessKeyId = ''], given) => {
  const settings = terminalSettings(given);
  const json = wantsJson(given);
  const shared = Object.fromEntries(
    Object.entries(workOptions(given)).filter(([name]) => !ownOptions.has(name)),
  );
  const options = await resolveOptions(shared, configPath(given));
  const host = realHost(() => note(settings, 'stopping'));
  try {
    const result = await triageKey(accessKeyId, options, host, {
      note: (step) => note(settings, visible(step)),
    });
    print(json ? triageJson(result) : triageText(result, { styles: stylesFor(settings) }));
    const { exitCode, reasons, complete } = result.verdict;
    const why = reasons.length === 0 ? 'nothing seen asks for action' : reasons.join(', ');
    note(settings, `exit ${exitCode}: ${why}${complete ? '' : `; incomplete, ${result.gaps.length} gap(s)`}`);
    return exitCode;
  } catch (error) {
    if (host.signal.aborted) {
      note(settings, 'afterleak: stopped, and nothing was concluded');
      return 130;
    }
    throw error;
  } finally {
    host.dispose();
  }
};
