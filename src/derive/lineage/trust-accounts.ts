import { policyText } from './policy-text.ts';

/** Accounts named in a trust policy; null: anybody. Unreadable text names nobody. */
export function trustedAccounts(document: string): ReadonlySet<string> | null {
  const principals = principalsOf(policyText(document)?.value);
  if (principals.includes('*')) {
    return null;
  }
  return new Set(principals.flatMap((principal) => /\b\d{12}\b/.exec(principal)?.[0] ?? []));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function principalsOf(document: unknown): readonly string[] {
  if (!isRecord(document)) {
    return [];
  }
  return list(document['Statement']).flatMap((statement) => {
    if (!isRecord(statement) || statement['Effect'] !== 'Allow') {
      return [];
    }
    const principal = statement['Principal'];
    const named = isRecord(principal) ? list(principal['AWS']) : [principal];
    return named.filter((item) => typeof item === 'string');
  });
}
