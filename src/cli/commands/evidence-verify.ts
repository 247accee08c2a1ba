import { readPublicKey } from '../../evidence/public-key.ts';
import { verifyBundle } from '../../evidence/verify-bundle.ts';
import { bundleExitCode, bundleText } from '../../report/custody/bundle-text.ts';
import type { Run } from '../program.ts';
import { print } from '../terminal.ts';

export const run: Run = async ([directory = ''], given) => {
  const key = given['key'];
  const trusted = typeof key === 'string' ? await readPublicKey(key) : null;
  const report = await verifyBundle(directory, trusted);
  print(bundleText(directory, report));
  return bundleExitCode(report);
};
