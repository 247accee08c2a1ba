/** Why a weakness was there at all: the level at which it is mended once. */
export interface RootCause {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  /** What is proposed where no corrective action answers it yet. */
  readonly action: string;
  /** Checks, or all of a domain (`eyes/*`); an exact name outweighs a domain. */
  readonly checks: readonly string[];
  /** Guardrails of the plan that work against it. */
  readonly guardrails: readonly string[];
}

export const rootCauses = [
  {
    id: 'long-term-credentials',
    title: 'Long-term credentials are in use',
    why: 'A key or password that never expires works for whoever copied it, from anywhere, until somebody notices.',
    action:
      'Replace long-term credentials by roles and Identity Center, and let nobody make new ones unnoticed',
    checks: ['long-term-keys/*', 'leftover-admins/console-password', 'endpoints/credential-in-environment'],
    guardrails: [
      'management-long-term-credentials',
      'scp-long-term-credentials',
      'scp-federation-tokens',
      'alarm-credentials',
      'alarm-federation',
    ],
  },
  {
    id: 'management-account',
    title: 'The management account is used for everyday work',
    why: 'No guardrail of the organization binds it, and whoever acts in it reaches every account.',
    action:
      'Move workloads, pipelines and everyday sign-ins out of the management account; change the organization from one role only',
    checks: [
      'long-term-keys/management-account-key',
      'identity-center/assignment-to-management-account',
      'leftover-admins/management-account-trust',
      'organization/organization-change-power',
    ],
    guardrails: ['management-organization-changes', 'delegated-policy-management', 'alarm-organization'],
  },
  {
    id: 'root-users',
    title: 'Root users are not locked away',
    why: 'A root user can do what no policy of its own account forbids.',
    action: 'Manage root users centrally: no keys, no passwords, MFA where one must stay',
    checks: [
      'long-term-keys/root-access-key',
      'long-term-keys/root-without-mfa',
      'organization/root-management-off',
    ],
    guardrails: [],
  },
  {
    id: 'sign-in',
    title: 'Signing in is too easy, or lasts too long',
    why: 'Without MFA a password is enough; a long session outlives the discovery of its theft.',
    action: 'Ask for MFA at every sign-in, and shorten sessions to a working day or less',
    checks: [
      'leftover-admins/user-without-mfa',
      'leftover-admins/long-role-session',
      'long-term-keys/weak-password-policy',
      'long-term-keys/unassigned-mfa-device',
      'long-term-keys/window-mfa-device',
      'identity-center/mfa-mode',
      'identity-center/portal-session',
      'identity-center/long-session',
    ],
    guardrails: ['management-identity-center-settings', 'alarm-sign-in-settings'],
  },
  {
    id: 'too-much-power',
    title: 'Too many can do too much',
    why: 'Whoever can raise its own rights, or has all of them, turns one stolen credential into the whole account.',
    action: 'Reduce administrators and whoever can become one to those who need it, and bound the rest',
    checks: ['leftover-admins/*'],
    guardrails: [],
  },
  {
    id: 'wide-trust',
    title: 'Trust reaches too far',
    why: 'A role that trusts an account, a provider or everybody is as safe as the least safe of them.',
    action: 'Narrow each trust policy to the principals that need it, with a condition',
    checks: [
      'leftover-admins/anyone-trust',
      'leftover-admins/external-trust',
      'leftover-admins/dangling-federation-trust',
      'leftover-admins/loose-federation-trust',
      'leftover-admins/orphaned-trust',
      'leftover-admins/unknown-identity-provider',
      'leftover-admins/swapped-identity-center-provider',
      'organization/foreign-invitation',
      'organization/open-handshake',
    ],
    guardrails: ['rcp-role-assumption'],
  },
  {
    id: 'directory',
    title: 'The directory’s assignments and settings are loose',
    why: 'Identity Center decides who enters every account: what is assigned there outlives any key.',
    action:
      'Review the assignments, applications and token issuers of Identity Center, and who may change them',
    checks: ['identity-center/*'],
    guardrails: [],
  },
  {
    id: 'detection',
    title: 'Nobody is told, and not everything is recorded',
    why: 'What raises no alarm is found late, and what is not recorded cannot be shown to be harmless.',
    action:
      'Record every account and region in a trail that its own accounts cannot change, and page somebody',
    checks: ['eyes/*'],
    guardrails: ['scp-eyes', 'alarm-eyes'],
  },
  {
    id: 'organization',
    title: 'The organization’s guardrails are thin',
    why: 'Without policies and delegated administrators each account defends itself alone.',
    action:
      'Attach the organization’s policies again, and watch for changes of trust, delegation and membership',
    checks: ['organization/*'],
    guardrails: ['scp-leaving'],
  },
  {
    id: 'endpoints',
    title: 'Endpoints reach functions without authentication',
    why: 'An open endpoint gives access to whoever knows its address; no credential of the account is needed.',
    action:
      'Put an authorizer before every route that is not meant for everybody, and hold code against its source',
    checks: ['endpoints/*'],
    guardrails: ['scp-open-endpoints', 'alarm-endpoints'],
  },
] as const satisfies readonly RootCause[];

/** For checks that are not of ours. */
export const otherRootCause: RootCause = {
  id: 'other',
  title: 'Other weaknesses',
  why: 'Of checks that belong to no cause named here.',
  action: 'Close what these checks found',
  checks: [],
  guardrails: [],
};

const all: readonly RootCause[] = rootCauses;
const byCheck = new Map(all.flatMap((cause) => cause.checks.map((check) => [check, cause] as const)));
const byGuardrail = new Map(
  all.flatMap((cause) => cause.guardrails.map((guardrail) => [guardrail, cause] as const)),
);

export function rootCauseOf(check: string): RootCause {
  const domain = check.split('/', 1)[0] ?? '';
  return byCheck.get(check) ?? byCheck.get(`${domain}/*`) ?? otherRootCause;
}

export function rootCauseOfGuardrail(guardrail: string): RootCause {
  return byGuardrail.get(guardrail) ?? otherRootCause;
}
