import { isInIncident } from '../../src/model/applicability.ts';
import { type BaselineStanding, baselineStandings } from '../../src/model/baseline-standing.ts';
import { defineCheck } from '../../src/model/check.ts';
import type { DelegatedAdministrator } from '../../src/model/evidence/organizations.ts';
import type { Signal } from '../../src/model/finding.ts';
import type { Incident } from '../../src/model/incident.ts';
import { listText } from '../../src/model/list-text.ts';
import { delegatedAdministratorSubject } from '../../src/model/organization-subject.ts';
import { organizationPowerOf } from '../../src/model/trusted-services.ts';

function servicesInWindow({ services }: DelegatedAdministrator, incident: Incident | null) {
  return services.filter(({ delegatedAt }) => isInIncident(delegatedAt, incident));
}

/** The account was delegated another service long before: the date of its first delegation, which the engine sees, says nothing. */
function laterDelegations(fresh: DelegatedAdministrator['services']): readonly Signal[] {
  return fresh.map(({ servicePrincipal, delegatedAt }) => ({
    code: 'in-window',
    fact: `${servicePrincipal} delegated ${delegatedAt}, inside the incident window`,
    source: 'organizations.delegated-administrators',
  }));
}

function messageFor(standing: BaselineStanding, isFresh: boolean, isOutside: boolean, isPowerful: boolean) {
  if (isOutside) {
    return 'outside';
  }
  if (standing === 'not-in-baseline' || standing === 'changed') {
    return isPowerful ? 'unknownPowerful' : 'unknown';
  }
  if (isFresh) {
    return isPowerful ? 'freshPowerful' : 'fresh';
  }
  return standing === 'no-baseline' && isPowerful ? 'unreviewedPowerful' : null;
}

export default defineCheck({
  meta: {
    id: 'organization/unknown-delegated-administrator',
    title: 'Every delegated administrator is known',
    failureTitle: 'Unknown delegated administrator',
    description:
      'A delegated administrator runs a service for the whole organization from a member account. For Identity Center, IAM, stack sets, account management and a few more that means control over all members, and it does not depend on any credential of the management account. Delegation to a security account is good practice; what counts is whether somebody knows of it.',
    kind: 'residue',
    severity: 'medium',
    raise: {
      'in-window': 'critical',
      'not-in-baseline': 'high',
      'changed-since-baseline': 'high',
      'created-by-incident': 'critical',
    },
    scope: 'organization',
    requires: ['organizations.delegated-administrators'],
    optional: ['resources.organization'],
    tolerates: ['organizations.delegated-administrators'],
    population: 'delegated administrators',
    messages: {
      outside: {
        text: 'Account {account}, which is not in the organization, is delegated administrator of {services}.',
        severity: 'critical',
      },
      unknown: 'The baseline does not hold account {account} as delegated administrator of {services}.',
      unknownPowerful: {
        text: 'The baseline does not hold account {account} as delegated administrator of {services}: it can {powers}.',
        severity: 'high',
      },
      fresh: 'Account {account} became delegated administrator of {fresh} inside the incident window.',
      freshPowerful: {
        text: 'Account {account} became delegated administrator of {fresh} inside the incident window; it can {powers}.',
        severity: 'high',
      },
      unreviewedPowerful: {
        text: 'Account {account} is delegated administrator of {services}: it can {powers}. No baseline says who decided so.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['delegated-administrator.deregister'],
      why: 'The account loses its hold over the others.',
      cautions: [
        'Undo what it deployed or assigned first: that outlives the delegation.',
        'Some services drop their settings or data when their administrator goes: read the service’s page before.',
      ],
    },
    techniques: ['T1098.003', 'T1484'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'AC-6'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_delegated_admin.html',
      'https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin.html',
    ],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['organizations.delegated-administrators'].length,
  *evaluate(evidence, { baseline, incident, organizationAccountIds }) {
    const standingOf = baselineStandings(baseline, evidence['resources.organization']);
    for (const [index, administrator] of evidence['organizations.delegated-administrators'].entries()) {
      const { accountId, enabledAt, services } = administrator;
      const subject = delegatedAdministratorSubject(administrator);
      const fresh = servicesInWindow(administrator, incident);
      const isFresh = fresh.length > 0 || isInIncident(enabledAt, incident);
      const isOutside = organizationAccountIds !== null && !organizationAccountIds.has(accountId);
      const powers = services.flatMap(({ servicePrincipal }) => organizationPowerOf(servicePrincipal) ?? []);
      const standing = standingOf('delegated-administrator', subject.arn);
      const messageId = messageFor(standing, isFresh, isOutside, powers.length > 0);
      if (messageId === null) {
        continue;
      }
      const names = (list: typeof services) => listText(list.map(({ servicePrincipal }) => servicePrincipal));
      yield {
        messageId,
        subject,
        data: {
          account: `${accountId} (${administrator.name})`,
          services: names(services),
          fresh: names(fresh.length > 0 ? fresh : services),
          powers: listText(powers),
        },
        signals: isInIncident(enabledAt, incident) ? [] : laterDelegations(fresh),
        evidence: [{ key: 'organizations.delegated-administrators', pointer: `/${index}` }],
        survivesKeyRevocation: {
          answer: 'yes',
          why: 'It rests on the member account’s own principals.',
        },
      };
    }
  },
});
