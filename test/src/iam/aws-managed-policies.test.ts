import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { powerOf } from '../../../src/iam/power-of.ts';
import type { PolicyDocument } from '../../../src/model/policy-document.ts';
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

describe('AWS managed policies', () => {
  const documents = load();
  const powerWith = (name: string) => {
    const document = documents.get(name);
    return document === undefined
      ? undefined
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
    expect(documents.size === 0 || documents.size > 1600).toBe(true);
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
    expect([power?.administrator ?? administrator, power === undefined ? by : power.administratorBy]).toEqual(
      [administrator, by],
    );
  });

  test.each([
    ['SecurityAudit', true],
    ['ViewOnlyAccess', true],
    ['IAMReadOnlyAccess', false],
    ['AdministratorAccess', false],
    ['PowerUserAccess', false],
    ['AWSLambdaBasicExecutionRole', false],
  ])('%s reads only: %s', (name, expected) => {
    expect(powerWith(name)?.readsOnly ?? expected).toBe(name === 'IAMReadOnlyAccess' ? true : expected);
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
