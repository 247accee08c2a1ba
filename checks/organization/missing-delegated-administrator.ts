import { notInAnyBaseline } from '../../src/model/applicability.ts';
import { defineCheck } from '../../src/model/check.ts';
import { delegatedAdministratorArn } from '../../src/model/resource-arn.ts';

const accountInArn = /\/(\d{12})\/delegated-administrator$/;

export default defineCheck({
  meta: {
    id: 'organization/missing-delegated-administrator',
    title: 'Every delegated administrator of the baseline still is one',
    failureTitle: 'Delegated administrator of the baseline is gone',
    description:
      'The security account sees the members’ findings because services were delegated to it. Deregistering it blinds the team that would notice, and many services drop their organization-wide settings at that moment. Nothing but a baseline or CloudTrail’s events shows it.',
    kind: 'tampering',
    severity: 'high',
    scope: 'organization',
    requires: ['organizations.delegated-administrators'],
    population: 'delegated administrators of the baseline',
    messages: {
      gone: 'Account {account}, which the baseline of {capturedAt} holds as delegated administrator, is none any more.',
    },
    remediation: {
      actions: ['delegated-administrator.register', 'trusted-service.enable'],
      why: 'The account sees and configures the members again.',
      cautions: ['Several services want their administrator named in every region besides.'],
    },
    techniques: ['T1685'],
    frameworks: { 'NIST 800-53 r5': ['CM-6', 'SI-4'], 'NIST CSF 2.0': ['DE.CM-09'] },
    references: [
      'https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeregisterDelegatedAdministrator.html',
    ],
    since: '0.1.0',
  },
  appliesTo: (context) => notInAnyBaseline(context, 'delegated-administrator'),
  examined: (_evidence, { baseline }) => (baseline?.ofType('delegated-administrator') ?? []).length,
  *evaluate(evidence, { baseline }) {
    const present = new Set(
      evidence['organizations.delegated-administrators'].map(({ arn }) => delegatedAdministratorArn(arn)),
    );
    for (const { id } of baseline?.ofType('delegated-administrator') ?? []) {
      if (!present.has(id)) {
        const account = accountInArn.exec(id)?.[1] ?? id;
        yield {
          messageId: 'gone',
          subject: { arn: id, type: 'delegated-administrator', name: account },
          data: { account, capturedAt: baseline?.capturedAt ?? '' },
        };
      }
    }
  },
});
