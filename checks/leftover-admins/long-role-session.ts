import { defineCheck } from '../../src/model/check.ts';
import { numberOption } from '../../src/model/check-option.ts';
import { principalSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'leftover-admins/long-role-session',
    title: 'Role sessions are short',
    failureTitle: 'Role allows long sessions',
    description:
      'The maximum session duration decides how long stolen session credentials work. Intruders raise it to twelve hours before they assume a role; setting it back does not shorten sessions that run already. Identity Center’s roles always read twelve hours; their permission sets decide.',
    kind: 'hardening',
    severity: 'low',
    raise: { 'in-window': 'medium', 'created-by-incident': 'high', 'compromised-principal': 'high' },
    scope: 'account',
    requires: ['principals', 'iam.role-settings'],
    tolerates: ['principals', 'iam.role-settings'],
    population: 'roles of the customer',
    messages: {
      privileged: {
        text: 'Role {role} allows sessions of {hours} hours and can administer, mint credentials or raise its rights.',
        severity: 'medium',
      },
      ordinary: 'Role {role} allows sessions of {hours} hours.',
    },
    remediation: {
      actions: ['principal.reduce', 'session.revoke'],
      why: 'A short session bounds what a stolen one is worth.',
      cautions: ['Long jobs may need the time: ask the owner. Deny older sessions to end those that run.'],
    },
    techniques: ['T1098', 'T1550.001'],
    frameworks: { 'NIST 800-53 r5': ['AC-12'], 'NIST CSF 2.0': ['PR.AA-03'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html'],
    options: { maximumHours: { default: 4, description: 'Hours above which a role is reported.' } },
    since: '0.1.0',
  },
  examined: ({ principals }) =>
    principals.filter(({ type, managedBy }) => type === 'iam-role' && managedBy === 'customer').length,
  *evaluate(evidence, context) {
    const maximum = numberOption(context, 'maximumHours');
    const durations = new Map(
      evidence['iam.role-settings'].map(({ arn, maxSessionDuration }) => [arn, maxSessionDuration] as const),
    );
    for (const [index, principal] of evidence.principals.entries()) {
      const hours = (durations.get(principal.arn) ?? 0) / 3600;
      if (principal.managedBy !== 'customer' || hours <= maximum) {
        continue;
      }
      const { administrator, escalationPaths, mintsCredentials } = principal.power;
      const isPrivileged = administrator !== 'no' || escalationPaths.length + mintsCredentials.length > 0;
      yield {
        messageId: isPrivileged ? 'privileged' : 'ordinary',
        subject: principalSubject(principal),
        data: { role: principal.name, hours },
        evidence: [{ key: 'principals', pointer: `/${index}` }],
      };
    }
  },
});
