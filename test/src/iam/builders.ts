import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parsePolicyDocument } from '../../../src/iam/parse-policy-document.ts';
import type { PowerSubject } from '../../../src/iam/power-subject.ts';
import type {
  NamedPolicy,
  PolicyDocument,
  PolicySet,
  PolicySource,
} from '../../../src/model/policy-document.ts';

export const accountId = '111122223333';
export const user = (name = 'alice'): PowerSubject => subjectOf(`user/${name}`);
export const role = (name = 'worker'): PowerSubject => subjectOf(`role/${name}`);

export const subjectOf = (resource: string): PowerSubject => ({
  accountId,
  partition: 'aws',
  principalArn: `arn:aws:iam::${accountId}:${resource}`,
  groupArns: [`arn:aws:iam::${accountId}:group/staff`],
  asOf: '2026-11-21T00:00:00Z',
});

export const documentOf = (value: unknown): PolicyDocument => {
  const parsed = parsePolicyDocument(typeof value === 'string' ? value : JSON.stringify(value));
  if (!parsed.ok) {
    throw new Error(parsed.problem);
  }
  return parsed.document;
};

export interface StatementText {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
}

export const statements = (...texts: readonly StatementText[]): PolicyDocument =>
  documentOf({ Version: '2012-10-17', Statement: texts });

export const policy = (
  name: string,
  document: PolicyDocument | null,
  source: PolicySource = 'inline',
  arn?: string,
): NamedPolicy => ({ name, source, document, ...(arn === undefined ? {} : { arn }) });

export const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*') =>
  ({ Effect: 'Allow', Action, Resource }) as const;

export const deny = (Action: string | readonly string[], Resource: string | readonly string[] = '*') =>
  ({ Effect: 'Deny', Action, Resource }) as const;

export const identity = (...texts: readonly StatementText[]): PolicySet => ({
  identity: [policy('inline', statements(...texts))],
  boundary: null,
  serviceControl: null,
});

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

const sharedDataFolder = process.env['AFTERLEAK_DATA'] ?? path.join(root, '..', 'shared', 'data');

/** The text of a shared data file; null, with a message, where the folder is not there. */
export const sharedData = (...parts: readonly string[]): Buffer | null => {
  const file = path.join(sharedDataFolder, ...parts);
  if (!existsSync(file)) {
    console.log(`not checked against ${parts.join('/')}: no shared data folder here`);
    return null;
  }
  return readFileSync(file);
};
