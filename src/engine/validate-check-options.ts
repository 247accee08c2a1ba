import type { AnyCheck } from '../model/check.ts';
import type { CheckOptions } from './audit-input.ts';

/** An option of a check that does not exist or has another type: it would be ignored, or stop the check. */
export class CheckOptionError extends Error {
  override readonly name = 'CheckOptionError';
  readonly next: string;

  constructor(message: string, checkId: string | null) {
    super(message);
    this.next =
      checkId === null
        ? '`afterleak checks list` shows them all.'
        : `\`afterleak checks explain ${checkId}\` lists its options.`;
  }
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value;
}

/** @throws CheckOptionError */
export function validateCheckOptions(checks: readonly AnyCheck[], given: CheckOptions): void {
  for (const [id, values] of Object.entries(given)) {
    const check = checks.find(({ meta }) => meta.id === id);
    if (check === undefined) {
      throw new CheckOptionError(`check-options: no check is called ${id}`, null);
    }
    for (const [name, value] of Object.entries(values)) {
      const declared = check.meta.options?.[name];
      if (declared === undefined) {
        throw new CheckOptionError(`check-options: ${id} has no option ${name}`, id);
      }
      const expected = kindOf(declared.default);
      if (kindOf(value) !== expected) {
        throw new CheckOptionError(`check-options: ${id}: ${name}: expected a ${expected}`, id);
      }
    }
  }
}
