import { readFile } from 'node:fs/promises';
import { type OwnedThing, type Ownership, ownershipOf } from '../model/ownership.ts';
import { InputError } from './input-error.ts';
import { type StackExport, stackExport } from './owners-cloudformation.ts';
import { stateVersion, terraformThings } from './owners-terraform.ts';

const next =
  'Give a Terraform state (`terraform state pull` or `terraform show -json`), or what `aws cloudformation describe-stack-resources`, `list-stack-resources` or `describe-stacks` prints.';

interface OwnersFile {
  readonly things: readonly OwnedThing[];
  readonly stacks: StackExport;
}

const noStacks: StackExport = { things: [], touched: [] };

/** A file saved by a Windows shell begins with a mark that JSON does not know. */
async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new InputError(`${path} is not a readable JSON file`, next, { cause: error });
  }
}

function versionOf(document: unknown): unknown {
  const isState = typeof document === 'object' && document !== null && 'terraform_version' in document;
  return isState && 'version' in document ? document.version : undefined;
}

function baseName(path: string): string {
  return (path.split(/[/\\]/).at(-1) ?? path).replace(/\.[^.]*$/, '');
}

async function readOwnersFile(path: string): Promise<OwnersFile> {
  const document = await readJson(path);
  const things = terraformThings(document);
  if (things !== null) {
    if (things.length === 0) {
      throw new InputError(`${path} names no ARN: the state manages nothing of AWS`, next);
    }
    return { things, stacks: noStacks };
  }
  const stacks = stackExport(document, baseName(path));
  if (stacks !== null) {
    if (stacks.things.length === 0 && stacks.touched.length === 0) {
      throw new InputError(`${path} names no ARN and no resource that is known`, next);
    }
    return { things: [], stacks };
  }
  const version = versionOf(document);
  if (version !== undefined && version !== stateVersion) {
    throw new InputError(
      `${path} is a Terraform state of version ${String(version)}, version ${stateVersion} is read`,
      'Pull it with Terraform 0.12 or newer.',
    );
  }
  throw new InputError(
    `${path} names no ARN: it is neither a Terraform state nor a CloudFormation export`,
    next,
  );
}

/**
 * Reads Terraform states and CloudFormation exports. Only ids, ARNs, addresses and times are kept: such files hold
 * secrets. Null without a file.
 * @throws InputError naming the file and what can be given.
 */
export async function readOwners(paths: readonly string[]): Promise<Ownership | null> {
  if (paths.length === 0) {
    return null;
  }
  const files = await Promise.all(paths.map(readOwnersFile));
  const times = new Map<string, Set<string>>();
  for (const { stack, at } of files.flatMap(({ stacks }) => stacks.touched)) {
    times.set(stack, (times.get(stack) ?? new Set()).add(at));
  }
  const ofStacks = files
    .flatMap(({ stacks }) => stacks.things)
    .map(({ stack, thing }) => ({ ...thing, stackTouchedAt: [...(times.get(stack) ?? [])].sort() }));
  return ownershipOf([...files.flatMap(({ things }) => things), ...ofStacks]);
}
