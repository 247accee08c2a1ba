import type { Dependents } from '../model/dependents.ts';
import { defineDerivation } from '../model/derivation.ts';
import { byName } from './dependents/by-name.ts';
import {
  groupDependents,
  policyDependents,
  roleDependents,
  userDependents,
} from './dependents/iam-dependents.ts';
import { userCredentials } from './dependents/user-credentials.ts';
import { byText } from './support/by-text.ts';

/** AWS managed policies are everybody's and nobody's: they are left out. */
export default defineDerivation({
  key: 'dependents.account',
  inputs: ['iam.authorization-details'],
  optional: [
    'iam.access-keys',
    'iam.login-profiles',
    'iam.mfa-devices',
    'iam.service-specific-credentials',
    'iam.ssh-public-keys',
    'iam.signing-certificates',
  ],
  compute: (evidence, context): readonly Dependents[] => {
    const accountId = context.unit.accountId ?? '';
    const details = evidence['iam.authorization-details'];
    const credentialsOf = userCredentials(details.users, evidence, context);
    const membersOf = byName(
      details.users.flatMap(({ name, groups }) => groups.map((group) => ({ name, group }))),
      ({ group }) => group,
    );
    const policyOf = policyDependents(details, accountId);
    return [
      ...details.users.map((user) => userDependents(user, credentialsOf(user), accountId)),
      ...details.groups.map((group) => {
        const members = membersOf(group.name).map(({ name }) => name);
        return groupDependents(group, members.sort(), accountId);
      }),
      ...details.roles.map((role) => roleDependents(role, accountId)),
      ...details.policies.filter(({ awsManaged }) => !awsManaged).map(policyOf),
    ].sort(byText(({ arn }) => arn));
  },
});
