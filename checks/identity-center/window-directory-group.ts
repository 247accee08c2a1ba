import { isInIncident, noIncidentWindow } from '../../src/model/applicability.ts';
import { defineCheck } from '../../src/model/check.ts';
import { directoryGroupSubject } from '../../src/model/identity-center-subject.ts';

export default defineCheck({
  meta: {
    id: 'identity-center/window-directory-group',
    title: 'No directory group was made or changed in the incident window',
    failureTitle: 'Directory group made or changed in the incident window',
    description:
      'Groups hold the assignments, so a new group with an administrator set is a door that stays open for whoever is put into it later. Generic names such as “operations” or “support” are chosen to be overlooked; renaming a known group is the other way. The directory keeps the times and who did it.',
    kind: 'residue',
    severity: 'high',
    raise: {
      'created-by-incident': 'critical',
      'indicator-match': 'critical',
      'compromised-principal': 'critical',
    },
    scope: 'organization',
    requires: ['identity-store.groups'],
    optional: ['identity-center.administrators'],
    tolerates: ['identity-store.groups'],
    population: 'directory groups',
    messages: {
      made: 'Directory group {group} was made {at} by {by}, inside the incident window.',
      madeAdministrator: {
        text: 'Directory group {group} was made {at} by {by}, inside the incident window, and its members are administrators.',
        severity: 'critical',
      },
      changed: {
        text: 'Directory group {group} was changed {at} by {by}, inside the incident window.',
        severity: 'medium',
      },
    },
    remediation: {
      actions: ['identity-center.assignment-delete', 'identity-center.group-delete'],
      why: 'Without the group its assignments have no holder.',
      cautions: ['Delete the assignments first, then the group; running role sessions go on.'],
    },
    techniques: ['T1098.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'IR-4'], 'NIST CSF 2.0': ['PR.AA-01', 'RS.MI-02'] },
    references: ['https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_Group.html'],
    since: '0.1.0',
  },
  appliesTo: noIncidentWindow,
  examined: (evidence) => evidence['identity-store.groups'].length,
  *evaluate(evidence, { incident, partition }) {
    const administrators = new Set(
      (evidence['identity-center.administrators'] ?? []).map(({ principalId }) => principalId),
    );
    for (const [index, group] of evidence['identity-store.groups'].entries()) {
      const isMade = isInIncident(group.createdAt, incident);
      if (!isMade && !isInIncident(group.updatedAt, incident)) {
        continue;
      }
      const made = administrators.has(group.id) ? 'madeAdministrator' : 'made';
      yield {
        messageId: isMade ? made : 'changed',
        subject: directoryGroupSubject(group, partition),
        data: {
          group: group.displayName,
          at: (isMade ? group.createdAt : group.updatedAt) ?? '',
          by: (isMade ? group.createdBy : group.updatedBy) ?? 'an unknown actor',
        },
        evidence: [{ key: 'identity-store.groups', pointer: `/${index}` }],
        survivesKeyRevocation: {
          answer: 'yes',
          why: 'Its members sign in through Identity Center.',
        },
      };
    }
  },
});
