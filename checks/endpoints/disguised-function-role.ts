import { defineCheck } from '../../src/model/check.ts';
import type { Principal } from '../../src/model/evidence/derived.ts';
import { listing, mintingOf } from '../../src/model/minting.ts';
import { principalSubject } from '../../src/model/subject.ts';

/** AWSLambdaBasicExecutionRole, and what the console makes of it: `AWSLambdaBasicExecutionRole-<uuid>`. */
const harmlessName = /basic[-_ ]?execution|lambda[-_ ]?basic/i;

/** Roles and policies of that name write logs. Anything that makes credentials or changes the organization is a disguise. */
function hiddenPower({ power }: Principal): readonly string[] {
  const organization = power.changesOrganization.filter(({ verdict }) => verdict === 'allowed');
  return [...new Set([...mintingOf(power).certain, ...organization.map(({ action }) => action)])];
}

function disguisedPolicies({ power }: Principal): readonly string[] {
  const references = [
    ...power.administratorPolicies,
    ...[...power.mintsCredentials, ...power.changesOrganization].flatMap(({ allowedBy }) => allowedBy),
  ];
  return [
    ...new Set(references.map(({ policy }) => policy).filter((name) => harmlessName.test(name))),
  ].sort();
}

function roles(principals: readonly Principal[]): readonly Principal[] {
  return principals.filter(({ type, managedBy }) => type === 'iam-role' && managedBy === 'customer');
}

export default defineCheck({
  meta: {
    id: 'endpoints/disguised-function-role',
    title: 'No role with great power is named like a basic execution role',
    failureTitle: 'Powerful role is named like a basic execution role',
    description:
      'A basic execution role writes logs and nothing else, so nobody looks twice at one. A role or policy of that name that can make credentials or change the organization is a disguise, and the function that runs with it is a way back.',
    kind: 'residue',
    severity: 'high',
    raise: {
      'in-window': 'critical',
      'not-in-baseline': 'critical',
      'changed-since-baseline': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'account',
    requires: ['principals'],
    tolerates: ['principals'],
    population: 'roles of the customer',
    messages: {
      roleName: '{name} is named like a basic execution role and can do: {power}.',
      policyName: '{name} holds {policies}, named like the basic execution policy, which let it do: {power}.',
    },
    remediation: {
      actions: ['principal.contain', 'role.delete'],
      why: 'A deny on the role stops the function and every session at once, and can be taken back.',
      cautions: ['Functions that use the role stop working: find them first.'],
    },
    techniques: ['T1036.005', 'T1098', 'T1648'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'AC-6'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: [
      'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
      'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html',
    ],
    since: '0.1.0',
  },
  examined: ({ principals }) => roles(principals).length,
  *evaluate({ principals }) {
    for (const role of roles(principals)) {
      const power = hiddenPower(role);
      const policies = disguisedPolicies(role);
      const isNamedSo = harmlessName.test(role.name);
      if (power.length === 0 || !(isNamedSo || policies.length > 0)) {
        continue;
      }
      yield {
        messageId: isNamedSo ? 'roleName' : 'policyName',
        subject: principalSubject(role),
        data: { name: role.name, power: listing(power), policies: policies.join(', ') },
        signals: [{ code: 'can-mint', fact: listing(power), source: 'principals' }],
        evidence: [{ key: 'principals', pointer: `/${principals.indexOf(role)}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'The role is assumed by the function, not by a key.' },
      };
    }
  },
});
