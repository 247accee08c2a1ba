import { defineCheck } from '../../src/model/check.ts';
import { trailSubject } from '../../src/model/subject.ts';
import { coversAllManagementEvents } from '../../src/model/trail-coverage.ts';

export default defineCheck({
  meta: {
    id: 'eyes/stopped-trail',
    title: 'Every trail is logging',
    failureTitle: 'Trail is stopped',
    description:
      'A stopped trail looks complete in every list and records nothing. The gap runs from the stop to the restart; the event history of 90 days still covers management events inside it. A trail that was retired on purpose is deleted, not stopped.',
    kind: 'tampering',
    severity: 'critical',
    raise: { 'in-window': 'critical', 'changed-since-baseline': 'critical' },
    scope: 'account',
    requires: ['cloudtrail.trails'],
    tolerates: ['cloudtrail.trails'],
    population: 'trails',
    messages: {
      blind:
        'Trail {trail} is stopped since {stoppedAt}, and no other trail that was seen records all management events.',
      covered: {
        text: 'Trail {trail} is stopped since {stoppedAt}; another trail records all management events.',
        severity: 'medium',
      },
    },
    remediation: {
      actions: ['trail.restore'],
      why: 'Logging starts again in the trail’s home region.',
      cautions: ['Check afterwards that the time of the latest delivery moves.'],
    },
    techniques: ['T1685.002'],
    frameworks: {
      'CIS AWS 7.0': ['4.1'],
      'NIST 800-53 r5': ['AU-9', 'AU-12'],
      'NIST CSF 2.0': ['PR.PS-04', 'DE.CM-09'],
    },
    references: ['https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['cloudtrail.trails'].length,
  *evaluate(evidence) {
    const isCovered = evidence['cloudtrail.trails'].some(coversAllManagementEvents);
    for (const [index, trail] of evidence['cloudtrail.trails'].entries()) {
      if (!trail.logging) {
        yield {
          messageId: isCovered ? 'covered' : 'blind',
          subject: trailSubject(trail),
          data: { trail: trail.name, stoppedAt: trail.stoppedAt ?? 'an unknown time' },
          evidence: [{ key: 'cloudtrail.trails', pointer: `/${index}/logging` }],
        };
      }
    }
  },
});
