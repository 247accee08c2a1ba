import { defineCheck } from '../../src/model/check.ts';
import { distinctBy } from '../../src/model/distinct-by.ts';
import { functionSubject } from '../../src/model/endpoint-subject.ts';
import type { Signal } from '../../src/model/finding.ts';
import type { Incident } from '../../src/model/incident.ts';
import { sha256 } from '../../src/model/sha256.ts';

const longTerm: ReadonlySet<string> = new Set([
  'aws-access-key-id',
  'aws-secret-access-key',
  'aws-bedrock-api-key',
]);

/** The collector keeps the digest of the credential alone, so that a leaked key id can be told without being kept. */
function compromisedSignals(digests: readonly string[], incident: Incident | null): readonly Signal[] {
  const keyId = incident?.compromised.accessKeyIds.find((candidate) => digests.includes(sha256(candidate)));
  return keyId === undefined
    ? []
    : [{ code: 'holds-compromised-key', fact: `${keyId} is compromised`, source: 'incident' }];
}

export default defineCheck({
  meta: {
    id: 'endpoints/credential-in-environment',
    title: 'No function carries credentials in its environment',
    failureTitle: 'Function carries a credential in its environment',
    description:
      'Everybody who may read a function’s configuration reads its environment variables, and leaked configurations are where keys come from. Long-term AWS credentials are never needed there, because the function has a role. Only the variable’s name and the kind of credential are kept, never its value.',
    kind: 'hardening',
    severity: 'medium',
    raise: { 'in-window': 'high', 'holds-compromised-key': 'critical' },
    scope: 'region',
    requires: ['lambda.functions'],
    tolerates: ['lambda.functions'],
    population: 'functions',
    messages: {
      longTermAws: {
        text: 'Variable {variable} of {name} looks like a long-term AWS credential ({kind}).',
        severity: 'high',
      },
      other: 'Variable {variable} of {name} looks like a credential ({kind}).',
    },
    remediation: {
      actions: ['access-key.rotate', 'function.restore'],
      why: 'A role, or a secrets store, gives the function what it needs without anyone reading it.',
      cautions: ['Rotate the credential as well: published versions and logs may still hold it.'],
    },
    techniques: ['T1552'],
    frameworks: { 'NIST 800-53 r5': ['IA-5', 'IA-5(7)'], 'NIST CSF 2.0': ['PR.AA-01', 'PR.DS-01'] },
    references: ['https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['lambda.functions'].length,
  *evaluate(evidence, { incident }) {
    for (const [index, target] of evidence['lambda.functions'].entries()) {
      const credentials = target.environmentCredentials;
      for (const { name: variable, kind } of distinctBy(credentials, (one) => `${one.name} ${one.kind}`)) {
        const alike = credentials.filter((one) => one.name === variable && one.kind === kind);
        yield {
          messageId: longTerm.has(kind) ? 'longTermAws' : 'other',
          subject: functionSubject(target),
          discriminator: `${variable} ${kind}`,
          data: { name: target.name, variable, kind },
          signals: compromisedSignals(
            alike.map(({ digest }) => digest),
            incident,
          ),
          evidence: [{ key: 'lambda.functions', pointer: `/${index}/environmentCredentials` }],
        };
      }
    }
  },
});
