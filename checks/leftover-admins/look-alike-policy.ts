import { parsePolicyDocument } from '../../src/iam/parse-policy-document.ts';
import { defineCheck } from '../../src/model/check.ts';
import type { ManagedPolicy } from '../../src/model/evidence/iam.ts';
import { foldName } from '../../src/model/name-similarity.ts';

const wellKnown = [
  'AdministratorAccess',
  'AmazonEC2FullAccess',
  'AmazonEC2ReadOnlyAccess',
  'AmazonS3FullAccess',
  'AmazonS3ReadOnlyAccess',
  'AmazonSSMManagedInstanceCore',
  'AWSLambda_FullAccess',
  'AWSLambda_ReadOnlyAccess',
  'AWSSupportAccess',
  'Billing',
  'CloudWatchAgentServerPolicy',
  'CloudWatchFullAccess',
  'CloudWatchReadOnlyAccess',
  'DatabaseAdministrator',
  'IAMFullAccess',
  'IAMReadOnlyAccess',
  'IAMUserChangePassword',
  'NetworkAdministrator',
  'PowerUserAccess',
  'ReadOnlyAccess',
  'SecurityAudit',
  'SystemAdministrator',
  'ViewOnlyAccess',
] as const;

const basicExecution = new Set([
  'logs:createloggroup',
  'logs:createlogstream',
  'logs:putlogevents',
  'lambda:checkpointdurableexecution',
  'lambda:getdurableexecutionstate',
]);

function exceedsBasicExecution({ name, versions }: ManagedPolicy): boolean {
  const text = versions.find(({ isDefault }) => isDefault)?.document;
  if (!/^AWSLambdaBasicExecutionRole/i.test(name) || text === undefined) {
    return false;
  }
  const parsed = parsePolicyDocument(text);
  return (
    !parsed.ok ||
    parsed.document.statements.some(
      ({ effect, actions, notActions }) =>
        effect !== 'Deny' &&
        (notActions !== null || (actions ?? []).some((action) => !basicExecution.has(action.toLowerCase()))),
    )
  );
}

export default defineCheck({
  meta: {
    id: 'leftover-admins/look-alike-policy',
    title: 'No customer policy imitates a policy of AWS',
    failureTitle: 'Customer policy imitates a policy of AWS',
    description:
      'A customer policy can carry the name of an AWS managed policy; lists and reviews that show names only cannot tell them apart, and its text can be anything. The execution policies that the Lambda console makes are customer policies too: one that allows more than writing logs keeps its name.',
    kind: 'residue',
    severity: 'high',
    raise: {
      'in-window': 'critical',
      'not-in-baseline': 'critical',
      'created-by-incident': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'account',
    requires: ['iam.authorization-details'],
    tolerates: ['iam.authorization-details'],
    population: 'customer managed policies',
    messages: {
      sameName: 'Customer policy {policy} has the name of an AWS managed policy.',
      similarName: {
        text: 'The name of customer policy {policy} looks like the AWS managed policy {other}.',
        severity: 'medium',
      },
      execution:
        'Customer policy {policy} is named like Lambda’s basic execution policy but allows more than writing logs.',
    },
    remediation: {
      actions: ['policy.delete', 'principal.reduce'],
      why: 'Its holders get the real AWS policy, whose text AWS keeps.',
      cautions: ['Attach the replacement first, then detach and delete this one.'],
    },
    techniques: ['T1036.005', 'T1098.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-6'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html'],
    since: '0.1.0',
  },
  examined: (evidence) =>
    evidence['iam.authorization-details'].policies.filter((policy) => !policy.awsManaged).length,
  *evaluate(evidence) {
    const { policies } = evidence['iam.authorization-details'];
    const attached = policies.filter(({ awsManaged }) => awsManaged).map(({ name }) => name);
    const byFold = new Map([...attached.sort(), ...wellKnown].map((name) => [foldName(name), name] as const));
    for (const [index, policy] of policies.entries()) {
      const other = byFold.get(foldName(policy.name));
      const sameOrSimilar = other === policy.name ? 'sameName' : 'similarName';
      const imitates = policy.path.startsWith('/service-role/') || other === undefined ? null : sameOrSimilar;
      const messageId = exceedsBasicExecution(policy) ? 'execution' : imitates;
      if (messageId !== null && !policy.awsManaged) {
        yield {
          messageId,
          subject: { arn: policy.arn, uniqueId: policy.policyId, type: 'iam-policy', name: policy.name },
          data: { policy: policy.name, other: other ?? '' },
          evidence: [{ key: 'iam.authorization-details', pointer: `/policies/${index}` }],
          survivesKeyRevocation: { answer: 'yes', why: 'Every holder keeps what it grants.' },
        };
      }
    }
  },
});
