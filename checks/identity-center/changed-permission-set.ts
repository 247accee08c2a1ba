import { notInAnyBaseline } from '../../src/model/applicability.ts';
import { baselineStandings } from '../../src/model/baseline-standing.ts';
import { defineCheck } from '../../src/model/check.ts';
import { permissionSetSubject } from '../../src/model/identity-center-subject.ts';
import { listText } from '../../src/model/list-text.ts';

export default defineCheck({
  meta: {
    id: 'identity-center/changed-permission-set',
    title: 'Every permission set is as the baseline holds it',
    failureTitle: 'Permission set differs from the baseline',
    description:
      'A change of a permission set reaches all of its accounts with the next provisioning, and Identity Center keeps no date of it. Policies, inline policy, boundary, session duration and relay state are compared together: a boundary that was dropped or a policy that was added counts as much as a longer session.',
    kind: 'tampering',
    severity: 'high',
    raise: { 'created-by-incident': 'critical' },
    scope: 'organization',
    requires: ['identity-center.permission-sets'],
    optional: ['resources.organization'],
    tolerates: ['identity-center.permission-sets'],
    population: 'permission sets',
    messages: {
      changed:
        'Permission set {set} differs from the baseline. Now: session {duration}, boundary {boundary}, inline policy {inline}, policies {policies}.',
    },
    remediation: {
      actions: ['identity-center.permission-set-restore'],
      why: 'The reviewed settings hold again in every account once they are provisioned.',
      cautions: [
        'A change that was not provisioned yet sleeps: put it right before anybody provisions the set.',
        'Read the roles in the accounts afterwards: provisioning is asynchronous.',
      ],
    },
    techniques: ['T1098.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-6', 'CM-3'], 'NIST CSF 2.0': ['PR.AA-05', 'PR.PS-01'] },
    references: ['https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html'],
    since: '0.1.0',
  },
  appliesTo: (context) => notInAnyBaseline(context, 'permission-set'),
  examined: (evidence) => evidence['identity-center.permission-sets'].length,
  *evaluate(evidence, { baseline }) {
    const standingOf = baselineStandings(baseline, evidence['resources.organization']);
    for (const [index, set] of evidence['identity-center.permission-sets'].entries()) {
      if (standingOf('permission-set', set.arn) === 'changed') {
        const policies = [...set.managedPolicies, ...set.customerManagedPolicies].map(({ name }) => name);
        yield {
          messageId: 'changed',
          subject: permissionSetSubject(set),
          data: {
            set: set.name,
            duration: set.sessionDuration,
            boundary: set.permissionsBoundary.kind,
            inline: set.inlinePolicy === null ? 'none' : 'present',
            policies: listText(policies),
          },
          evidence: [{ key: 'identity-center.permission-sets', pointer: `/${index}` }],
        };
      }
    }
  },
});
