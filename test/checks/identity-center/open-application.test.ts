import { test } from '@jest/globals';
import check from '../../../checks/identity-center/open-application.ts';
import { buildApplication } from '../../../src/testing/builders/identity-center.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const open = buildApplication({ assignmentRequired: false });
const aws = buildApplication({
  name: '',
  providerArn: 'arn:aws:sso::aws:applicationProvider/qdeveloper',
  assignmentRequired: false,
});

const cases = checkCases(check, {
  clean: [
    { name: 'none', evidence: { 'identity-center.applications': [] } },
    { name: 'assignment required', evidence: { 'identity-center.applications': [buildApplication()] } },
  ],
  failing: [
    {
      name: 'for everybody',
      evidence: { 'identity-center.applications': [open, aws, buildApplication({ name: 'closed' })] },
      sightings: [
        { messageId: 'open', arn: open.arn },
        { messageId: 'awsManaged', arn: aws.arn },
      ],
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
