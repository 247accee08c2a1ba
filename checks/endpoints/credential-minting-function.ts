import { isInWindow } from '../../src/model/age.ts';
import { defineCheck } from '../../src/model/check.ts';
import { codeIndicatorSignals } from '../../src/model/code-indicator.ts';
import { functionSubject } from '../../src/model/endpoint-subject.ts';
import type { Principal } from '../../src/model/evidence/derived.ts';
import type { LambdaFunction } from '../../src/model/evidence/lambda.ts';
import type { Signal } from '../../src/model/finding.ts';
import type { Incident } from '../../src/model/incident.ts';
import { listing, mintingOf } from '../../src/model/minting.ts';

/** A published version keeps the role it was published with. */
function roleArns(target: LambdaFunction): readonly string[] {
  return [...new Set([target.roleArn, ...target.publishedVersions.map(({ roleArn }) => roleArn)])].sort();
}

/** The function may be older than the role that it was given. */
function roleSignals(role: Principal | undefined, incident: Incident | null): readonly Signal[] {
  const window = incident?.window ?? null;
  return role !== undefined && window !== null && isInWindow(role.createdAt, window)
    ? [{ code: 'in-window', fact: `its role was created ${role.createdAt}`, source: 'principals' }]
    : [];
}

export default defineCheck({
  meta: {
    id: 'endpoints/credential-minting-function',
    title: 'No function has a role that can make credentials',
    failureTitle: 'Function has a role that can make credentials',
    description:
      'Code that can make users, keys, sessions or permissions is a way back for whoever can run or replace it: through an event, a schedule, an alias or a console test, with or without a public endpoint. Published versions count, because they keep the role they were published with.',
    kind: 'residue',
    severity: 'medium',
    raise: { 'in-window': 'critical', 'not-in-baseline': 'high', 'indicator-match': 'critical' },
    scope: 'region',
    requires: ['lambda.functions', 'principals'],
    tolerates: ['lambda.functions', 'principals'],
    population: 'functions',
    messages: {
      mints: '{name} runs with {role}, which can make or widen credentials: {minting}.',
      conditional: {
        text: '{name} runs with {role}, which may make or widen credentials under conditions that cannot be decided: {minting}.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['function.freeze', 'principal.reduce', 'function.delete'],
      why: 'Without these rights the function is ordinary code.',
      cautions: ['Account-vending and set-up functions need some of them: narrow them to named targets.'],
    },
    techniques: ['T1648', 'T1098', 'T1546'],
    frameworks: { 'NIST 800-53 r5': ['AC-6'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: ['https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['lambda.functions'].length,
  *evaluate(evidence, { incident }) {
    const roles = new Map(evidence.principals.map((principal) => [principal.arn, principal]));
    for (const [index, target] of evidence['lambda.functions'].entries()) {
      for (const roleArn of roleArns(target)) {
        const role = roles.get(roleArn);
        const { certain, conditional } = mintingOf(role?.power ?? null);
        if (certain.length + conditional.length === 0) {
          continue;
        }
        yield {
          messageId: certain.length > 0 ? 'mints' : 'conditional',
          subject: functionSubject(target),
          discriminator: roleArn,
          data: {
            name: target.name,
            role: roleArn,
            minting: listing(certain.length > 0 ? certain : conditional),
          },
          signals: [
            { code: 'can-mint', fact: listing([...certain, ...conditional]), source: 'principals' },
            ...roleSignals(role, incident),
            ...codeIndicatorSignals(incident, target.codeSha256, 'lambda.functions'),
          ],
          evidence: [{ key: 'lambda.functions', pointer: `/${index}` }],
          survivesKeyRevocation: { answer: 'yes', why: 'The function has its own role.' },
        };
      }
    }
  },
});
