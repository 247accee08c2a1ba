import { describe, expect, test } from '@jest/globals';
import { pathfindingRules } from '../../../src/iam/pathfinding-rules.ts';
import { powerOf } from '../../../src/iam/power-of.ts';
import type { PolicySet } from '../../../src/model/policy-document.ts';
import { accountId, allow, policy, role, sharedData, statements, user } from './builders.ts';

interface PublishedPath {
  readonly id: string;
  readonly permissions: { readonly required: readonly { readonly permission: string }[] };
}

const published = (): readonly PublishedPath[] => {
  const text = sharedData('pathfinding', 'paths.json');
  return text === null ? [] : JSON.parse(text.toString('utf8'));
};

/** What the list requires and we do not, because it only helps to find a target. */
const notRequired = new Set(['ec2instanceconnect-003 ec2:DescribeInstances']);

const setOf = (actions: readonly string[]): PolicySet => ({
  identity: [
    policy(
      'minimal',
      actions.length === 0 ? statements() : statements(allow(actions)),
      'managed',
      `arn:aws:iam::${accountId}:policy/minimal`,
    ),
  ],
  boundary: null,
  serviceControl: null,
});

const callerOf = (id: string) => (['iam-005', 'iam-009'].includes(id) ? role() : user());

const pathsOf = (id: string, actions: readonly string[]) =>
  powerOf(setOf(actions), callerOf(id)).escalationPaths;

describe('pathfinding.cloud', () => {
  test('every published path is known, with the actions it requires', () => {
    const paths = published();
    const expected = paths.map(({ id, permissions }) => ({
      id,
      actions: permissions.required
        .map(({ permission }) => permission)
        .filter((action) => !notRequired.has(`${id} ${action}`))
        .sort(),
    }));
    const known = pathfindingRules.map(({ id, actions }) => ({ id, actions: [...actions].sort() }));
    const byId = (left: { id: string }, right: { id: string }) => (left.id < right.id ? -1 : 1);
    expect([...known].sort(byId)).toEqual(paths.length === 0 ? [...known].sort(byId) : expected.sort(byId));
    expect(known).toHaveLength(65);
  });

  test.each(pathfindingRules.map(({ id, actions }) => ({ id, actions })))(
    '$id is seen in its minimal policy and gone when one action is missing',
    ({ id, actions }) => {
      expect(pathsOf(id, actions).find((path) => path.id === id)?.verdict).toBe('allowed');
      for (const missing of actions) {
        const rest = actions.filter((action) => action !== missing);
        expect(pathsOf(id, rest).map((path) => path.id)).not.toContain(id);
      }
    },
  );
});
