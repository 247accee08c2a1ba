import { defineCheck } from '../../src/model/check.ts';
import type { Trail } from '../../src/model/evidence/detection.ts';
import { trailSubject } from '../../src/model/subject.ts';

function messageFor({ multiRegion, globalServiceEvents, organizationTrail }: Trail) {
  if (!multiRegion) {
    return 'singleRegion';
  }
  if (!globalServiceEvents) {
    return 'withoutGlobalEvents';
  }
  return organizationTrail ? null : 'accountOnly';
}

export default defineCheck({
  meta: {
    id: 'eyes/limited-trail',
    title: 'Every trail covers all regions, global services and the organization',
    failureTitle: 'Trail covers less than it could',
    description:
      'Dropping the multi-region, global-service or organization flag of a trail blinds it for the rest, while it goes on logging. Single-region and account trails also exist for good reason beside an organization trail, so only a change against the baseline is alarming. Whether anything covers the whole is judged by `eyes/missing-multi-region-trail` and `eyes/missing-organization-trail`.',
    kind: 'tampering',
    severity: 'low',
    raise: {
      'changed-since-baseline': 'critical',
      'not-in-baseline': 'medium',
      'created-by-incident': 'critical',
    },
    scope: 'account',
    requires: ['cloudtrail.trails'],
    tolerates: ['cloudtrail.trails'],
    population: 'trails',
    messages: {
      singleRegion: 'Trail {trail} records only region {region} of account {account}.',
      withoutGlobalEvents:
        'Trail {trail} of account {account} leaves out global services such as IAM and STS.',
      accountOnly: { text: 'Trail {trail} records only account {account}.', severity: 'info' },
    },
    remediation: {
      actions: ['trail.restore'],
      why: 'The flags are set back to what was reviewed.',
      cautions: ['An organization trail needs trusted access for CloudTrail.'],
    },
    techniques: ['T1685.002'],
    frameworks: { 'NIST 800-53 r5': ['AU-2', 'AU-12'], 'NIST CSF 2.0': ['PR.PS-04'] },
    references: ['https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['cloudtrail.trails'].length,
  *evaluate(evidence) {
    for (const [index, trail] of evidence['cloudtrail.trails'].entries()) {
      const messageId = messageFor(trail);
      if (messageId === null) {
        continue;
      }
      yield {
        messageId,
        subject: trailSubject(trail),
        data: { trail: trail.name, region: trail.homeRegion, account: trail.ownerAccountId },
        evidence: [{ key: 'cloudtrail.trails', pointer: `/${index}` }],
      };
    }
  },
});
