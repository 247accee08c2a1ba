import { defineCheck } from '../../src/model/check.ts';
import { numberOption } from '../../src/model/check-option.ts';
import { permissionSetSubject } from '../../src/model/identity-center-subject.ts';
import { hoursOfDuration } from '../../src/model/iso-duration.ts';

export default defineCheck({
  meta: {
    id: 'identity-center/long-session',
    title: 'Sessions of permission sets are short',
    failureTitle: 'Permission set gives long sessions',
    description:
      'The session duration of a permission set is how long a stolen set of temporary credentials works, and how long a removed person stays inside: neither deleting the assignment nor ending the portal session ends it. One hour is the default and twelve are possible. The limit here is a working day; an hour is right for administrators. Lengthening a session is a quiet way to stay.',
    kind: 'hardening',
    severity: 'medium',
    raise: {
      'in-window': 'high',
      'not-in-baseline': 'high',
      'changed-since-baseline': 'high',
      'created-by-incident': 'critical',
    },
    scope: 'organization',
    requires: ['identity-center.permission-sets'],
    tolerates: ['identity-center.permission-sets'],
    population: 'permission sets',
    messages: {
      long: 'Sessions of permission set {set} last {duration}, longer than {limit} hours.',
      unreadable: {
        text: 'The session duration of permission set {set} cannot be read: {duration}.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['identity-center.session-restore'],
      why: 'New sessions end within the limit.',
      cautions: [
        'Provision the set to every account afterwards; until then the accounts keep the old duration.',
        'Sessions that are open keep theirs: deny them by their issue time.',
      ],
    },
    techniques: ['T1098', 'T1550.001'],
    frameworks: { 'NIST 800-53 r5': ['AC-12', 'IA-11'], 'NIST CSF 2.0': ['PR.AA-03'] },
    references: ['https://docs.aws.amazon.com/singlesignon/latest/userguide/howtosessionduration.html'],
    options: {
      hours: { default: 8, description: 'Longest session in hours that is not reported.' },
    },
    since: '0.1.0',
  },
  examined: (evidence) => evidence['identity-center.permission-sets'].length,
  *evaluate(evidence, context) {
    const limit = numberOption(context, 'hours');
    for (const [index, set] of evidence['identity-center.permission-sets'].entries()) {
      const hours = hoursOfDuration(set.sessionDuration);
      if (hours !== null && hours <= limit) {
        continue;
      }
      yield {
        messageId: hours === null ? 'unreadable' : 'long',
        subject: permissionSetSubject(set),
        data: { set: set.name, duration: set.sessionDuration, limit },
        evidence: [{ key: 'identity-center.permission-sets', pointer: `/${index}/sessionDuration` }],
        survivesKeyRevocation: {
          answer: 'yes',
          why: 'Sessions of Identity Center do not depend on an access key.',
        },
      };
    }
  },
});
