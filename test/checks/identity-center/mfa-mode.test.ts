import { test } from '@jest/globals';
import check from '../../../checks/identity-center/mfa-mode.ts';
import { buildIdentityCenterInstance } from '../../../src/testing/builders/identity-center.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const cases = checkCases(check, {
  clean: [
    {
      name: 'an instance: a person has to look',
      evidence: { 'identity-center.organization-instances': [buildIdentityCenterInstance()] },
    },
  ],
  failing: [],
  notApplicable: [
    { name: 'no instance: nothing to ask', evidence: { 'identity-center.organization-instances': [] } },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
