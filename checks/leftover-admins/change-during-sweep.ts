import { defineCheck } from '../../src/model/check.ts';

export default defineCheck({
  meta: {
    id: 'leftover-admins/change-during-sweep',
    title: 'Nothing in IAM changed while the sweep ran',
    failureTitle: 'IAM changed while the sweep ran',
    description:
      'The sweep reads users, groups, roles and policies twice, at its start and at its end. A difference is either the team’s own work or somebody who is still inside and reacts. Whatever changed was judged in its earlier state, so sweep again once it is explained.',
    kind: 'residue',
    severity: 'high',
    raise: { 'created-by-incident': 'critical', 'indicator-match': 'critical' },
    scope: 'account',
    requires: ['changes-during-sweep'],
    tolerates: ['changes-during-sweep'],
    population: 'changes between the first and the closing read',
    messages: {
      created: '{type} {name} was created while the sweep ran.',
      reCreated: {
        text: '{type} {name} was deleted and made again under the same name while the sweep ran.',
        severity: 'critical',
      },
      changed: '{type} {name} was changed while the sweep ran.',
      deleted: { text: '{type} {name} was deleted while the sweep ran.', severity: 'medium' },
    },
    remediation: {
      actions: ['principal.contain'],
      why: 'Nothing counts as removed while somebody can still make it again.',
      cautions: ['Ask who is working in the account before containing: deployments change IAM too.'],
    },
    techniques: ['T1098'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'IR-4'], 'NIST CSF 2.0': ['DE.CM-03', 'RS.AN-03'] },
    references: [
      'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html',
    ],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['changes-during-sweep'].length,
  *evaluate(evidence) {
    for (const [index, change] of evidence['changes-during-sweep'].entries()) {
      yield {
        messageId: change.change === 're-created' ? 'reCreated' : change.change,
        subject: {
          arn: change.arn,
          uniqueId: change.uniqueId,
          type: change.type,
          name: change.name,
        },
        data: { type: change.type, name: change.name },
        signals: [{ code: 'changed-during-sweep', fact: change.change, source: 'changes-during-sweep' }],
        evidence: [{ key: 'changes-during-sweep', pointer: `/${index}` }],
      };
    }
  },
});
