import { defineCheck } from '../../src/model/check.ts';
import type { Principal } from '../../src/model/evidence/derived.ts';
import { principalSubject } from '../../src/model/subject.ts';

const reserved = [
  { prefix: 'awsreservedsso_', path: '/aws-reserved/sso.amazonaws.com/' },
  { prefix: 'awsservicerolefor', path: '/aws-service-role/' },
] as const;

function messageFor({ name, path, trust }: Principal) {
  const claimed = reserved.find(({ prefix }) => name.toLowerCase().startsWith(prefix));
  if (claimed && !path.startsWith(claimed.path)) {
    return 'wrongPath';
  }
  if (path.startsWith('/aws-service-role/')) {
    return trust.some(({ principalKind }) => principalKind !== 'service') ? 'foreignTrust' : null;
  }
  if (path.startsWith('/aws-reserved/')) {
    return trust.some((grant) => !grant.principal.includes(':saml-provider/AWSSSO_')) ? 'foreignTrust' : null;
  }
  return path.startsWith('/service-role/') && trust.some((grant) => grant.principalKind !== 'service')
    ? 'serviceRoleTrust'
    : null;
}

export default defineCheck({
  meta: {
    id: 'leftover-admins/reserved-name',
    title: 'Names and paths that AWS reserves are used by AWS alone',
    failureTitle: 'Principal borrows a name or path of AWS',
    description:
      'Identity Center’s roles and service-linked roles carry known prefixes and live on reserved paths; people and tools skip them when they review. A role that has the prefix but not the path is no such role, and one on the path that trusts anybody else was tampered with. The path `/service-role/` is free for customers but is meant for AWS services.',
    kind: 'residue',
    severity: 'high',
    raise: {
      'in-window': 'critical',
      'not-in-baseline': 'critical',
      'created-by-incident': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'account',
    requires: ['principals'],
    tolerates: ['principals'],
    population: 'users, groups and roles',
    messages: {
      wrongPath: '{type} {name} is named like one of AWS’s own but lies on path {path}.',
      foreignTrust: {
        text: '{type} {name} lies on the reserved path {path} but trusts {trusted}.',
        severity: 'critical',
      },
      serviceRoleTrust: {
        text: '{type} {name} lies on path {path}, which is meant for AWS services, but trusts {trusted}.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['principal.contain', 'role.delete', 'user.delete'],
      why: 'Nothing of AWS depends on it.',
      cautions: ['Save trust, policies and tags first.'],
    },
    techniques: ['T1036.010', 'T1136.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-2'], 'NIST CSF 2.0': ['PR.AA-01'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html'],
    since: '0.1.0',
  },
  examined: ({ principals }) => principals.length,
  *evaluate({ principals }) {
    for (const [index, principal] of principals.entries()) {
      const messageId = messageFor(principal);
      if (messageId === null) {
        continue;
      }
      const { type, name, path, trust } = principal;
      const trusted = [...new Set(trust.map((grant) => grant.principal))].sort().join(', ');
      yield {
        messageId,
        subject: principalSubject(principal),
        data: { type, name, path, trusted },
        evidence: [{ key: 'principals', pointer: `/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'It is a principal of its own.' },
      };
    }
  },
});
