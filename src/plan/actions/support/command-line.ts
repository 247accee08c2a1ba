import type { PlanCommand } from '../../../model/plan.ts';

type OptionValue = string | number | true | null | undefined;

/**
 * One option as arguments. A value that starts with a dash (IAM allows such names) would be taken for an option of its
 * own, so it is bound by `=`.
 */
function option(name: string, value: OptionValue): readonly string[] {
  const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  if (value === null || value === undefined) {
    return [];
  }
  if (value === true) {
    return [flag];
  }
  const text = String(value);
  return text.startsWith('-') ? [`${flag}=${text}`] : [flag, text];
}

/** Arguments of one call: service, operation, then the options in the order given (`userName` is `--user-name`). */
export function argumentsOf(
  service: string,
  operation: string,
  options: Readonly<Record<string, OptionValue>>,
): string[] {
  return [service, operation, ...Object.entries(options).flatMap(([name, value]) => option(name, value))];
}

type Extras = Omit<PlanCommand, 'argv'>;

export function command(
  service: string,
  operation: string,
  options: Readonly<Record<string, OptionValue>>,
  extras: Extras = {},
): PlanCommand {
  return { argv: argumentsOf(service, operation, options), ...extras };
}

/** A call whose aim may have been reached already. */
export function unlessGone(
  service: string,
  operation: string,
  options: Readonly<Record<string, OptionValue>>,
): PlanCommand {
  return command(service, operation, options, { accepts: [goneCodeOf(service)] });
}

export function goneCodeOf(service: string): string {
  return service === 'iam' ? 'NoSuchEntity' : 'ResourceNotFoundException';
}

/** A text inside a `--query`: as a JSON literal, so that no quote in it can end it. */
export function queryText(value: string): string {
  return `\`${JSON.stringify(value).replaceAll('`', '\\`')}\``;
}

/** Abbreviations that the names of IAM's operations write in capitals. */
const capitals: Readonly<Record<string, string>> = {
  mfa: 'MFA',
  saml: 'SAML',
  ssh: 'SSH',
};

const services: Readonly<Record<string, string>> = { 'sso-admin': 'sso' };

/** The IAM action that a call of the CLI needs: `iam put-user-policy` → `iam:PutUserPolicy`. */
export function permissionOf(argv: readonly string[]): string {
  const [service = '', operation = ''] = argv;
  const name = operation
    .replace('open-id-connect', 'open-i-d-connect')
    .split('-')
    .map((word) => capitals[word] ?? `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');
  return `${services[service] ?? service}:${name}`;
}
