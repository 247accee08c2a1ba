import type { Dependents } from '../model/dependents.ts';
import { defineDerivation } from '../model/derivation.ts';
import { directoryDependents } from './dependents/directory-dependents.ts';
import { byText } from './support/by-text.ts';

/** Without the instances nothing of Identity Center can be named to its API: they are required. */
export default defineDerivation({
  key: 'dependents.organization',
  inputs: ['identity-center.organization-instances'],
  optional: [
    'identity-center.permission-sets',
    'identity-center.assignments',
    'identity-store.users',
    'identity-store.groups',
    'identity-store.memberships',
  ],
  compute: (evidence, context): readonly Dependents[] =>
    [...directoryDependents(evidence['identity-center.organization-instances'], evidence, context)].sort(
      byText(({ arn }) => arn),
    ),
});
