import { defineCheck } from '../../src/model/check.ts';
import { principalSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'leftover-admins/orphaned-trust',
    title: 'No role trusts a deleted principal',
    failureTitle: 'Role trusts a deleted principal',
    description:
      'When a trusted user or role is deleted, its unique id stays in the trust policy. The reference is dead and does not come back with a new namesake, but it proves that somebody was let in and then removed. Compare the id with the ids in the incident’s events.',
    kind: 'residue',
    severity: 'low',
    raise: { 'in-window': 'medium', 'not-in-baseline': 'medium', 'changed-since-baseline': 'high' },
    scope: 'account',
    requires: ['principals'],
    tolerates: ['principals'],
    population: 'roles',
    messages: { deleted: 'Role {role} trusts {principal}, the unique id of a deleted principal.' },
    remediation: {
      actions: ['role.restore-trust'],
      why: 'A clean trust policy shows who may enter, and IAM refuses to save documents with unknown ids.',
      cautions: ['Record the id first: it is evidence.'],
    },
    techniques: ['T1098.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'AC-6'], 'NIST CSF 2.0': ['PR.AA-05'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html'],
    since: '0.1.0',
  },
  examined: ({ principals }) => principals.filter(({ type }) => type === 'iam-role').length,
  *evaluate({ principals }) {
    for (const [index, principal] of principals.entries()) {
      const orphans = principal.trust.filter(({ principalKind }) => principalKind === 'orphaned');
      for (const id of [...new Set(orphans.map((grant) => grant.principal))].sort()) {
        yield {
          messageId: 'deleted',
          subject: principalSubject(principal),
          discriminator: id,
          data: { role: principal.name, principal: id },
          evidence: [{ key: 'principals', pointer: `/${index}/trust` }],
          survivesKeyRevocation: { answer: 'no', why: 'Nobody can be the deleted principal again.' },
        };
      }
    }
  },
});
