import { defineCheck } from '../../src/model/check.ts';
import { trailSubject } from '../../src/model/subject.ts';
import {
  coversAllManagementEvents,
  type TrailCoverage,
  trailCoverage,
} from '../../src/model/trail-coverage.ts';

function messageFor({ reads, writes, filters, excludedSources }: TrailCoverage, isCovered: boolean) {
  const isFull = reads && writes && filters.length + excludedSources.length === 0;
  if (isFull) {
    return null;
  }
  if (isCovered) {
    return 'covered';
  }
  if (!writes) {
    return reads ? 'readOnly' : 'managementOff';
  }
  if (!reads) {
    return 'writeOnly';
  }
  return filters.length > 0 ? 'filtered' : 'excludedSources';
}

export default defineCheck({
  meta: {
    id: 'eyes/narrowed-trail',
    title: 'Every trail records all management events',
    failureTitle: 'Trail does not record all management events',
    description:
      'Selectors decide what a trail records. Narrowing them is quieter than stopping the trail: it goes on logging and delivers files. A trail without read events loses `AssumeRole`, which CloudTrail counts as a read, and with it the path from session to session; advanced selectors without one for management events record none at all.',
    kind: 'tampering',
    severity: 'high',
    raise: { 'changed-since-baseline': 'critical' },
    scope: 'account',
    requires: ['cloudtrail.trails'],
    tolerates: ['cloudtrail.trails'],
    population: 'trails',
    messages: {
      managementOff: { text: 'Trail {trail} records no management events.', severity: 'critical' },
      readOnly: { text: 'Trail {trail} records no writing management events.', severity: 'critical' },
      writeOnly: 'Trail {trail} records no reading management events, which AssumeRole is one of.',
      filtered: 'Trail {trail} drops management events by {filters}.',
      excludedSources: {
        text: 'Trail {trail} leaves out the management events of {sources}.',
        severity: 'low',
      },
      covered: {
        text: 'Trail {trail} does not record all management events; another trail does.',
        severity: 'info',
      },
    },
    remediation: {
      actions: ['trail.restore'],
      why: 'The complete set of selectors is written back.',
      cautions: ['Writing selectors replaces all of them: write the whole set, data events included.'],
    },
    techniques: ['T1685.002'],
    frameworks: { 'CIS AWS 7.0': ['4.1'], 'NIST 800-53 r5': ['AU-2', 'AU-12'], 'NIST CSF 2.0': ['PR.PS-04'] },
    references: ['https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['cloudtrail.trails'].length,
  *evaluate(evidence) {
    const isCovered = evidence['cloudtrail.trails'].some(coversAllManagementEvents);
    for (const [index, trail] of evidence['cloudtrail.trails'].entries()) {
      const coverage = trailCoverage(trail.selectors);
      const messageId = messageFor(coverage, isCovered);
      if (messageId === null) {
        continue;
      }
      yield {
        messageId,
        subject: trailSubject(trail),
        data: {
          trail: trail.name,
          filters: coverage.filters.join(', '),
          sources: coverage.excludedSources.join(', '),
        },
        evidence: [{ key: 'cloudtrail.trails', pointer: `/${index}/selectors` }],
      };
    }
  },
});
