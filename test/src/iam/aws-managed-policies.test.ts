import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { powerOf } from '../../../src/iam/power-of.ts';
import type { PolicyDocument } from '../../../src/model/policy-document.ts';
import type { Power } from '../../../src/model/power.ts';
import { documentOf, policy, role, sharedData } from './builders.ts';

const load = (): ReadonlyMap<string, PolicyDocument> => {
  const packed = sharedData('aws-managed-policies', 'managed_policies.jsonl.gz');
  const lines = packed === null ? [] : gunzipSync(packed).toString('utf8').trim().split('\n');
  return new Map(
    lines.map((line) => {
      const { name, document } = JSON.parse(line);
      return [name, documentOf(document)];
    }),
  );
};

interface Export {
  readonly Policies: readonly {
    readonly PolicyName: string;
    readonly Arn: string;
    readonly PolicyVersionList: readonly { readonly Document: unknown }[];
  }[];
}

/** The archive lacks the two best known ones; an account's export has them. */
const loadExported = (): ReadonlyMap<string, PolicyDocument> => {
  const text = sharedData('authorization-details', 'iam-vulnerable-account.authz-details.json');
  const details: Export = text === null ? { Policies: [] } : JSON.parse(text.toString('utf8'));
  return new Map(
    details.Policies.filter(({ Arn }) => Arn.includes('::aws:policy/')).map(
      ({ PolicyName, PolicyVersionList }) => [PolicyName, documentOf(PolicyVersionList[0]?.Document)],
    ),
  );
};

describe('AWS managed policies', () => {
  const archive = load();
  const documents: ReadonlyMap<string, PolicyDocument> = new Map([...loadExported(), ...archive]);

  /** Null only where there is no data at all: a name that the data lacks is a mistake of the test. */
  const powerWith = (name: string): Power | null => {
    const document = documents.get(name);
    if (document === undefined && documents.size > 0) {
      throw new Error(`${name} is not in the data`);
    }
    return document === undefined
      ? null
      : powerOf(
          {
            identity: [policy(name, document, 'managed', `arn:aws:iam::aws:policy/${name}`)],
            boundary: null,
            serviceControl: null,
          },
          role(),
        );
  };

  test('every one is understood in full', () => {
    const strange = [...documents].filter(
      ([, { unsupported, statements }]) =>
        unsupported.length > 0 || statements.some((statement) => statement.unsupported.length > 0),
    );
    expect(strange.map(([name]) => name)).toEqual([]);
    expect(archive.size === 0 || archive.size > 1600).toBe(true);
  });

  test.each([
    ['AdministratorAccess', 'yes', 'all-actions'],
    ['IAMFullAccess', 'yes', 'all-iam'],
    ['PowerUserAccess', 'no', null],
    ['ReadOnlyAccess', 'no', null],
    ['SecurityAudit', 'no', null],
    ['ViewOnlyAccess', 'no', null],
  ])('%s: administrator %s', (name, administrator, by) => {
    const power = powerWith(name);
    expect([power?.administrator ?? administrator, power === null ? by : power.administratorBy]).toEqual([
      administrator,
      by,
    ]);
  });

  test.each([
    ['SecurityAudit', true],
    ['ViewOnlyAccess', true],
    ['AdministratorAccess', false],
    ['PowerUserAccess', false],
    ['AWSLambdaBasicExecutionRole', false],
  ])('%s reads only: %s', (name, expected) => {
    expect(powerWith(name)?.readsOnly ?? expected).toBe(expected);
  });

  test.each([
    'SecurityAudit',
    'ViewOnlyAccess',
    'AWSLambdaBasicExecutionRole',
    'AmazonSSMManagedInstanceCore',
  ])('%s leads nowhere', (name) => {
    const power = powerWith(name);
    expect([power?.escalationPaths ?? [], power?.mintsCredentials ?? []]).toEqual([[], []]);
  });

  test('the power of all of them is found in seconds', () => {
    const started = process.hrtime.bigint();
    const powers = [...documents.keys()].map(powerWith);
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    console.log(`power of ${powers.length} principals in ${seconds.toFixed(1)} s`);
    expect(powers).toHaveLength(documents.size);
    expect(seconds).toBeLessThan(60);
  });
});
