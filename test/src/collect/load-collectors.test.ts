import { describe, expect, test } from '@jest/globals';
import { CollectorError, checkCollectors, loadCollectors } from '../../../src/collect/load-collectors.ts';
import { orderCollectors, selectCollectors } from '../../../src/collect/order-collectors.ts';
import { collectedKeys } from '../../../src/model/evidence-catalog.ts';
import { fakeCollector } from '../../support/collect-bench.ts';

const roots = fakeCollector('organizations.roots', () => []);

describe('loading', () => {
  test('every collected key has exactly one collector, sorted by key', async () => {
    const keys = (await loadCollectors()).map(({ key }) => key);
    expect(keys).toEqual(collectedKeys.toSorted());
  });

  test('all of them can be put into an order', async () => {
    const collectors = await loadCollectors();
    expect(orderCollectors(collectors).flat()).toHaveLength(collectors.length);
  });

  test('helpers without a default export are left alone', () => {
    expect(checkCollectors([{ file: 'helper.ts', value: undefined }])).toEqual([]);
  });

  test.each([
    ['no object', 'text'],
    ['unknown key', { ...roots, key: 'iam.nothing' }],
    ['unknown vantage', { ...roots, vantage: 'anywhere' }],
    ['no operations', { ...roots, operations: [] }],
    ['no function', { ...roots, collect: null }],
    ['odd dependencies', { ...roots, dependsOn: ['iam.nothing'] }],
  ])('%s is an error that names the file', (_name, value) => {
    expect(() => checkCollectors([{ file: 'organizations/roots.ts', value }])).toThrow(
      /^organizations\/roots\.ts/,
    );
  });

  test('two collectors of one key are an error that names both files', () => {
    const modules = [
      { file: 'a.ts', value: roots },
      { file: 'b.ts', value: roots },
    ];
    expect(() => checkCollectors(modules)).toThrow('b.ts: organizations.roots is already collected by a.ts');
  });
});

describe('order', () => {
  const policies = fakeCollector('organizations.policies', () => [], { dependsOn: ['organizations.roots'] });

  test('what is needed comes first', () => {
    expect(orderCollectors([policies, roots]).map((group) => group.map(({ key }) => key))).toEqual([
      ['organizations.roots'],
      ['organizations.policies'],
    ]);
  });

  test('a circle, a missing and a narrower dependency are errors', () => {
    const circle = fakeCollector('organizations.roots', () => [], { dependsOn: ['organizations.policies'] });
    expect(() => orderCollectors([policies, circle])).toThrow('wait for each other');
    expect(() => orderCollectors([policies])).toThrow('organizations.roots, which is not collected');
    const wide = fakeCollector('organizations.accounts', () => [], { dependsOn: ['lambda.functions'] });
    expect(() => orderCollectors([wide, fakeCollector('lambda.functions', () => [])])).toThrow(
      'narrower scope',
    );
  });

  test('selecting brings what is needed, and nothing else', () => {
    const all = [
      policies,
      roots,
      fakeCollector('account.regions', () => []),
      fakeCollector('iam.role-settings', () => []),
    ];
    expect(selectCollectors(all, ['organizations.policies']).map(({ key }) => key)).toEqual([
      'account.regions',
      'organizations.policies',
      'organizations.roots',
    ]);
    expect(() => selectCollectors(all, ['iam.access-keys'])).toThrow(CollectorError);
  });
});
