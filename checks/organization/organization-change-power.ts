import { type CheckContext, defineCheck } from '../../src/model/check.ts';
import type { Principal } from '../../src/model/evidence/derived.ts';
import type { DelegatedAdministrator } from '../../src/model/evidence/organizations.ts';
import { listText } from '../../src/model/list-text.ts';
import type { GrantedAction } from '../../src/model/power.ts';
import { principalSubject } from '../../src/model/subject.ts';

/** What an account changes for itself; all else works from the management account or a delegated administrator only. */
const worksInMembers =
  /^(account:|cloudtrail:|organizations:(LeaveOrganization|AcceptHandshake)$|sso:Create(Instance|Application|TrustedTokenIssuer)$)/;

/** Delegated service to the actions that then work for the whole organization; for other services none of them does. */
const worksForDelegated: ReadonlyMap<string, string> = new Map([
  ['account.amazonaws.com', 'account:'],
  ['cloudtrail.amazonaws.com', 'cloudtrail:'],
  ['iam.amazonaws.com', 'iam:'],
  ['sso.amazonaws.com', 'sso:'],
]);

interface Place {
  readonly kind: 'management' | 'delegated' | 'member';
  readonly works: (action: string) => boolean;
}

function placeOf(
  { unit, managementAccountId }: CheckContext,
  administrators: readonly DelegatedAdministrator[],
): Place {
  if (unit.accountId === managementAccountId) {
    return { kind: 'management', works: () => true };
  }
  const prefixes = administrators
    .filter(({ accountId }) => accountId === unit.accountId)
    .flatMap(({ services }) => services)
    .flatMap(({ servicePrincipal }) => worksForDelegated.get(servicePrincipal) ?? []);
  return {
    kind: prefixes.length === 0 ? 'member' : 'delegated',
    works: (action) => worksInMembers.test(action) || prefixes.some((prefix) => action.startsWith(prefix)),
  };
}

/** Administrators of an ordinary member are the business of `leftover-admins`. */
function effectiveActions({ power, managedBy }: Principal, place: Place): readonly GrantedAction[] {
  return managedBy === 'service-linked' || (place.kind === 'member' && power.administrator === 'yes')
    ? []
    : power.changesOrganization.filter(({ action }) => place.works(action));
}

function messageFor({ type, managedBy }: Principal, actions: readonly GrantedAction[], place: Place['kind']) {
  if (actions.every(({ verdict }) => verdict === 'conditional')) {
    return 'conditional';
  }
  if (place !== 'management') {
    return place;
  }
  if (managedBy === 'identity-center') {
    return 'identityCenter';
  }
  return type === 'iam-user' ? 'managementUser' : 'management';
}

export default defineCheck({
  meta: {
    id: 'organization/organization-change-power',
    title: 'Only a few known principals can change the organization',
    failureTitle: 'Principal can change the organization',
    description:
      'Trusted access, delegated administrators, organization policies, trails and Identity Center are what the next intruder will switch off or bend first. Whoever may change them in the management account, where no control policy applies, needs no further step; a user with a long-lived key is the worst holder. In a member that is the delegated administrator of Identity Center, IAM, CloudTrail or account management the actions of that service work, too; in other members only those are listed that work there, and administrators are left to `leftover-admins`.',
    kind: 'hardening',
    severity: 'medium',
    raise: {
      'in-window': 'high',
      'created-by-incident': 'critical',
      'compromised-principal': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'account',
    // Which actions work here hangs on whether the account is a delegated administrator: unseen, it could pass as none.
    requires: ['principals', 'organizations.delegated-administrators'],
    tolerates: ['principals', 'organizations.delegated-administrators'],
    population: 'principals that are not service-linked',
    messages: {
      managementUser: {
        text: 'User {name} of the management account can change the organization: {actions}.',
        severity: 'high',
      },
      management: '{type} {name} of the management account can change the organization: {actions}.',
      identityCenter: {
        text: 'Identity Center’s role {name} of the management account can change the organization: {actions}; its assignments decide who uses it.',
        severity: 'low',
      },
      delegated:
        '{type} {name} of an account that is a delegated administrator can change the organization: {actions}.',
      member: { text: '{type} {name} can change what guards its account: {actions}.', severity: 'low' },
      conditional: {
        text: '{type} {name} can change the organization or what guards its account, under conditions that cannot be decided here: {actions}.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['principal.reduce', 'principal.contain'],
      why: 'What nobody can do with an everyday credential cannot leak with it.',
      cautions: [
        'Leave one pipeline role and one break-glass role that can, with the conditions organizations:ServicePrincipal and organizations:PolicyType where they fit.',
      ],
    },
    techniques: ['T1098.003', 'T1484', 'T1685'],
    frameworks: { 'NIST 800-53 r5': ['AC-5', 'AC-6', 'AC-6(1)', 'CM-5'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices_mgmt-acct.html',
    ],
    since: '0.1.0',
  },
  appliesTo: ({ managementAccountId }) =>
    managementAccountId === null
      ? 'The account is in no organization, or the organization is not in scope.'
      : null,
  examined: ({ principals }) => principals.filter(({ managedBy }) => managedBy !== 'service-linked').length,
  *evaluate(evidence, context) {
    const place = placeOf(context, evidence['organizations.delegated-administrators']);
    for (const [index, principal] of evidence.principals.entries()) {
      const actions = effectiveActions(principal, place);
      if (actions.length > 0) {
        yield {
          messageId: messageFor(principal, actions, place.kind),
          subject: principalSubject(principal),
          data: {
            type: principal.type,
            name: principal.name,
            actions: listText(actions.map(({ action }) => action)),
          },
          evidence: [{ key: 'principals', pointer: `/${index}/power/changesOrganization` }],
          survivesKeyRevocation: {
            answer: 'yes',
            why: 'The right belongs to the principal, not to one of its credentials.',
          },
        };
      }
    }
  },
});
