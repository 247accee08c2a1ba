import { describe, expect, test } from '@jest/globals';
import { coverageOf } from '../../../src/engine/coverage.ts';
import { first, second, sourceOf } from './small-audit.ts';

function regionsTold(regions: Readonly<Record<string, readonly string[]>>) {
  const { manifest } = sourceOf({ stored: [] });
  const accounts = manifest.accounts.map((account) => ({
    ...account,
    regions: regions[account.accountId] ?? [],
  }));
  return Object.fromEntries(
    coverageOf({ ...manifest, accounts })
      .summary()
      .byAccount.map((account) => [account.accountId, account.regions ?? 'those of the scope']),
  );
}

describe('regions of accounts', () => {
  test('are not repeated where they are those of the scope', () => {
    expect(
      regionsTold({ [first]: ['eu-west-1', 'us-east-1'], [second]: ['us-east-1', 'eu-west-1'] }),
    ).toEqual({
      [first]: 'those of the scope',
      [second]: 'those of the scope',
    });
  });

  test('are told of an account that has fewer', () => {
    expect(regionsTold({ [first]: ['us-east-1', 'ap-east-1'], [second]: ['us-east-1'] })).toEqual({
      [first]: 'those of the scope',
      [second]: ['us-east-1'],
    });
  });
});
