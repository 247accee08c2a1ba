import { openEvidence } from '../../evidence/read-evidence.ts';
import { InputError } from '../../input/input-error.ts';
import { isCollectedKey } from '../../model/evidence-catalog.ts';
import type { StoredObservation } from '../../model/evidence-manifest.ts';
import { gapsOf } from '../../model/observation.ts';
import { unitName } from '../../model/scope.ts';
import { visible } from '../../report/text/visible.ts';
import type { Run } from '../program.ts';
import { print } from '../terminal.ts';

function sizeOf({ observation }: StoredObservation): string {
  if (observation.state === 'missing') {
    return '-';
  }
  return Array.isArray(observation.value) ? `${observation.value.length} items` : 'value';
}

function overviewLine(stored: StoredObservation): string {
  const gaps = gapsOf(stored.observation).map((gap) => `${gap.reason}: ${gap.operation}`);
  const cells = [unitName(stored.unit), stored.key, stored.observation.state, sizeOf(stored), ...gaps];
  return visible(cells.join('  '));
}

/** Without a key one line per observation; with a key the facts as JSON, one observation a line. */
export const run: Run = async ([directory = ''], given) => {
  const key = given['key'];
  if (key !== undefined && (typeof key !== 'string' || !isCollectedKey(key))) {
    throw new InputError(
      `--key: no evidence is called ${String(key)}`,
      'Run it without --key to see the keys.',
    );
  }
  const evidence = await openEvidence(directory);
  const wanted = given['account'];
  const ids = evidence.manifest.accounts.map(({ accountId }) => accountId);
  if (typeof wanted === 'string' && !ids.includes(wanted)) {
    throw new InputError(`--account: ${wanted} is not in this evidence`, `It holds ${ids.join(', ')}.`);
  }
  const accounts = ids.filter((accountId) => wanted === undefined || accountId === wanted);
  const show = (stored: readonly StoredObservation[]): void => {
    for (const one of stored.filter((candidate) => key === undefined || candidate.key === key)) {
      print(key === undefined ? overviewLine(one) : JSON.stringify(one));
    }
  };
  if (wanted === undefined) {
    show(await evidence.organization());
  }
  for (const accountId of accounts) {
    show(await evidence.account(accountId));
  }
  return 0;
};
