import { describe, expect, test } from '@jest/globals';
import { derivations } from '../../../src/derive/index.ts';
import { evidenceScopes, isEvidenceKey } from '../../../src/model/evidence-catalog.ts';

const ranks = { region: 0, account: 1, organization: 2 } as const;
const rankOf = (key: string) => (isEvidenceKey(key) ? ranks[evidenceScopes[key]] : -1);

describe('the list of derivations', () => {
  test('is sorted and holds each key once', () => {
    const keys = derivations.map(({ key }) => key);
    expect(keys).toEqual([...new Set(keys)].sort());
  });

  test.each(derivations.map((derivation) => [derivation.key, derivation] as const))(
    '%s asks only for facts of its own or an enclosing scope, and ignores only what is optional',
    (key, { inputs, optional = [], ignorable = [] }) => {
      const asked = [...inputs, ...optional];
      expect(asked.length).toBeGreaterThan(0);
      expect(asked.filter((input) => rankOf(input) < rankOf(key))).toEqual([]);
      expect(ignorable.filter((input) => !optional.includes(input))).toEqual([]);
    },
  );
});
