import { defineCheck } from '../../src/model/check.ts';

const organizationReasons: readonly (string | null)[] = [
  'AWS_SERVICE_ACCESS_DISABLED',
  'DELEGATED_ADMINISTRATOR_DEREGISTERED',
];

export default defineCheck({
  meta: {
    id: 'eyes/disabled-analyzer',
    title: 'Every Access Analyzer is active',
    failureTitle: 'Access Analyzer is not active',
    description:
      'IAM Access Analyzer reports resources and roles that outsiders can reach. When its trusted access is turned off or its delegated administrator is removed, the analyzer stays in place and says why it stopped: proof, without CloudTrail, that somebody changed the organization.',
    kind: 'tampering',
    severity: 'high',
    raise: { 'created-by-incident': 'critical' },
    scope: 'region',
    requires: ['access-analyzer.analyzers'],
    tolerates: ['access-analyzer.analyzers'],
    population: 'analyzers',
    messages: {
      organization: 'Analyzer {analyzer} ({type}) is {status}: {reason}.',
      inactive: { text: 'Analyzer {analyzer} ({type}) is {status}: {reason}.', severity: 'medium' },
    },
    remediation: {
      actions: ['trusted-service.enable', 'analyzer.recreate'],
      why: 'With trusted access on, the analyzer works again or is made anew.',
      cautions: ['Findings of a deleted analyzer are gone at once: export them first.'],
    },
    techniques: ['T1685'],
    frameworks: { 'CIS AWS 7.0': ['2.18'], 'NIST 800-53 r5': ['CA-7', 'SI-4'], 'NIST CSF 2.0': ['DE.CM-09'] },
    references: ['https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_AnalyzerSummary.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['access-analyzer.analyzers'].length,
  *evaluate(evidence) {
    for (const [index, analyzer] of evidence['access-analyzer.analyzers'].entries()) {
      if (analyzer.status === 'ACTIVE' || analyzer.status === 'CREATING') {
        continue;
      }
      yield {
        messageId: organizationReasons.includes(analyzer.statusReason) ? 'organization' : 'inactive',
        subject: { arn: analyzer.arn, type: 'analyzer', name: analyzer.name },
        data: {
          analyzer: analyzer.name,
          type: analyzer.type,
          status: analyzer.status,
          reason: analyzer.statusReason ?? 'no reason is given',
        },
        evidence: [{ key: 'access-analyzer.analyzers', pointer: `/${index}` }],
      };
    }
  },
});
