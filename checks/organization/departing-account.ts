import { defineCheck } from '../../src/model/check.ts';
import { organizationAccountSubject } from '../../src/model/organization-subject.ts';

const stayingStates = ['ACTIVE', 'PENDING_ACTIVATION'];

export default defineCheck({
  meta: {
    id: 'organization/departing-account',
    title: 'No account is closing or has left',
    failureTitle: 'Account is closing, suspended or gone',
    description:
      'A closed account takes its logs and its evidence along: for ninety days AWS Support can reopen it, then it is deleted. An account that left, or moved straight into another organization, is outside every guard while the trusts in it and towards it go on. Companies close accounts, too, so without a baseline a suspended account is only listed.',
    kind: 'tampering',
    severity: 'medium',
    raise: { 'changed-since-baseline': 'high', 'in-window': 'high', 'created-by-incident': 'critical' },
    scope: 'organization',
    requires: ['organizations.accounts'],
    population: 'accounts, those of the baseline included',
    messages: {
      closing: 'Account {account} is being closed ({state}).',
      suspended: { text: 'Account {account} is {state}.', severity: 'low' },
      gone: {
        text: 'Account {account}, which the baseline of {capturedAt} holds, is not in the organization any more.',
        severity: 'high',
      },
    },
    remediation: {
      actions: ['account.contact-owner'],
      why: 'The owner knows whether it was meant; AWS Support can reopen an account within ninety days.',
      cautions: [
        'Save what other accounts hold of its logs now.',
        'Take it out of every trust policy that names it until it is back.',
      ],
    },
    techniques: ['T1531', 'T1485', 'T1666'],
    frameworks: { 'NIST 800-53 r5': ['AU-9', 'CM-8'], 'NIST CSF 2.0': ['ID.AM-02', 'RS.AN-07'] },
    references: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_close.html',
      'https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html',
    ],
    since: '0.1.0',
  },
  examined: (evidence, { baseline }) =>
    new Set([
      ...evidence['organizations.accounts'].map(({ arn }) => arn),
      ...(baseline?.ofType('organization-account') ?? []).map(({ id }) => id),
    ]).size,
  *evaluate(evidence, { baseline }) {
    const accounts = evidence['organizations.accounts'];
    for (const [index, account] of accounts.entries()) {
      const { id, name, state } = account;
      if (!stayingStates.includes(state)) {
        yield {
          messageId: state === 'PENDING_CLOSURE' ? 'closing' : 'suspended',
          subject: organizationAccountSubject(account),
          data: { account: `${id} (${name})`, state },
          evidence: [{ key: 'organizations.accounts', pointer: `/${index}/state` }],
        };
      }
    }
    const present = new Set(accounts.map(({ arn }) => arn));
    for (const { id } of baseline?.ofType('organization-account') ?? []) {
      if (!present.has(id)) {
        const account = id.split('/').at(-1) ?? id;
        yield {
          messageId: 'gone',
          subject: { arn: id, uniqueId: account, type: 'organization-account', name: account },
          data: { account, capturedAt: baseline?.capturedAt ?? '' },
        };
      }
    }
  },
});
