import type { PlanCommand } from '../../../model/plan.ts';
import { sha256 } from '../../../model/sha256.ts';
import { command } from './command-line.ts';

type Options = Parameters<typeof command>[2];

/** A plain file name that no name from AWS can bend: type, digest of the ARN, part. */
export function savedFile(type: string, arn: string, part: string): string {
  const plain = (text: string): string => text.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 60);
  return `${plain(type)}-${sha256(arn).slice(0, 12)}-${plain(part)}.json`;
}

/** A read call whose answer is kept; what is not there needs no keeping. */
export function save(
  { type, arn }: { readonly type: string; readonly arn: string },
  part: string,
  [service, operation, options]: readonly [string, string, Options],
  accepts: readonly string[] = [],
): PlanCommand {
  return command(
    service,
    operation,
    { ...options, output: 'json' },
    {
      saveAs: savedFile(type, arn, part),
      ...(accepts.length === 0 ? {} : { accepts: [...accepts] }),
    },
  );
}
