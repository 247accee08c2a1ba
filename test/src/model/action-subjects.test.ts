import { describe, expect, test } from '@jest/globals';
import { actionIds } from '../../../src/model/action-id.ts';
import { actionsFor } from '../../../src/model/action-subjects.ts';

describe('actions that fit', () => {
  test('a group is not removed as a user', () => {
    expect(actionsFor(['user.delete', 'group.delete', 'role.delete'], 'iam-group', 'explain')).toEqual([
      'group.delete',
    ]);
  });

  test('what is merely weak is never removed, contained or frozen', () => {
    const harsh = actionsFor(actionIds, 'iam-role', 'harden').filter((id) =>
      /delete|contain|freeze|revoke/.test(id),
    );
    expect(harsh).toEqual([]);
    expect(
      actionsFor(['principal.contain', 'principal.reduce', 'role.delete'], 'iam-role', 'harden'),
    ).toEqual(['principal.reduce']);
  });

  test('what is to be put back is not deleted', () => {
    expect(actionsFor(['function.delete', 'function.restore'], 'lambda-function', 'restore')).toEqual([
      'function.restore',
    ]);
  });

  test('a type that no action is tied to gets what the check offers', () => {
    expect(actionsFor(['user.delete'], 'region', 'explain')).toEqual(['user.delete']);
  });

  test('a compromised principal is contained, never removed', () => {
    expect(
      actionsFor(['principal.contain', 'session.revoke', 'user.delete'], 'iam-user', 'contain-and-rotate'),
    ).toEqual(['principal.contain', 'session.revoke']);
  });
});
