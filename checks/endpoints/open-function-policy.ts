import { analyzeResourcePolicy } from '../../src/iam/analyze-resource-policy.ts';
import { parsePolicyDocument } from '../../src/iam/parse-policy-document.ts';
import { type CheckContext, defineCheck } from '../../src/model/check.ts';
import { functionSubject } from '../../src/model/endpoint-subject.ts';
import type { FunctionPolicy } from '../../src/model/evidence/lambda.ts';
import type { ResourceGrant } from '../../src/model/power.ts';

type MessageId =
  | 'anyone'
  | 'foreignControl'
  | 'foreign'
  | 'unknownAccount'
  | 'orphaned'
  | 'confusedDeputy'
  | 'unreadable';

/** Permissions of a function URL; `public-function-url` judges those. */
const urlKeys = ['lambda:functionurlauthtype', 'lambda:invokedviafunctionurl'];
const invoking = /^lambda:invoke(function|functionurl|async)?$/i;

function messageFor(grant: ResourceGrant, trusted: readonly string[]): MessageId | null {
  if (grant.guards.other.some((key) => urlKeys.includes(key))) {
    return null;
  }
  if (grant.principalKind === 'service') {
    return grant.confusedDeputy && grant.verdict === 'open' ? 'confusedDeputy' : null;
  }
  if (grant.principalKind === 'anyone') {
    return grant.verdict === 'guarded' && !grant.guards.sourceNetwork ? null : 'anyone';
  }
  if (grant.principalKind === 'orphaned') {
    return 'orphaned';
  }
  if (grant.accountId === null || trusted.includes(grant.accountId)) {
    return null;
  }
  if (grant.relation === 'outside') {
    const invokesOnly = grant.actions.length > 0 && grant.actions.every((action) => invoking.test(action));
    return invokesOnly ? 'foreign' : 'foreignControl';
  }
  return grant.relation === 'unknown-organization' ? 'unknownAccount' : null;
}

/** The unqualified function, whichever of its policies it is. */
function subjectOf({ functionArn, functionName }: FunctionPolicy) {
  return functionSubject({ arn: functionArn.split(':').slice(0, 7).join(':'), name: functionName });
}

function grantsOf(policy: FunctionPolicy, context: CheckContext): readonly ResourceGrant[] | null {
  const parsed = parsePolicyDocument(policy.document);
  const { organizationAccountIds, organizationId, unit } = context;
  const accountId = unit.accountId ?? '';
  return parsed.ok
    ? analyzeResourcePolicy(parsed.document, { accountId, organizationAccountIds, organizationId })
    : null;
}

export default defineCheck({
  meta: {
    id: 'endpoints/open-function-policy',
    title: 'Function policies let in only the organization and pinned services',
    failureTitle: 'Function policy lets in outsiders',
    description:
      'A resource policy that names everybody or a foreign account lets them run the function, or even replace its code, with credentials that are not yours to revoke. A service without a pinned source runs it on behalf of any account. Aliases and versions have policies of their own, which the function’s own policy does not show.',
    kind: 'residue',
    severity: 'medium',
    raise: { 'in-window': 'critical', 'not-in-baseline': 'high' },
    scope: 'region',
    requires: ['lambda.function-policies'],
    tolerates: ['lambda.function-policies'],
    population: 'policies of functions, aliases and versions',
    messages: {
      anyone: {
        text: 'The policy of {target} lets every AWS account do {actions} ({statement}).',
        severity: 'high',
      },
      foreignControl: {
        text: 'The policy of {target} lets {principal}, outside the organization, do {actions} ({statement}).',
        severity: 'high',
      },
      foreign:
        'The policy of {target} lets {principal}, outside the organization, do {actions} ({statement}).',
      unknownAccount: {
        text: 'The policy of {target} lets {principal} of another account do {actions}; whether it belongs to the organization is not known ({statement}).',
        severity: 'low',
      },
      orphaned: {
        text: 'The policy of {target} names {principal}, a principal that no longer exists, for {actions} ({statement}).',
        severity: 'low',
      },
      confusedDeputy: {
        text: 'The policy of {target} lets {principal} do {actions} for any account: no source is pinned ({statement}).',
        severity: 'low',
      },
      unreadable: 'The policy of {target} could not be read: who may run it is not known.',
    },
    remediation: {
      actions: ['function.remove-permission'],
      why: 'The permission is what lets the outsider in; removing it leaves the function as it is.',
      cautions: ['A trigger may rest on it: list the triggers, put a sourced statement in its place first.'],
    },
    techniques: ['T1546', 'T1199'],
    frameworks: {
      'CIS AWS 7.0': ['2.21'],
      'NIST 800-53 r5': ['AC-3', 'AC-4', 'AC-6'],
      'NIST CSF 2.0': ['PR.AA-05'],
    },
    references: [
      'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
    ],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['lambda.function-policies'].length,
  *evaluate(evidence, context) {
    const trusted = context.incident?.trusted.accounts ?? [];
    for (const [index, policy] of evidence['lambda.function-policies'].entries()) {
      const subject = subjectOf(policy);
      const target =
        policy.qualifier === null ? policy.functionName : `${policy.functionName}:${policy.qualifier}`;
      const pointers = [{ key: 'lambda.function-policies' as const, pointer: `/${index}` }];
      const grants = grantsOf(policy, context);
      if (grants === null) {
        const data = { target };
        yield { messageId: 'unreadable', subject, discriminator: target, data, evidence: pointers };
      }
      for (const grant of grants ?? []) {
        const messageId = messageFor(grant, trusted);
        if (messageId === null) {
          continue;
        }
        const statement = grant.sid ?? `statement ${grant.statement}`;
        const actions =
          grant.actions.length > 0 ? grant.actions.join(', ') : `all but ${grant.notActions.join(', ')}`;
        yield {
          messageId,
          subject,
          discriminator: `${target} ${statement} ${grant.principal}`,
          data: { target, statement, actions, principal: grant.principal },
          evidence: pointers,
          survivesKeyRevocation: { answer: 'yes', why: 'The caller uses credentials of its own account.' },
        };
      }
    }
  },
});
