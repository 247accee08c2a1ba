import { reperform } from '../../pipeline/reperform.ts';
import { bundleText } from '../../report/custody/bundle-text.ts';
import { visible } from '../../report/text/visible.ts';
import type { Run } from '../program.ts';
import { realHost } from '../real-host.ts';
import { note, print, terminalSettings } from '../terminal.ts';

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

export const run: Run = async ([directory = ''], given) => {
  const settings = terminalSettings(given);
  const { evidence } = given;
  const host = realHost(() => note(settings, 'stopping'));
  const { bundle, identical, different, otherVersion } = await reperform(directory, {
    ...(typeof evidence === 'string' ? { evidenceDirectory: evidence } : {}),
    trail: textsOf(given['trail']),
    host,
  }).finally(host.dispose);
  if (bundle.problems.length > 0) {
    print(`${bundleText(directory, bundle)}\nNothing was performed again: the folder is broken.`);
    return 1;
  }
  const lines = [
    ...identical.map((file) => `identical   ${file}`),
    ...different.map(({ file, where }) => `different   ${file}: ${where}`),
  ];
  const conclusion =
    different.length === 0
      ? `${directory}: performed again, with the same bytes`
      : otherVersion === null
        ? `${directory}: performed again, and the result is ANOTHER one`
        : `${directory}: cannot be told: made by afterleak ${otherVersion.made}, this is ${otherVersion.here}; perform it again with that version`;
  print([conclusion, ...lines].map(visible).join('\n'));
  if (different.length === 0) {
    return 0;
  }
  return otherVersion === null ? 1 : 2;
};
