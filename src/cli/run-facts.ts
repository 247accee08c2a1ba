import type { RunFacts } from '../pipeline/seal-run.ts';

/** Options whose value is a shared secret, or says where a private key lies. */
const secretOptions: ReadonlySet<string> = new Set(['--external-id', '--sign']);
/** `https://user:password@host`. */
const userInAddress = /(\w:\/\/)[^/@\s]+@/g;

/** The command line as run.json may keep it. */
export function withoutSecrets(argumentsGiven: readonly string[]): readonly string[] {
  return argumentsGiven.map((argument, index) => {
    const [name = ''] = argument.split('=');
    if (secretOptions.has(name) && argument.includes('=')) {
      return `${name}=(removed)`;
    }
    return secretOptions.has(argumentsGiven[index - 1] ?? '')
      ? '(removed)'
      : argument.replace(userInAddress, '$1(removed)@');
  });
}

export function runFacts(command: string): RunFacts {
  return {
    command,
    arguments: withoutSecrets(process.argv.slice(2)),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
}
