import { access } from 'node:fs/promises';
import { z } from 'zod';
import { InputError } from './input-error.ts';
import { readDocument } from './read-document.ts';
import { type GivenOptions, type RunOptions, runOptionsSchema } from './run-options.ts';

const defaultConfig = 'afterleak.yaml';

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

async function readConfig(path: string | undefined): Promise<GivenOptions> {
  if (path === undefined && !(await exists(defaultConfig))) {
    return {};
  }
  const file = path ?? defaultConfig;
  const given = await readDocument(
    file,
    z.union([z.record(z.string(), z.unknown()), z.null()]),
    'afterleak.yaml holds options under their long names, such as `roleName: AuditRole`.',
  );
  const named = Object.entries(given ?? {}).map(([name, value]) => {
    const camel = name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return [camel, value] as const;
  });
  const known = new Set(Object.keys(runOptionsSchema.shape));
  const unknown = named.find(([name]) => !known.has(name));
  if (unknown !== undefined) {
    throw new InputError(
      `${file}: there is no option ${kebab(unknown[0])}`,
      '`afterleak sweep --help` lists the options.',
    );
  }
  return Object.fromEntries(named);
}

/**
 * Merges the command line over afterleak.yaml and validates the whole.
 * @throws InputError naming the option and what was expected.
 */
export async function resolveOptions(commandLine: GivenOptions, configPath?: string): Promise<RunOptions> {
  const merged = { ...(await readConfig(configPath)), ...commandLine };
  const result = runOptionsSchema.safeParse(merged);
  if (!result.success) {
    const issue = result.error.issues[0];
    const option = kebab(String(issue?.path[0] ?? 'option'));
    throw new InputError(
      `--${option}: ${issue?.message ?? 'not valid'}`,
      'See `afterleak <command> --help`.',
    );
  }
  const options = result.data;
  if (options.incident !== undefined && options.accessKey.length > 0) {
    throw new InputError(
      '--incident and --access-key exclude each other',
      'Put the key into the incident file.',
    );
  }
  if ((options.since === undefined) !== (options.until === undefined)) {
    throw new InputError('--since and --until go together', 'Give both ends of the window.');
  }
  return options;
}
