import { defineCheck } from '../../src/model/check.ts';
import { accountSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'eyes/unseen-organization-trail',
    title: 'The organization trail reaches the member account',
    failureTitle: 'No organization trail reaches the member account',
    description:
      'CloudTrail puts a copy of the organization trail into every member. A member without it is not recorded: trusted access for CloudTrail was turned off, the trail was made an account trail or deleted, or the account joined and the copy failed.',
    kind: 'hardening',
    severity: 'medium',
    scope: 'account',
    requires: ['cloudtrail.trails'],
    population: 'trails',
    messages: {
      ownOnly: 'Member account {account} has trails of its own but sees no organization trail.',
      unrecorded: {
        text: 'Member account {account} sees no organization trail and has no trail of its own.',
        severity: 'high',
      },
    },
    remediation: {
      actions: ['trusted-service.enable', 'trail.restore'],
      why: 'With trusted access on, CloudTrail puts the copy back into every member.',
      cautions: ['Find out in the management account what happened to the trail first.'],
    },
    techniques: ['T1685.002'],
    frameworks: { 'NIST 800-53 r5': ['AU-2', 'AU-12'], 'NIST CSF 2.0': ['PR.PS-04', 'DE.CM-09'] },
    references: [
      'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html',
    ],
    since: '0.1.0',
  },
  appliesTo: ({ unit, managementAccountId }) => {
    if (managementAccountId === null) {
      return 'The account is in no organization, or the organization is not in scope.';
    }
    return managementAccountId === unit.accountId ? 'This is the management account.' : null;
  },
  examined: (evidence) => evidence['cloudtrail.trails'].length,
  *evaluate(evidence, { unit }) {
    const trails = evidence['cloudtrail.trails'];
    if (!trails.some(({ organizationTrail }) => organizationTrail)) {
      const subject = accountSubject(unit);
      const messageId = trails.length === 0 ? 'unrecorded' : 'ownOnly';
      yield { messageId, subject, data: { account: subject.name } };
    }
  },
});
