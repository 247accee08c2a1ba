import { hoursBetween } from '../../src/model/age.ts';
import { defineCheck } from '../../src/model/check.ts';
import { numberOption } from '../../src/model/check-option.ts';
import { trailSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'eyes/failing-delivery',
    title: 'Every trail that is logging delivers its files',
    failureTitle: 'Trail does not deliver its log files',
    description:
      'Logging can be broken from outside CloudTrail: by the bucket policy, the key, or the bucket itself. The trail then says that it is logging while nothing arrives. CloudTrail keeps the last error and the last delivery.',
    kind: 'tampering',
    severity: 'high',
    raise: { 'in-window': 'critical' },
    scope: 'account',
    requires: ['cloudtrail.trails'],
    tolerates: ['cloudtrail.trails'],
    population: 'trails that are logging',
    messages: {
      error: 'Trail {trail} cannot deliver to bucket {bucket}: {error}.',
      stale: {
        text: 'Trail {trail} is logging, but its latest delivery to bucket {bucket} is {hours} hours old.',
        severity: 'medium',
      },
      never: {
        text: 'Trail {trail} is logging since {startedAt}, but no delivery to bucket {bucket} is recorded.',
        severity: 'medium',
      },
    },
    remediation: {
      actions: ['trail.restore'],
      why: 'With bucket policy and key restored, CloudTrail delivers again.',
      cautions: ['CloudTrail does not keep undelivered files for long: repair this first.'],
    },
    techniques: ['T1685.002'],
    frameworks: { 'NIST 800-53 r5': ['AU-5', 'AU-12'], 'NIST CSF 2.0': ['PR.PS-04', 'DE.CM-09'] },
    references: ['https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html'],
    options: {
      maximumSilentHours: {
        default: 24,
        description: 'Hours without a delivery after which a trail is reported.',
      },
    },
    since: '0.1.0',
  },
  examined: (evidence) => evidence['cloudtrail.trails'].filter(({ logging }) => logging).length,
  *evaluate(evidence, context) {
    const maximum = numberOption(context, 'maximumSilentHours');
    for (const [index, trail] of evidence['cloudtrail.trails'].entries()) {
      const { latestDeliveryAt, latestDeliveryError, startedAt } = trail;
      const silentSince = latestDeliveryAt ?? startedAt;
      const hours = silentSince === null ? null : hoursBetween(silentSince, context.asOf);
      const isSilent = hours === null || hours > maximum;
      if (!trail.logging || (latestDeliveryError === null && !isSilent)) {
        continue;
      }
      const silentMessage = latestDeliveryAt === null ? 'never' : 'stale';
      yield {
        messageId: latestDeliveryError === null ? silentMessage : 'error',
        subject: trailSubject(trail),
        data: {
          trail: trail.name,
          bucket: trail.bucketName ?? 'unknown',
          error: latestDeliveryError ?? '',
          hours: hours ?? 0,
          startedAt: startedAt ?? 'an unknown time',
        },
        evidence: [{ key: 'cloudtrail.trails', pointer: `/${index}` }],
      };
    }
  },
});
