import { describe, expect, test } from '@jest/globals';
import changes from '../../../src/derive/changes-during-sweep.ts';
import type { AuthorizationDetails } from '../../../src/model/evidence/iam.ts';
import {
  adminDocument,
  buildAuthorizationDetails,
  buildIamGroup,
  buildIamUser,
  buildManagedPolicy,
  buildPolicyVersion,
  buildRole,
} from '../../../src/testing/builders/iam.ts';
import { accountContext } from './derivation-contexts.ts';

function changesBetween(first: Partial<AuthorizationDetails>, closing: Partial<AuthorizationDetails>) {
  return changes
    .compute(
      {
        'iam.authorization-details': buildAuthorizationDetails(first),
        'iam.closing-authorization-details': buildAuthorizationDetails(closing),
      },
      accountContext,
    )
    .map(({ name, type, change }) => [name, type, change]);
}

describe('changes during the sweep', () => {
  test('are none when nothing changed, whatever the order and the last use', () => {
    const users = [buildIamUser(), buildIamUser({ name: 'bob' })];
    const used = { at: '2026-11-03T10:00:00.000Z', region: 'us-east-1' };
    expect(
      changesBetween(
        { users, roles: [buildRole()] },
        { users: [...users].reverse(), roles: [buildRole({ lastUsed: used })] },
      ),
    ).toEqual([]);
  });

  test('tell what was made, deleted, changed and made anew', () => {
    expect(
      changesBetween(
        {
          users: [buildIamUser({ name: 'gone' }), buildIamUser({ name: 'anew' })],
          groups: [buildIamGroup()],
        },
        {
          users: [
            buildIamUser({ name: 'anew', userId: 'AIDAOTHEREXAMPLEEXAMP' }),
            buildIamUser({ name: 'new' }),
          ],
          groups: [buildIamGroup({ inlinePolicies: [{ name: 'all', document: adminDocument }] })],
        },
      ),
    ).toEqual([
      ['developers', 'iam-group', 'changed'],
      ['anew', 'iam-user', 're-created'],
      ['gone', 'iam-user', 'deleted'],
      ['new', 'iam-user', 'created'],
    ]);
  });

  test('notice a policy version that is prepared and not yet the default', () => {
    const prepared = buildPolicyVersion({ versionId: 'v2', isDefault: false, document: adminDocument });
    expect(
      changesBetween(
        { policies: [buildManagedPolicy()] },
        { policies: [buildManagedPolicy({ versions: [buildPolicyVersion(), prepared] })] },
      ),
    ).toEqual([['application-access', 'iam-policy', 'changed']]);
  });
});
