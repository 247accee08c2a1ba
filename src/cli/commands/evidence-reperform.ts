import { reperform } from '../../pipeline/reperform.ts';
import { bundleText } from '../../report/custody/bundle-text.ts';
import { visible } from '../../report/text/visible.ts';
import type { Run } from '../program.ts';
import { print } from '../terminal.ts';

export const run: Run = async ([directory = ''], given) => {
  const evidence = given['evidence'];
  const { bundle, identical, different, otherVersion } = await reperform(
    directory,
    typeof evidence === 'string' ? evidence : undefined,
  );
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
