import type { CheckContext } from './check.ts';

/** A numeric option of the running check. The engine fills in defaults, so anything else is a bug. */
export function numberOption(context: CheckContext, name: string): number {
  const value = context.options[name];
  if (typeof value !== 'number') {
    throw new Error(`Check option "${name}" is not a number: ${String(value)}`);
  }
  return value;
}

/** A list option of the running check. */
export function listOption(context: CheckContext, name: string): readonly string[] {
  const value = context.options[name];
  if (value === undefined || typeof value !== 'object') {
    throw new Error(`Check option "${name}" is not a list: ${String(value)}`);
  }
  return value;
}
