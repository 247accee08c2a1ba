import { defineCheck } from '../../src/model/check.ts';
import { isCustomerApplication } from '../../src/model/identity-center-application.ts';
import { applicationSubject } from '../../src/model/identity-center-subject.ts';

export default defineCheck({
  meta: {
    id: 'identity-center/open-application',
    title: 'Every application asks for an assignment',
    failureTitle: 'Every directory user may use the application',
    description:
      'With the assignment requirement off, each user of the directory may sign in to the application, also one that the intruder made a minute ago. Some applications of AWS services are meant to work so; one of the customer seldom is.',
    kind: 'hardening',
    severity: 'medium',
    raise: { 'in-window': 'high', 'changed-since-baseline': 'high', 'created-by-incident': 'critical' },
    scope: 'organization',
    requires: ['identity-center.applications'],
    tolerates: ['identity-center.applications'],
    population: 'applications',
    messages: {
      open: 'Application {application} needs no assignment: every directory user may use it.',
      awsManaged: {
        text: 'Application {application} of an AWS service needs no assignment: every directory user may use it.',
        severity: 'info',
      },
    },
    remediation: {
      actions: ['identity-center.application-restrict'],
      why: 'Only those who are assigned may use it.',
      cautions: ['Assign the people who need it first.'],
    },
    techniques: ['T1078.004'],
    frameworks: { 'NIST 800-53 r5': ['AC-3', 'AC-6'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: [
      'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PutApplicationAssignmentConfiguration.html',
    ],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['identity-center.applications'].length,
  *evaluate(evidence) {
    for (const [index, application] of evidence['identity-center.applications'].entries()) {
      if (application.assignmentRequired === false) {
        yield {
          messageId: isCustomerApplication(application) ? 'open' : 'awsManaged',
          subject: applicationSubject(application),
          data: { application: application.name === '' ? application.arn : application.name },
          evidence: [{ key: 'identity-center.applications', pointer: `/${index}/assignmentRequired` }],
        };
      }
    }
  },
});
