import { loadCollectors } from '../../collect/load-collectors.ts';
import { selectCollectors } from '../../collect/order-collectors.ts';
import { type PolicyRole, policiesFor, policiesOf } from '../../collect/permissions.ts';
import { type PermissionFormat, renderPermissions } from '../../collect/render-permissions.ts';
import { loadChecks } from '../../engine/load-checks.ts';
import { selectChecks } from '../../engine/select-checks.ts';
import { InputError } from '../../input/input-error.ts';
import { isPurpose, operationsForPurpose } from '../../pipeline/permission-purposes.ts';
import { keysFor } from '../../pipeline/select-keys.ts';
import type { Run } from '../program.ts';
import { print } from '../terminal.ts';

const roles: readonly PolicyRole[] = ['caller', 'management', 'delegated-administrator', 'member'];

function listOf(value: unknown): readonly string[] {
  return typeof value === 'string' ? value.split(',').map((part) => part.trim()) : [];
}

function isFormat(value: unknown): value is PermissionFormat {
  return value === 'json' || value === 'terraform' || value === 'cloudformation';
}

/** The policies of every role that takes part in a sweep, made from what the collectors declare. */
export const run: Run = async (_positional, given) => {
  const format = given['format'] ?? 'json';
  if (!isFormat(format)) {
    throw new InputError(
      `--format: expected json, terraform or cloudformation, got ${String(format)}`,
      'Try json.',
    );
  }
  const purpose = given['for'] ?? 'sweep';
  if (!isPurpose(purpose)) {
    throw new InputError(`--for: expected sweep, triage or trace, got ${String(purpose)}`, 'Try sweep.');
  }
  const options = { partition: String(given['partition'] ?? 'aws'), roleNames: listOf(given['roleName']) };
  if (purpose !== 'sweep') {
    const policies = roles
      .filter((role) => role !== 'delegated-administrator')
      .flatMap((role) => policiesOf(role, operationsForPurpose(purpose, role), options));
    print(renderPermissions(policies, format));
    return 0;
  }
  const all = await loadChecks();
  const checks = selectChecks(all, listOf(given['checks']), listOf(given['skipChecks']));
  const collectors = selectCollectors(await loadCollectors(), keysFor(checks, all));
  print(
    renderPermissions(
      roles.flatMap((role) => policiesFor(role, collectors, options)),
      format,
    ),
  );
  return 0;
};
