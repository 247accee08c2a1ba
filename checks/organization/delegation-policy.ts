import { analyzeResourcePolicy } from '../../src/iam/analyze-resource-policy.ts';
import { parsePolicyDocument } from '../../src/iam/parse-policy-document.ts';
import { baselineStandings } from '../../src/model/baseline-standing.ts';
import { defineCheck } from '../../src/model/check.ts';
import { listText } from '../../src/model/list-text.ts';

type Grant = ReturnType<typeof analyzeResourcePolicy>[number];

/** Worst first. */
const ranking = [
  'anyone',
  'outside',
  'organizationWide',
  'unknownAccount',
  'changes',
  'orphaned',
  'reads',
] as const;

function readsOnly({ actions, notActions }: Grant): boolean {
  return notActions.length === 0 && actions.every((action) => /^organizations:(Describe|List)/i.test(action));
}

function messageFor(grant: Grant): (typeof ranking)[number] {
  if (grant.principalKind === 'orphaned') {
    return 'orphaned';
  }
  if (grant.relation === 'anyone' || grant.relation === 'outside') {
    return grant.relation;
  }
  if (readsOnly(grant)) {
    return 'reads';
  }
  if (grant.principalKind === 'anyone') {
    return 'organizationWide';
  }
  return grant.relation === 'unknown-organization' ? 'unknownAccount' : 'changes';
}

function actionsOf(grants: readonly Grant[]): string {
  const allBut = grants.flatMap(({ notActions }) => notActions).map((action) => `all but ${action}`);
  return listText([...grants.flatMap(({ actions }) => actions), ...allBut]);
}

export default defineCheck({
  meta: {
    id: 'organization/delegation-policy',
    title: 'The delegation policy gives rights to known accounts only',
    failureTitle: 'Delegation policy gives rights over the organization',
    description:
      'The resource policy of the organization lets members read it or manage its policies. CloudTrail hides its text when it is written, so only this reading shows what it says. Whoever may attach, change or detach policies from a member account can take off every guard without touching the management account.',
    kind: 'residue',
    severity: 'medium',
    raise: {
      'not-in-baseline': 'high',
      'changed-since-baseline': 'high',
      'created-by-incident': 'critical',
    },
    scope: 'organization',
    requires: ['organizations.resource-policy'],
    optional: ['resources.organization'],
    population: 'delegation policies',
    messages: {
      anyone: { text: 'The delegation policy lets anyone do: {actions}.', severity: 'critical' },
      outside: {
        text: 'The delegation policy lets {principal}, outside the organization, do: {actions}.',
        severity: 'critical',
      },
      organizationWide: {
        text: 'The delegation policy lets every account of the organization do: {actions}.',
        severity: 'high',
      },
      unknownAccount:
        'The delegation policy lets {principal} do: {actions}. Whether the account belongs to the organization could not be seen.',
      changes: 'The delegation policy lets {principal} do: {actions}.',
      reads: { text: 'The delegation policy lets {principal} read: {actions}.', severity: 'low' },
      orphaned: {
        text: 'The delegation policy names the deleted principal {principal} for: {actions}.',
        severity: 'low',
      },
      unreadable: 'The delegation policy cannot be read ({problem}): it may let anyone in.',
      gone: {
        text: 'The organization has no delegation policy any more; the baseline holds one.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['organization-resource-policy.restore'],
      why: 'With the reviewed text only the reviewed accounts manage the organization.',
      cautions: ['Keep a copy of the present text: CloudTrail does not have it.'],
    },
    techniques: ['T1098.003', 'T1484'],
    frameworks: { 'NIST 800-53 r5': ['AC-3', 'AC-6'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html'],
    since: '0.1.0',
  },
  examined: (evidence) => (evidence['organizations.resource-policy'].present ? 1 : 0),
  *evaluate(evidence, { baseline, managementAccountId, organizationAccountIds, organizationId }) {
    const type = 'organization-resource-policy';
    const policy = evidence['organizations.resource-policy'];
    const pointers = [{ key: 'organizations.resource-policy', pointer: '/document' }] as const;
    if (!policy.present) {
      for (const { id } of baseline?.ofType(type) ?? []) {
        yield { messageId: 'gone', subject: { arn: id, type, name: 'resource policy' }, data: {} };
      }
      return;
    }
    const subject = { arn: policy.arn, type, name: 'resource policy' };
    const parsed = parsePolicyDocument(policy.document);
    if (!parsed.ok) {
      yield { messageId: 'unreadable', subject, data: { problem: parsed.problem }, evidence: pointers };
      return;
    }
    const standing = baselineStandings(baseline, evidence['resources.organization'])(type, policy.arn);
    const grants = analyzeResourcePolicy(parsed.document, {
      accountId: managementAccountId ?? '',
      organizationAccountIds,
      organizationId,
    }).filter(({ relation }) => relation !== 'same-account');
    for (const principal of new Set(grants.map((grant) => grant.principal))) {
      const own = grants.filter((grant) => grant.principal === principal);
      const kinds = own.map(messageFor);
      const messageId = ranking.find((kind) => kinds.includes(kind)) ?? 'changes';
      if (standing === 'reviewed' && messageId !== 'anyone' && messageId !== 'outside') {
        continue;
      }
      yield {
        messageId,
        subject,
        discriminator: principal,
        data: { principal, actions: actionsOf(own) },
        evidence: pointers,
        survivesKeyRevocation: { answer: 'yes', why: 'It rests on principals of other accounts.' },
      };
    }
  },
});
