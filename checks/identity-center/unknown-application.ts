import { isInIncident } from '../../src/model/applicability.ts';
import { baselineStandings } from '../../src/model/baseline-standing.ts';
import { defineCheck } from '../../src/model/check.ts';
import { isCustomerApplication } from '../../src/model/identity-center-application.ts';
import { applicationSubject } from '../../src/model/identity-center-subject.ts';
import { listText } from '../../src/model/list-text.ts';

export default defineCheck({
  meta: {
    id: 'identity-center/unknown-application',
    title: 'Every application of Identity Center is known',
    failureTitle: 'Unknown application in Identity Center',
    description:
      'An application gets tokens for the people who sign in to it, and with a token exchange or another grant it can act for them outside AWS’s console. An intruder’s application that a person once agreed to goes on without any AWS key. Applications that AWS services make for themselves are told apart; those of the customer deserve a name and an owner.',
    kind: 'residue',
    severity: 'medium',
    raise: {
      'in-window': 'critical',
      'not-in-baseline': 'high',
      'changed-since-baseline': 'high',
      'created-by-incident': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'organization',
    requires: ['identity-center.applications'],
    optional: ['resources.organization'],
    tolerates: ['identity-center.applications'],
    population: 'applications',
    messages: {
      customer:
        'Nobody named application {application} ({status}, provider {provider}, made {createdAt}) as known; its grants: {grants}.',
      awsManaged: {
        text: 'Application {application} ({status}) of AWS service provider {provider} was made {createdAt}; nobody named it as known.',
        severity: 'info',
      },
      outside: {
        text: 'Application {application} belongs to account {owner}, which is not in the organization; its grants: {grants}.',
        severity: 'critical',
      },
    },
    remediation: {
      actions: ['identity-center.application-delete'],
      why: 'Without the application its tokens cannot be renewed.',
      cautions: [
        'Delete its grants and assignments first; tokens that it holds work for up to an hour.',
        'Keep its redirect addresses: they name the intruder’s host.',
      ],
    },
    techniques: ['T1671', 'T1550.001', 'T1098'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'CM-8'], 'NIST CSF 2.0': ['ID.AM-02', 'PR.AA-05'] },
    references: ['https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_Application.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['identity-center.applications'].length,
  *evaluate(evidence, { baseline, incident, organizationAccountIds }) {
    const standingOf = baselineStandings(baseline, evidence['resources.organization']);
    for (const [index, application] of evidence['identity-center.applications'].entries()) {
      const { arn, name, ownerAccountId: owner, providerArn, createdAt } = application;
      const isOutside = organizationAccountIds !== null && !organizationAccountIds.has(owner);
      const isReviewed = standingOf('application', arn) === 'reviewed' && !isInIncident(createdAt, incident);
      if (isReviewed && !isOutside) {
        continue;
      }
      const kind = isCustomerApplication(application) ? 'customer' : 'awsManaged';
      yield {
        messageId: isOutside ? 'outside' : kind,
        subject: applicationSubject(application),
        data: {
          application: name === '' ? arn : name,
          status: application.status,
          provider: providerArn.split('/').slice(1).join('/'),
          createdAt: createdAt ?? 'at an unknown time',
          owner,
          grants: listText(application.grants),
        },
        evidence: [{ key: 'identity-center.applications', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'It holds tokens of the people who use it.' },
      };
    }
  },
});
