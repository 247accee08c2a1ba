import { defineCheck } from '../../src/model/check.ts';
import { assignmentSubject } from '../../src/model/identity-center-subject.ts';
import { assignmentArn } from '../../src/model/resource-arn.ts';

export default defineCheck({
  meta: {
    id: 'identity-center/assignment-to-management-account',
    title: 'Nobody enters the management account through an everyday assignment',
    failureTitle: 'Identity Center lets people into the management account',
    description:
      'No control policy binds the management account, and whoever works there as an administrator holds every member. The fewer people have a permanent assignment to it the better; two people for emergencies and a pipeline are enough. A delegated administrator of Identity Center cannot change these assignments.',
    kind: 'hardening',
    severity: 'low',
    raise: { 'in-window': 'critical', 'not-in-baseline': 'high', 'created-by-incident': 'critical' },
    scope: 'organization',
    requires: ['identity-center.assignments'],
    optional: [
      'identity-center.administrators',
      'identity-center.permission-sets',
      'identity-store.users',
      'identity-store.groups',
    ],
    tolerates: ['identity-center.assignments'],
    population: 'account assignments',
    messages: {
      administrator: {
        text: '{type} {holder} may enter the management account as an administrator, with permission set {set}.',
        severity: 'high',
      },
      unseen: {
        text: '{type} {holder} may enter the management account with permission set {set}, whose power could not be seen.',
        severity: 'medium',
      },
      other: '{type} {holder} may enter the management account with permission set {set}.',
    },
    remediation: {
      actions: ['identity-center.assignment-delete'],
      why: 'What is not assigned cannot be misused.',
      cautions: ['Keep a way in for emergencies that does not run through Identity Center.'],
    },
    techniques: ['T1078.004', 'T1098.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'AC-6'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices_mgmt-acct.html',
    ],
    since: '0.1.0',
  },
  appliesTo: ({ managementAccountId }) =>
    managementAccountId === null ? 'The management account is not known.' : null,
  examined: (evidence) => evidence['identity-center.assignments'].length,
  *evaluate(evidence, { managementAccountId }) {
    const judged = evidence['identity-center.administrators'];
    const administrators = new Map((judged ?? []).map((one) => [assignmentArn(one), one]));
    const harmless = judged === null ? 'unseen' : 'other';
    const names = new Map([
      ...(evidence['identity-center.permission-sets'] ?? []).map(({ arn, name }) => [arn, name] as const),
      ...(evidence['identity-store.users'] ?? []).map(({ id, userName }) => [id, userName] as const),
      ...(evidence['identity-store.groups'] ?? []).map(({ id, displayName }) => [id, displayName] as const),
    ]);
    for (const [index, assignment] of evidence['identity-center.assignments'].entries()) {
      if (assignment.accountId !== managementAccountId) {
        continue;
      }
      const subject = assignmentSubject(assignment);
      const administrator = administrators.get(subject.arn);
      yield {
        messageId: administrator === undefined ? harmless : 'administrator',
        subject,
        data: {
          type: assignment.principalType === 'USER' ? 'User' : 'Group',
          holder: names.get(assignment.principalId) ?? assignment.principalId,
          set: names.get(assignment.permissionSetArn) ?? assignment.permissionSetArn,
        },
        evidence: [{ key: 'identity-center.assignments', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'Its holders sign in through Identity Center.' },
      };
    }
  },
});
