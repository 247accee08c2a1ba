import { baselineStandings } from '../../src/model/baseline-standing.ts';
import { defineCheck } from '../../src/model/check.ts';
import { listText } from '../../src/model/list-text.ts';
import { accessControlAttributesArn } from '../../src/model/resource-arn.ts';

export default defineCheck({
  meta: {
    id: 'identity-center/access-control-attributes',
    title: 'Attributes for access control are known',
    failureTitle: 'Directory attributes decide access',
    description:
      'With attributes for access control, values of the directory become session tags, and policies that compare tags give access by them. Whoever may edit such a value, or may change which value is taken, chooses who gets in. The mapping carries no date.',
    kind: 'hardening',
    severity: 'low',
    raise: { 'changed-since-baseline': 'high', 'created-by-incident': 'critical' },
    scope: 'organization',
    requires: ['identity-center.access-control-attributes'],
    optional: ['resources.organization'],
    tolerates: ['identity-center.access-control-attributes'],
    population: 'attribute mappings',
    messages: {
      mapped: 'These session tags are taken from the directory ({status}): {attributes}.',
    },
    remediation: {
      actions: ['identity-center.access-control-attributes-restore'],
      why: 'Only values that people cannot edit themselves decide their access.',
      cautions: ['Policies that compare the tags stop giving access when a mapping goes.'],
    },
    techniques: ['T1098'],
    frameworks: { 'NIST 800-53 r5': ['AC-3', 'AC-16'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: ['https://docs.aws.amazon.com/singlesignon/latest/userguide/attributesforaccesscontrol.html'],
    since: '0.1.0',
  },
  examined: (evidence) =>
    evidence['identity-center.access-control-attributes'].flatMap(({ attributes }) => attributes).length,
  *evaluate(evidence, { baseline }) {
    const standingOf = baselineStandings(baseline, evidence['resources.organization']);
    const type = 'access-control-attributes';
    for (const [index, found] of evidence['identity-center.access-control-attributes'].entries()) {
      const { instanceArn, attributes, status } = found;
      const arn = accessControlAttributesArn(instanceArn);
      if (attributes.length > 0 && standingOf(type, arn) !== 'reviewed') {
        yield {
          messageId: 'mapped',
          subject: { arn, type, name: 'attributes for access control' },
          data: {
            status: status ?? 'status unknown',
            attributes: listText(attributes.map(({ key, sources }) => `${key} from ${sources.join(' or ')}`)),
          },
          evidence: [{ key: 'identity-center.access-control-attributes', pointer: `/${index}/attributes` }],
        };
      }
    }
  },
});
