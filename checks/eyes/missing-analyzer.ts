import { defineCheck } from '../../src/model/check.ts';
import { regionSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'eyes/missing-analyzer',
    title: 'An external access analyzer works in the region',
    failureTitle: 'No external access analyzer of the account works in the region',
    description:
      'Access Analyzer works region by region. Without one for external access nobody is told when a role, bucket or key is opened to outsiders. An organization’s analyzer in another account may cover this one; that cannot be seen from here, so this is for information. Analyzers that an AWS service keeps for itself do not count.',
    kind: 'hardening',
    severity: 'info',
    scope: 'region',
    requires: ['access-analyzer.analyzers'],
    population: 'analyzers',
    messages: { none: 'Account {account} has no working external access analyzer of its own in {region}.' },
    remediation: {
      actions: ['analyzer.recreate'],
      why: 'An analyzer reports the next door that is opened.',
      cautions: ['One analyzer for the organization per region is enough.'],
    },
    techniques: ['T1199'],
    frameworks: { 'CIS AWS 7.0': ['2.18'], 'NIST 800-53 r5': ['CA-7', 'SI-4'], 'NIST CSF 2.0': ['DE.CM-09'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['access-analyzer.analyzers'].length,
  *evaluate(evidence, { unit }) {
    const works = evidence['access-analyzer.analyzers'].some(
      ({ type, status, managedBy }) =>
        managedBy === null && status === 'ACTIVE' && (type === 'ACCOUNT' || type === 'ORGANIZATION'),
    );
    if (!works) {
      const region = unit.region ?? '';
      const data = { account: unit.accountId ?? '', region };
      yield { messageId: 'none', subject: regionSubject(unit, region), data };
    }
  },
});
