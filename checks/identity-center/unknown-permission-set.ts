import { isInIncident } from '../../src/model/applicability.ts';
import { defineCheck } from '../../src/model/check.ts';
import { permissionSetSubject } from '../../src/model/identity-center-subject.ts';
import { listText } from '../../src/model/list-text.ts';

export default defineCheck({
  meta: {
    id: 'identity-center/unknown-permission-set',
    title: 'Every permission set is known',
    failureTitle: 'Unknown permission set',
    description:
      'A permission set becomes a role in every account to which it is assigned. One that was made inside the incident window or that the baseline does not hold may be the intruder’s; even without an assignment it waits to be used. Without a baseline, older ones are listed in the inventory.',
    kind: 'residue',
    severity: 'medium',
    raise: {
      'in-window': 'high',
      'not-in-baseline': 'high',
      'created-by-incident': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'organization',
    requires: ['identity-center.permission-sets'],
    tolerates: ['identity-center.permission-sets'],
    population: 'permission sets',
    messages: {
      made: 'Permission set {set} was made {createdAt}, inside the incident window; it lies in the accounts: {accounts}.',
      unknown: 'The baseline does not hold permission set {set}; it lies in the accounts: {accounts}.',
    },
    remediation: {
      actions: ['identity-center.assignment-delete', 'identity-center.permission-set-delete'],
      why: 'Its roles leave the accounts together with its assignments.',
      cautions: [
        'Delete the assignments first and wait until they are gone: the set cannot be deleted before.',
        'Its role sessions go on until they expire.',
      ],
    },
    techniques: ['T1098.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'AC-6'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: ['https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html'],
    since: '0.1.0',
  },
  appliesTo: ({ incident, baseline }) =>
    baseline === null && !incident?.window ? 'Neither a baseline nor an incident window is given.' : null,
  examined: (evidence) => evidence['identity-center.permission-sets'].length,
  *evaluate(evidence, { incident, baseline }) {
    for (const [index, set] of evidence['identity-center.permission-sets'].entries()) {
      const isFresh = isInIncident(set.createdAt, incident);
      const isUnknown = baseline !== null && baseline.find('permission-set', set.arn) === null;
      if (isFresh || isUnknown) {
        yield {
          messageId: isFresh ? 'made' : 'unknown',
          subject: permissionSetSubject(set),
          data: {
            set: set.name,
            createdAt: set.createdAt ?? '',
            accounts: listText(set.provisionedAccounts),
          },
          evidence: [{ key: 'identity-center.permission-sets', pointer: `/${index}` }],
          survivesKeyRevocation: { answer: 'yes', why: 'Its holders sign in through Identity Center.' },
        };
      }
    }
  },
});
