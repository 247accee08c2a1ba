import { defineCheck } from '../../src/model/check.ts';
import { trailSubject } from '../../src/model/subject.ts';

/** The account in a KMS key ARN; aliases and bare key ids name none. */
function keyAccount(kmsKeyId: string | null): string | null {
  return kmsKeyId?.match(/^arn:[^:]+:kms:[^:]*:(\d{12}):/)?.[1] ?? null;
}

export default defineCheck({
  meta: {
    id: 'eyes/foreign-trail',
    title: 'Trails and their keys belong to the organization',
    failureTitle: 'Trail or its key belongs to a foreign account',
    description:
      'A log that is encrypted with somebody else’s key can be made unreadable by him at any time. A trail that belongs to an account outside the organization copies everything to that account; it may be left from a former organization. The owner of the bucket cannot be read from the trail.',
    kind: 'tampering',
    severity: 'high',
    raise: { 'changed-since-baseline': 'critical', 'created-by-incident': 'critical' },
    scope: 'account',
    requires: ['cloudtrail.trails'],
    tolerates: ['cloudtrail.trails'],
    population: 'trails',
    messages: {
      owner: 'Trail {trail} belongs to account {foreign}, outside the organization.',
      key: 'Trail {trail} is encrypted with a key of account {foreign}, outside the organization.',
      unknownOwner: {
        text: 'Trail {trail} belongs to account {foreign}; whether that is in the organization could not be seen.',
        severity: 'low',
      },
      unknownKey: {
        text: 'Trail {trail} is encrypted with a key of account {foreign}; whether that is in the organization could not be seen.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['trail.restore'],
      why: 'Your own key and your own trail keep the log readable for you alone.',
      cautions: ['Copy log files that only the foreign key opens while it still works.'],
    },
    techniques: ['T1685.002', 'T1537'],
    frameworks: { 'NIST 800-53 r5': ['AU-9'], 'NIST CSF 2.0': ['PR.PS-04'] },
    references: ['https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['cloudtrail.trails'].length,
  *evaluate(evidence, { unit, organizationAccountIds, incident }) {
    const trusted = new Set([unit.accountId, ...(incident?.trusted.accounts ?? [])]);
    const isForeign = (accountId: string) =>
      !trusted.has(accountId) && organizationAccountIds?.has(accountId) !== true;
    const isKnown = organizationAccountIds !== null;
    for (const [index, trail] of evidence['cloudtrail.trails'].entries()) {
      const subject = trailSubject(trail);
      const key = keyAccount(trail.kmsKeyId);
      if (isForeign(trail.ownerAccountId)) {
        yield {
          messageId: isKnown ? 'owner' : 'unknownOwner',
          subject,
          data: { trail: trail.name, foreign: trail.ownerAccountId },
          evidence: [{ key: 'cloudtrail.trails', pointer: `/${index}/ownerAccountId` }],
        };
      }
      if (key !== null && isForeign(key)) {
        yield {
          messageId: isKnown ? 'key' : 'unknownKey',
          subject,
          data: { trail: trail.name, foreign: key },
          evidence: [{ key: 'cloudtrail.trails', pointer: `/${index}/kmsKeyId` }],
        };
      }
    }
  },
});
