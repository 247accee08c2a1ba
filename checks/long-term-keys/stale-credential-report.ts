import { defineCheck } from '../../src/model/check.ts';
import { accountSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'long-term-keys/stale-credential-report',
    title: 'The credential report agrees with the live access keys',
    failureTitle: 'Credential report and live access keys disagree',
    description:
      'AWS answers with a credential report that can be four hours old. Where it disagrees with the live key list, a key was made, switched or removed after the report. A report from before the containment cannot prove that anything is gone.',
    kind: 'hardening',
    severity: 'medium',
    raise: { 'in-window': 'high', 'compromised-principal': 'high' },
    scope: 'account',
    requires: ['iam.credential-report', 'iam.access-keys'],
    population: 'users with access keys',
    messages: {
      activeKeys:
        'User {user} has {live} active access keys, but the credential report of {generatedAt} shows {reported}.',
      userMissing:
        'User {user} has {live} active access keys but no row in the credential report of {generatedAt}: the user is younger.',
      beforeContainment: {
        text: 'The credential report was made at {generatedAt}, before the containment at {contained}: it proves nothing about the time since.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['access-key.deactivate'],
      why: 'Whoever changed the key in the last hours has to be known before the account counts as clean.',
      cautions: ['Responders who rotate keys cause the same difference.'],
    },
    techniques: ['T1098.001'],
    frameworks: { 'NIST 800-53 r5': ['AC-2'], 'NIST CSF 2.0': ['PR.AA-01', 'RS.AN-03'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html'],
    since: '0.1.0',
  },
  examined: (evidence) => new Set(evidence['iam.access-keys'].map(({ userArn }) => userArn)).size,
  *evaluate(evidence, context) {
    const { generatedAt, rows } = evidence['iam.credential-report'];
    const activeKeys = evidence['iam.access-keys'].filter(({ status }) => status === 'Active');
    const users = new Map([
      ...rows.filter(({ user }) => user !== '<root_account>').map(({ arn, user }) => [arn, user] as const),
      ...activeKeys.map(({ userArn, userName }) => [userArn, userName] as const),
    ]);
    for (const [arn, user] of users) {
      const row = rows.find((candidate) => candidate.arn === arn);
      const live = activeKeys.filter(({ userArn }) => userArn === arn).length;
      const reported = row?.accessKeys.filter(({ active }) => active).length ?? 0;
      if (live !== reported) {
        yield {
          messageId: row === undefined ? 'userMissing' : 'activeKeys',
          subject: { arn, type: 'iam-user', name: user },
          data: { user, live, reported, generatedAt },
          evidence: [{ key: 'iam.credential-report', pointer: '/rows' }],
        };
      }
    }
    const contained = context.incident?.milestones['contained'];
    if (contained !== undefined && Date.parse(generatedAt) < Date.parse(contained)) {
      yield {
        messageId: 'beforeContainment',
        subject: accountSubject(context.unit),
        data: { generatedAt, contained },
        evidence: [{ key: 'iam.credential-report', pointer: '/generatedAt' }],
      };
    }
  },
});
