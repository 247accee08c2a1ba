import { resolveOptions } from '../../input/resolve-options.ts';
import { auditInto } from '../../pipeline/audit.ts';
import { conclude } from '../conclude.ts';
import { defaultFolder } from '../default-folder.ts';
import type { Run } from '../program.ts';
import { realHost } from '../real-host.ts';
import { runFacts } from '../run-facts.ts';
import { configPath, note, terminalSettings, workOptions } from '../terminal.ts';

export const run: Run = async (_positional, given) => {
  const settings = terminalSettings(given);
  const options = await resolveOptions(workOptions(given), configPath(given));
  const directory = options.out ?? defaultFolder('audit', new Date());
  const host = realHost(() => note(settings, 'stopping'));
  const { result, files } = await auditInto(
    directory,
    options.evidence ?? '',
    options,
    host,
    runFacts('audit'),
  ).finally(host.dispose);
  return conclude(result, options, settings, { directory, files });
};
