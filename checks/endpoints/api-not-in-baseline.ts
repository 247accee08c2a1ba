import { defineCheck } from '../../src/model/check.ts';
import type { ResourceFact } from '../../src/model/evidence/derived.ts';

const entryTypes: ReadonlySet<string> = new Set([
  'domain-name',
  'function-url',
  'http-api',
  'rest-api',
  'websocket-api',
]);

function entries(facts: readonly ResourceFact[]): readonly ResourceFact[] {
  return facts.filter(({ type }) => entryTypes.has(type));
}

export default defineCheck({
  meta: {
    id: 'endpoints/api-not-in-baseline',
    title: 'Every API, function URL and domain name is in the baseline, unchanged',
    failureTitle: 'API, function URL or domain name is not in the baseline, or differs from it',
    description:
      'A way in that nobody reviewed may be an intruder’s. Routes, authorization, integrations, stage variables, authorizers and policies of the reviewed ones are compared by digest, so that a route opened or pointed elsewhere shows. Deployments after the baseline was captured look the same: ask the owner.',
    kind: 'residue',
    severity: 'medium',
    raise: { 'in-window': 'critical' },
    scope: 'region',
    requires: ['resources.region'],
    tolerates: ['resources.region'],
    population: 'APIs, function URLs and domain names',
    messages: {
      unknown: 'The {type} {name}, made {createdAt}, is not in the baseline of {capturedAt}.',
      changed: {
        text: 'The {type} {name}, made {createdAt}, differs from the baseline of {capturedAt}.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['api.restrict-policy', 'api.restore-deployment', 'api.delete', 'function-url.delete'],
      why: 'Closing the way in is reversible while its owner is asked; deleting it is not.',
      cautions: [
        'Mappings of a domain name go before the API. REST APIs can be deleted once in 30 seconds only.',
      ],
    },
    techniques: ['T1133'],
    frameworks: { 'NIST 800-53 r5': ['CM-3', 'CM-8', 'CM-8(3)'], 'NIST CSF 2.0': ['ID.AM-02', 'PR.PS-01'] },
    references: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html'],
    since: '0.1.0',
  },
  appliesTo: ({ baseline }) =>
    baseline === null ? 'there is no baseline: APIs are listed as inventory' : null,
  examined: (evidence) => entries(evidence['resources.region']).length,
  *evaluate(evidence, { baseline }) {
    const facts = evidence['resources.region'];
    for (const fact of entries(facts)) {
      const entry = baseline?.find(fact.type, fact.arn) ?? null;
      const isSame = entry !== null && (entry.contentSha256 ?? fact.contentSha256) === fact.contentSha256;
      if (baseline === null || isSame) {
        continue;
      }
      yield {
        messageId: entry === null ? 'unknown' : 'changed',
        subject: { arn: fact.arn, type: fact.type, name: fact.name },
        data: {
          type: fact.type,
          name: fact.name,
          createdAt: fact.createdAt ?? 'at an unknown time',
          capturedAt: baseline.capturedAt,
        },
        evidence: [{ key: 'resources.region', pointer: `/${facts.indexOf(fact)}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'It asks for no revoked key.' },
      };
    }
  },
});
