import { resolveOptions } from '../../input/resolve-options.ts';
import { audit } from '../../pipeline/audit.ts';
import { makePrivateFolder } from '../../pipeline/private-folder.ts';
import { render, writeChecksums, writePlan } from '../../pipeline/write-reports.ts';
import { conclude } from '../conclude.ts';
import { defaultFolder } from '../default-folder.ts';
import type { Run } from '../program.ts';
import { realHost } from '../real-host.ts';
import { configPath, note, terminalSettings, workOptions } from '../terminal.ts';

export const run: Run = async (_positional, given) => {
  const settings = terminalSettings(given);
  const options = await resolveOptions(workOptions(given), configPath(given));
  const host = realHost(() => note(settings, 'stopping'));
  const result = await audit(options.evidence ?? '', options, host).finally(host.dispose);
  const directory = options.out ?? defaultFolder('audit', new Date());
  await makePrivateFolder(directory);
  const reports = await render(result, options.format, directory);
  const files = [...reports, ...(result.plan === null ? [] : await writePlan(result.plan, directory))];
  await writeChecksums(directory);
  return conclude(result, options, settings, { directory, files });
};
