import { defineCheck } from '../../src/model/check.ts';

export default defineCheck({
  meta: {
    id: 'identity-center/portal-session',
    title: 'Sessions of the access portal are short',
    failureTitle: 'Sessions of the access portal may be long',
    description:
      'A session of the access portal hands out role sessions for as long as it lasts: eight hours by default, up to ninety days when somebody says so, and separately for applications that run in the background. An intruder who lengthens it needs to sign in once only. AWS offers no public API that reads the setting, so a person has to look and to attest it.',
    kind: 'tampering',
    severity: 'medium',
    scope: 'organization',
    requires: ['identity-center.organization-instances'],
    population: 'instances of Identity Center of the organization',
    messages: {},
    remediation: {
      actions: ['identity-center.session-restore', 'session.revoke'],
      why: 'New sessions end within a working day.',
      cautions: ['A shorter duration does not end the sessions that are open: end them in the console.'],
    },
    techniques: ['T1556', 'T1550.001'],
    frameworks: { 'NIST 800-53 r5': ['AC-12', 'CM-6', 'IA-11'], 'NIST CSF 2.0': ['PR.AA-03'] },
    references: ['https://docs.aws.amazon.com/singlesignon/latest/userguide/configure-user-session.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['identity-center.organization-instances'].length,
  manual: {
    instructions:
      'In the account and region of the instance open IAM Identity Center › Settings › Authentication › Session settings and compare: the portal session lasts eight hours at most, the user background session is off or short, and no extended session is on for Amazon Q Developer. In CloudTrail of the same region look for UpdateSsoConfiguration with configurationType SESSION: it shows the new maxAuthenticationAge and extendedSessionEnabledAppProviders, never the old ones. Then attest the control `identity-center/portal-session` with a date of expiry.',
    appliesTo: (evidence) =>
      evidence['identity-center.organization-instances'].length === 0
        ? 'The organization has no Identity Center instance.'
        : null,
  },
  evaluate: () => [],
});
