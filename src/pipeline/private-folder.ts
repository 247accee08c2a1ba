import { chmod, mkdir, readdir } from 'node:fs/promises';
import { InputError } from '../input/input-error.ts';

function unusable(directory: string, cause: unknown): InputError {
  return new InputError(`cannot write to ${directory}`, 'Give --out a folder that you may write.', { cause });
}

async function entriesOf(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return [];
    }
    throw unusable(directory, error);
  }
}

/** For work that is long: refuses a folder that holds something before the work, without making it. */
export async function requireNewFolder(directory: string): Promise<void> {
  if ((await entriesOf(directory)).length > 0) {
    throw new InputError(
      `${directory} is not empty`,
      'Give --out a new folder; an earlier run is never overwritten.',
    );
  }
}

/** Makes the output folder with mode 0700. A folder that holds something is refused: two runs must not mix. */
export async function makePrivateFolder(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await requireNewFolder(directory);
    await chmod(directory, 0o700);
  } catch (error) {
    if (error instanceof InputError) {
      throw error;
    }
    throw unusable(directory, error);
  }
}
