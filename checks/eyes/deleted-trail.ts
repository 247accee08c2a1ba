import { defineCheck } from '../../src/model/check.ts';

export default defineCheck({
  meta: {
    id: 'eyes/deleted-trail',
    title: 'Every trail of the baseline still exists',
    failureTitle: 'Trail of the baseline is gone',
    description:
      'A deleted trail leaves nothing behind that a read call shows; only the baseline or CloudTrail’s own events know of it. Its log files stay in the bucket. A trail of the same name that was made anew may have other settings.',
    kind: 'tampering',
    severity: 'critical',
    scope: 'account',
    requires: ['cloudtrail.trails'],
    population: 'trails of the baseline',
    messages: { gone: 'Trail {trail}, which the baseline of {capturedAt} holds, does not exist.' },
    remediation: {
      actions: ['trail.restore'],
      why: 'A trail with the reviewed settings records again from now on.',
      cautions: ['Export the event history since the deletion: it is lost after 90 days.'],
    },
    techniques: ['T1685.002'],
    frameworks: { 'NIST 800-53 r5': ['AU-9', 'AU-12'], 'NIST CSF 2.0': ['PR.PS-04'] },
    references: ['https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DeleteTrail.html'],
    since: '0.1.0',
  },
  appliesTo: ({ baseline }) => (baseline === null ? 'No baseline is given.' : null),
  examined: (_evidence, { baseline }) => (baseline?.ofType('trail') ?? []).length,
  *evaluate(evidence, { baseline, unit }) {
    const existing = new Set(evidence['cloudtrail.trails'].map(({ arn }) => arn));
    for (const { id } of baseline?.ofType('trail') ?? []) {
      if (id.split(':')[4] === unit.accountId && !existing.has(id)) {
        const name = id.split('/').at(-1) ?? id;
        yield {
          messageId: 'gone',
          subject: { arn: id, type: 'trail', name },
          data: { trail: name, capturedAt: baseline?.capturedAt ?? '' },
        };
      }
    }
  },
});
