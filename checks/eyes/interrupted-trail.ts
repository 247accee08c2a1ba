import { isInWindow } from '../../src/model/age.ts';
import { defineCheck } from '../../src/model/check.ts';
import { trailSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'eyes/interrupted-trail',
    title: 'No trail was switched off or on during the incident',
    failureTitle: 'Trail was switched off or on during the incident',
    description:
      'A trail that is running now may have been stopped while the intruder worked. CloudTrail keeps the last stop and the last start, so a pair of both inside the window is a hole with known edges. A start alone is a restart or a trail that was made anew, perhaps weaker.',
    kind: 'tampering',
    severity: 'high',
    raise: { 'created-by-incident': 'critical' },
    scope: 'account',
    requires: ['cloudtrail.trails'],
    tolerates: ['cloudtrail.trails'],
    population: 'trails',
    messages: {
      stopped:
        'Trail {trail} was stopped at {stoppedAt}, within the incident window, and started at {startedAt}.',
      started: {
        text: 'Trail {trail} was started at {startedAt}, within the incident window: it was restarted or made anew.',
        severity: 'medium',
      },
    },
    remediation: {
      actions: ['trail.restore'],
      why: 'Settings are compared with the reviewed ones; the hole is filled from the event history.',
      cautions: ['Export the event history of the hole before its 90 days are over.'],
    },
    techniques: ['T1685.002'],
    frameworks: {
      'NIST 800-53 r5': ['AU-9', 'AU-12'],
      'NIST CSF 2.0': ['PR.PS-04', 'RS.AN-03'],
    },
    references: ['https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html'],
    since: '0.1.0',
  },
  appliesTo: ({ incident }) => (incident?.window ? null : 'No incident window is given.'),
  examined: (evidence) => evidence['cloudtrail.trails'].length,
  *evaluate(evidence, { incident }) {
    const window = incident?.window;
    for (const [index, trail] of evidence['cloudtrail.trails'].entries()) {
      const { logging, startedAt, stoppedAt } = trail;
      const wasStopped = window && stoppedAt !== null && isInWindow(stoppedAt, window);
      const wasStarted = window && startedAt !== null && isInWindow(startedAt, window);
      if (logging && (wasStopped || wasStarted)) {
        yield {
          messageId: wasStopped ? 'stopped' : 'started',
          subject: trailSubject(trail),
          data: {
            trail: trail.name,
            startedAt: startedAt ?? 'an unknown time',
            stoppedAt: stoppedAt ?? 'never',
          },
          evidence: [{ key: 'cloudtrail.trails', pointer: `/${index}` }],
        };
      }
    }
  },
});
