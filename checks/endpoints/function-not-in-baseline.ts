import { defineCheck } from '../../src/model/check.ts';
import type { ResourceFact } from '../../src/model/evidence/derived.ts';

function functions(facts: readonly ResourceFact[]): readonly ResourceFact[] {
  return facts.filter(({ type }) => type === 'lambda-function');
}

export default defineCheck({
  meta: {
    id: 'endpoints/function-not-in-baseline',
    title: 'Every function is in the baseline, unchanged',
    failureTitle: 'Function is not in the baseline, or differs from it',
    description:
      'A function that nobody reviewed may be an intruder’s, and a reviewed one may run other code than it did. Code, role, layers, versions, aliases and policies are compared by digest. Deployments after the baseline was captured look the same: ask the owner.',
    kind: 'residue',
    severity: 'medium',
    raise: { 'in-window': 'critical' },
    scope: 'region',
    requires: ['resources.region'],
    tolerates: ['resources.region'],
    population: 'functions',
    messages: {
      unknown: '{name}, last changed {modifiedAt}, is not in the baseline of {capturedAt}.',
      changed: {
        text: '{name}, last changed {modifiedAt}, differs from the baseline of {capturedAt}.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['function.freeze', 'function.restore', 'function.delete'],
      why: 'Freezing stops it reversibly until an owner answers; a reviewed function is restored from its pipeline.',
      cautions: ['Preserve code and configuration first. Freezing a production function stops production.'],
    },
    techniques: ['T1648', 'T1546'],
    frameworks: {
      'NIST 800-53 r5': ['CM-3', 'CM-8', 'CM-8(3)', 'SI-7'],
      'NIST CSF 2.0': ['ID.AM-02', 'PR.PS-01'],
    },
    references: ['https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html'],
    since: '0.1.0',
  },
  appliesTo: ({ baseline }) =>
    baseline === null ? 'there is no baseline: functions are listed as inventory' : null,
  examined: (evidence) => functions(evidence['resources.region']).length,
  *evaluate(evidence, { baseline }) {
    const facts = evidence['resources.region'];
    for (const fact of functions(facts)) {
      const entry = baseline?.find(fact.type, fact.arn) ?? null;
      const isSame = entry !== null && (entry.contentSha256 ?? fact.contentSha256) === fact.contentSha256;
      if (baseline === null || isSame) {
        continue;
      }
      yield {
        messageId: entry === null ? 'unknown' : 'changed',
        subject: { arn: fact.arn, type: fact.type, name: fact.name },
        data: {
          name: fact.name,
          modifiedAt: fact.modifiedAt ?? 'unknown',
          capturedAt: baseline.capturedAt,
        },
        evidence: [{ key: 'resources.region', pointer: `/${facts.indexOf(fact)}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'The function has its own role.' },
      };
    }
  },
});
