import { defineCheck } from '../../src/model/check.ts';
import type { AuthorizationDetails, IamUser } from '../../src/model/evidence/iam.ts';
import { userSubject } from '../../src/model/subject.ts';

const quarantinePolicy = /^AWSCompromisedKeyQuarantine|^AWSExposedCredentialPolicy_DO_NOT_REMOVE$/;

/** How the quarantine reaches the user, or an empty list. */
function quarantineOf(user: IamUser, { groups }: AuthorizationDetails): readonly string[] {
  const attached = [...user.attachedPolicies, ...user.inlinePolicies].map(({ name }) => name);
  const throughGroups = groups
    .filter((group) => user.groups.includes(group.name))
    .flatMap((group) => [...group.attachedPolicies, ...group.inlinePolicies])
    .map(({ name }) => name);
  const boundary = user.permissionsBoundaryArn?.split('/').at(-1) ?? '';
  return [...new Set([...attached, ...throughGroups, boundary])]
    .filter((name) => quarantinePolicy.test(name))
    .sort();
}

export default defineCheck({
  meta: {
    id: 'long-term-keys/quarantined-user',
    title: 'No user is left in AWS quarantine',
    failureTitle: 'User under AWS quarantine',
    description:
      'AWS attaches a quarantine policy when it sees a key in public. The policy denies a list of actions; it does not revoke the key. `sts:AssumeRole`, identity provider changes, service-specific credentials and most Organizations and Identity Center calls stay allowed. The date of attachment is the earliest known exposure.',
    kind: 'residue',
    severity: 'high',
    raise: { 'compromised-principal': 'critical' },
    scope: 'account',
    requires: ['iam.authorization-details', 'iam.access-keys'],
    tolerates: ['iam.authorization-details'],
    population: 'IAM users',
    messages: {
      activeKeys:
        'User {user} is under {policies}, which does not revoke: {activeKeys} access keys are active and can sign requests.',
      noActiveKeys: {
        text: 'User {user} is under {policies}; no access key is active, {keys} exist and can be switched on again.',
        severity: 'medium',
      },
    },
    remediation: {
      actions: ['access-key.deactivate', 'access-key.rotate', 'principal.contain'],
      why: 'Only a deactivated key is revoked; the quarantine leaves roles and sessions reachable.',
      cautions: ['Detach the quarantine policy last, when the rotation is finished.'],
    },
    techniques: ['T1552', 'T1078.004'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'IR-4'], 'NIST CSF 2.0': ['RS.MI-01', 'RS.MI-02'] },
    references: [
      'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html',
    ],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['iam.authorization-details'].users.length,
  *evaluate(evidence) {
    const details = evidence['iam.authorization-details'];
    for (const [index, user] of details.users.entries()) {
      const policies = quarantineOf(user, details);
      if (policies.length === 0) {
        continue;
      }
      const keys = evidence['iam.access-keys'].filter(({ userArn }) => userArn === user.arn);
      const activeKeys = keys.filter(({ status }) => status === 'Active').length;
      yield {
        messageId: activeKeys > 0 ? 'activeKeys' : 'noActiveKeys',
        subject: userSubject(user),
        data: { user: user.name, policies: policies.join(', '), activeKeys, keys: keys.length },
        signals: [{ code: 'quarantined', fact: policies.join(', '), source: 'iam.authorization-details' }],
        evidence: [{ key: 'iam.authorization-details', pointer: `/users/${index}` }],
      };
    }
  },
});
