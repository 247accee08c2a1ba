import { defineCheck } from '../../src/model/check.ts';
import { accountSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'eyes/missing-organization-trail',
    title: 'The management account has an organization trail that is logging',
    failureTitle: 'No organization trail',
    description:
      'An organization trail records every member account, also those that are made later, and no member can stop it. Without it each account’s log is as safe as that account’s administrators. Turning off trusted access for CloudTrail removes it from the members.',
    kind: 'hardening',
    severity: 'high',
    scope: 'account',
    requires: ['cloudtrail.trails'],
    population: 'trails',
    messages: {
      none: 'The management account {account} has no organization trail.',
      notLogging: 'No organization trail of the management account {account} is logging.',
    },
    remediation: {
      actions: ['trusted-service.enable', 'trail.restore'],
      why: 'Members are recorded whatever happens inside them.',
      cautions: ['Enable trusted access for CloudTrail first; then check the status in every region.'],
    },
    techniques: ['T1685.002'],
    frameworks: {
      'NIST 800-53 r5': ['AU-2', 'AU-9', 'AU-12'],
      'NIST CSF 2.0': ['PR.PS-04', 'DE.CM-09'],
    },
    references: [
      'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html',
    ],
    since: '0.1.0',
  },
  appliesTo: ({ unit, managementAccountId }) => {
    if (managementAccountId === null) {
      return 'The account is in no organization, or the organization is not in scope.';
    }
    return managementAccountId === unit.accountId ? null : 'Not the management account.';
  },
  examined: (evidence) => evidence['cloudtrail.trails'].length,
  *evaluate(evidence, { unit }) {
    const ofOrganization = evidence['cloudtrail.trails'].filter(({ organizationTrail }) => organizationTrail);
    if (!ofOrganization.some(({ logging }) => logging)) {
      const subject = accountSubject(unit);
      const messageId = ofOrganization.length === 0 ? 'none' : 'notLogging';
      yield { messageId, subject, data: { account: subject.name } };
    }
  },
});
