const digits = new Intl.NumberFormat('en-US');

export function formatNumber(value: number): string {
  return digits.format(value);
}

/** `1 account`, `12 accounts`. */
export function countOf(value: number, one: string, many: string): string {
  return `${formatNumber(value)} ${value === 1 ? one : many}`;
}

/** `2026-11-03T11:40:00.000Z` becomes `2026-11-03 11:40 UTC`; anything else stays as it is. */
export function formatTime(time: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z$/.exec(time);
  return match === null ? time : `${match[1]} ${match[2]} UTC`;
}

/** `a, b and c`. */
export function listOf(values: readonly string[]): string {
  const last = values.at(-1);
  if (last === undefined) {
    return '';
  }
  return values.length === 1 ? last : `${values.slice(0, -1).join(', ')} and ${last}`;
}

/** Splits our own prose at line breaks, so that a line break that is left in a text is a stranger's. */
export function linesOf(prose: string): readonly string[] {
  return prose
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.length > 0);
}

export function compareText(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}

const acronyms: Readonly<Record<string, string>> = {
  api: 'API',
  arn: 'ARN',
  iam: 'IAM',
  mfa: 'MFA',
  oidc: 'OIDC',
  saml: 'SAML',
  scp: 'SCP',
  ssh: 'SSH',
  url: 'URL',
  cloudtrail: 'CloudTrail',
  lambda: 'Lambda',
};

/** `iam-user` becomes `IAM user`. */
export function typeLabel(type: string): string {
  const words = type.split('-').map((word) => acronyms[word] ?? word);
  const label = words.join(' ');
  return label.charAt(0).toUpperCase() + label.slice(1);
}
