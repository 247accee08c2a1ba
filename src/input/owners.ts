import { readFile } from 'node:fs/promises';
import { InputError } from './input-error.ts';

const arn = /^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:\d{0,12}:\S+$/;

function collectArns(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') {
    if (arn.test(value)) {
      into.add(value);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const child of Object.values(value)) {
      collectArns(child, into);
    }
  }
}

/** Reads a Terraform state or a CloudFormation export. Only ARNs are kept of it: such files hold secrets. */
export async function readOwners(path: string): Promise<ReadonlySet<string>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new InputError(
      `${path} is not a readable JSON file`,
      'Give a Terraform state (`terraform state pull`) or a CloudFormation export.',
      { cause: error },
    );
  }
  const found = new Set<string>();
  collectArns(parsed, found);
  if (found.size === 0) {
    throw new InputError(`${path} names no ARN`, 'Is this a Terraform state or a CloudFormation export?');
  }
  return found;
}
