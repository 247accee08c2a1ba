import { describe, expect, test } from '@jest/globals';
import { identityProviderActions } from '../../../../src/plan/actions/identity-providers.ts';
import { argvOf, findingAt, keysOf, management, stepOf, stepsOf } from './identity-fixture.ts';

const remove = identityProviderActions['identity-provider.delete'];
const saml = { arn: `arn:aws:iam::${management}:saml-provider/evil`, type: 'saml-provider', name: 'evil' };
const oidc = {
  arn: `arn:aws:iam::${management}:oidc-provider/evil.example`,
  type: 'oidc-provider',
  name: 'evil.example',
};
const center = {
  arn: `arn:aws:iam::${management}:saml-provider/AWSSSO_0123_DO_NOT_DELETE`,
  type: 'saml-provider',
  name: 'AWSSSO_0123_DO_NOT_DELETE',
};

describe('identity-provider.delete', () => {
  test.each([
    [saml, ['iam', 'delete-saml-provider', '--saml-provider-arn', saml.arn], 'iam:DeleteSAMLProvider'],
    [
      oidc,
      ['iam', 'delete-open-id-connect-provider', '--open-id-connect-provider-arn', oidc.arn],
      'iam:DeleteOpenIDConnectProvider',
    ],
  ] as const)('shuts the door that the intruder made: $type', (subject, argv, permission) => {
    const steps = stepsOf(remove, 'identity-provider.delete', findingAt(subject, 'eradicate'));
    expect(keysOf(steps)).toEqual([`preserve:${subject.arn}`, `delete:${subject.arn}`]);
    const step = stepOf(steps, `delete:${subject.arn}`);
    expect(argvOf(step.commands)).toEqual([argv]);
    expect(step.permissions).toContain(permission);
    expect(step.stage).toBe('cut-re-entry');
    expect(step.confirm[0]).toMatchObject({ compare: 'absent', expected: 'NoSuchEntity' });
  });

  test('the provider of Identity Center is never deleted; an altered one is put back by hand', () => {
    for (const finding of [
      findingAt(center, 'eradicate'),
      findingAt(center, 'restore'),
      findingAt(saml, 'restore'),
    ]) {
      const steps = stepsOf(remove, 'identity-provider.delete', finding);
      expect(steps).toHaveLength(1);
      expect(steps[0]).toMatchObject({ commands: [], stage: 'recover' });
    }
  });

  test.each(['explain', 'rotate', 'harden'] as const)(
    'nothing is deleted when the decision is %s',
    (proof) => {
      expect(stepsOf(remove, 'identity-provider.delete', findingAt(saml, proof))).toEqual([]);
    },
  );
});
