import { defineCheck } from '../../src/model/check.ts';

export default defineCheck({
  meta: {
    id: 'identity-center/account-instance',
    title: 'No account has an Identity Center of its own',
    failureTitle: 'Account has an Identity Center instance of its own',
    description:
      'A member account can make an Identity Center instance for itself, with users, groups and applications that the organization’s directory does not know. It gives no access to accounts, but its users get tokens for applications and for AWS services that accept them. A control policy that denies `sso:CreateInstance` to members prevents it.',
    kind: 'residue',
    severity: 'medium',
    raise: {
      'in-window': 'critical',
      'not-in-baseline': 'high',
      'created-by-incident': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'region',
    requires: ['identity-center.instances'],
    tolerates: ['identity-center.instances'],
    population: 'instances of Identity Center that the account sees',
    messages: {
      own: 'Account {account} has the Identity Center instance {name} of its own in {region}, made {createdAt} ({status}).',
      unknownOrganization: {
        text: 'Account {account} owns the Identity Center instance {name} in {region}; whether it is the organization’s could not be seen.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['identity-center.instance-delete'],
      why: 'Its users and applications go with it.',
      cautions: ['Keep the list of its users and applications, and delete the applications first.'],
    },
    techniques: ['T1136.003', 'T1484.002'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'CM-7'], 'NIST CSF 2.0': ['PR.AA-01'] },
    references: [
      'https://docs.aws.amazon.com/singlesignon/latest/userguide/account-instances-identity-center.html',
    ],
    since: '0.1.0',
  },
  appliesTo: ({ unit, managementAccountId }) =>
    unit.accountId === managementAccountId
      ? 'The instance of the management account is the organization’s own.'
      : null,
  examined: (evidence) => evidence['identity-center.instances'].length,
  *evaluate(evidence, { unit, managementAccountId }) {
    for (const [index, instance] of evidence['identity-center.instances'].entries()) {
      const { arn, ownerAccountId, name, createdAt, status, region } = instance;
      if (ownerAccountId !== unit.accountId) {
        continue;
      }
      yield {
        messageId: managementAccountId === null ? 'unknownOrganization' : 'own',
        subject: { arn, type: 'identity-center-instance', name: name ?? arn },
        data: {
          account: ownerAccountId,
          name: name ?? arn,
          region,
          status,
          createdAt: createdAt ?? 'at an unknown time',
        },
        evidence: [{ key: 'identity-center.instances', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'It has users of its own.' },
      };
    }
  },
});
