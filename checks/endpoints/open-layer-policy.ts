import { analyzeResourcePolicy } from '../../src/iam/analyze-resource-policy.ts';
import { parsePolicyDocument } from '../../src/iam/parse-policy-document.ts';
import { type CheckContext, defineCheck } from '../../src/model/check.ts';
import type { LambdaLayer } from '../../src/model/evidence/lambda.ts';
import type { ResourceGrant } from '../../src/model/power.ts';

function grantsOf({ policy }: LambdaLayer, context: CheckContext): readonly ResourceGrant[] | null {
  if (policy === null) {
    return [];
  }
  const parsed = parsePolicyDocument(policy);
  const { organizationAccountIds, organizationId, unit } = context;
  const accountId = unit.accountId ?? '';
  return parsed.ok
    ? analyzeResourcePolicy(parsed.document, { accountId, organizationAccountIds, organizationId })
    : null;
}

function messageFor(grant: ResourceGrant) {
  if (grant.principalKind === 'anyone') {
    return grant.verdict === 'guarded' ? null : 'anyone';
  }
  return grant.relation === 'outside' ? 'foreign' : null;
}

export default defineCheck({
  meta: {
    id: 'endpoints/open-layer-policy',
    title: 'Layers are shared inside the organization only',
    failureTitle: 'Layer is shared with outsiders',
    description:
      'Whoever may read a layer version gets its content: shared libraries, and sometimes secrets that were packed with them. A copy once taken stays. Some organizations publish layers on purpose.',
    kind: 'hardening',
    severity: 'low',
    raise: { 'in-window': 'high', 'not-in-baseline': 'medium' },
    scope: 'region',
    requires: ['lambda.layers'],
    tolerates: ['lambda.layers'],
    population: 'layers',
    messages: {
      anyone: { text: 'Every AWS account can use the latest version of {name}.', severity: 'medium' },
      foreign: '{principal}, outside the organization, can use the latest version of {name}.',
      unreadable: 'The policy of {name} could not be read: who may use it is not known.',
    },
    remediation: {
      actions: ['layer.restrict-policy'],
      why: 'Without the statement no further copy can be taken.',
      cautions: ['Each version has its own policy. Functions that use the version keep it.'],
    },
    techniques: ['T1537'],
    frameworks: { 'CIS AWS 7.0': ['2.21'], 'NIST 800-53 r5': ['AC-3', 'AC-4'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: ['https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['lambda.layers'].length,
  *evaluate(evidence, context) {
    for (const [index, layer] of evidence['lambda.layers'].entries()) {
      const subject = { arn: layer.arn, type: 'lambda-layer', name: layer.name };
      const pointers = [{ key: 'lambda.layers' as const, pointer: `/${index}/policy` }];
      const grants = grantsOf(layer, context);
      if (grants === null) {
        yield { messageId: 'unreadable', subject, data: { name: layer.name }, evidence: pointers };
      }
      for (const grant of grants ?? []) {
        const messageId = messageFor(grant);
        if (messageId === null) {
          continue;
        }
        yield {
          messageId,
          subject,
          discriminator: `${grant.sid ?? grant.statement} ${grant.principal}`,
          data: { name: layer.name, principal: grant.principal },
          evidence: pointers,
        };
      }
    }
  },
});
