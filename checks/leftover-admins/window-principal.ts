import { isInWindow } from '../../src/model/age.ts';
import { defineCheck } from '../../src/model/check.ts';
import { principalSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'leftover-admins/window-principal',
    title: 'No user, group or role was made during the incident',
    failureTitle: 'Principal made during the incident',
    description:
      'A second identity is the usual way to outlive a revoked key, and it need not look powerful: it can gain rights later. Everything that appeared while the intruder was inside needs an owner who explains it. Service-linked roles only tell that a service was switched on.',
    kind: 'residue',
    severity: 'high',
    raise: { 'created-by-incident': 'critical', 'indicator-match': 'critical' },
    scope: 'account',
    requires: ['principals'],
    tolerates: ['principals'],
    population: 'users, groups and roles',
    messages: {
      made: '{type} {name} was made at {createdAt}, within the incident window.',
      byService: {
        text: '{type} {name} was made by an AWS service at {createdAt}, within the incident window: look at what that service does.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['principal.contain', 'user.delete', 'role.delete', 'group.delete'],
      why: 'What nobody can explain is frozen, and deleted once it is proved to be the intruder’s.',
      cautions: ['Save policies, unique id and credentials list first: they are gone with the principal.'],
    },
    techniques: ['T1136.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'IR-4'], 'NIST CSF 2.0': ['RS.AN-03', 'RS.MI-02'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id.html'],
    since: '0.1.0',
  },
  appliesTo: ({ incident }) => (incident?.window ? null : 'No incident window is given.'),
  examined: ({ principals }) => principals.length,
  *evaluate({ principals }, { incident }) {
    const window = incident?.window;
    for (const [index, principal] of principals.entries()) {
      if (window && isInWindow(principal.createdAt, window)) {
        yield {
          messageId: principal.managedBy === 'customer' ? 'made' : 'byService',
          subject: principalSubject(principal),
          data: { type: principal.type, name: principal.name, createdAt: principal.createdAt },
          evidence: [{ key: 'principals', pointer: `/${index}` }],
          survivesKeyRevocation: { answer: 'yes', why: 'It is a principal of its own.' },
        };
      }
    }
  },
});
