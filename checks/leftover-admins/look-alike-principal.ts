import { defineCheck } from '../../src/model/check.ts';
import type { Principal } from '../../src/model/evidence/derived.ts';
import { foldName, isOneEditApart } from '../../src/model/name-similarity.ts';
import { principalSubject } from '../../src/model/subject.ts';

/** Roles that AWS tools make in the customer's name, outside the reserved paths. */
const toolPrefix =
  /^(aws-?controltower|awscloudformationstackset|aws-?quicksetup|awsaccelerator|awsbackupdefault|awsglueservicerole|awscodepipeline|awsdatasync|amazonssmrole|amazonec2|amazoneks|amazonsagemaker|awsreservedsso_|awsservicerolefor)/i;

function isStronger({ power }: Principal): boolean {
  return power.administrator !== 'no' || power.escalationPaths.length + power.mintsCredentials.length > 0;
}

function imitationOfAws(principal: Principal) {
  const { name, path, type } = principal;
  if (path.startsWith('/service-role/') || toolPrefix.test(name)) {
    return null;
  }
  if (foldName(name).includes(foldName('LambdaBasicExecution')) && isStronger(principal)) {
    return 'executionRole';
  }
  const isAwsName = /^(aws|amazon)[^a-z]|^(AWS|Amazon)[A-Z]/.test(name);
  return isAwsName ? (type === 'iam-user' ? 'awsUser' : 'awsName') : null;
}

/** The older principal of the same type whose name this one could be taken for. */
function original(principal: Principal, others: readonly Principal[]) {
  const age = `${principal.createdAt} ${principal.arn}`;
  const older = others
    .filter(({ type, createdAt, arn }) => type === principal.type && `${createdAt} ${arn}` < age)
    .sort((left, right) => left.arn.localeCompare(right.arn));
  const twin = older.find(({ name }) => foldName(name) === foldName(principal.name));
  return { twin, neighbour: older.find(({ name }) => isOneEditApart(name, principal.name)) };
}

export default defineCheck({
  meta: {
    id: 'leftover-admins/look-alike-principal',
    title: 'No principal imitates another one or AWS',
    failureTitle: 'Principal’s name imitates another one or AWS',
    description:
      'Intruders name what they leave so that a review passes over it: like a service of AWS, like a harmless execution role, or like a user that is there already, one letter apart. A name proves nothing by itself; ask who made it. Names on paths that AWS reserves are judged by `leftover-admins/reserved-name`.',
    kind: 'residue',
    severity: 'low',
    raise: {
      'in-window': 'critical',
      'not-in-baseline': 'high',
      'created-by-incident': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'account',
    requires: ['principals'],
    tolerates: ['principals'],
    population: 'users, groups and roles of the customer',
    messages: {
      executionRole: {
        text: '{type} {name} is named like a basic execution role but can mint credentials or raise its rights.',
        severity: 'high',
      },
      awsUser: {
        text: '{type} {name} is named like an AWS service; AWS makes no users.',
        severity: 'medium',
      },
      awsName: '{type} {name} is named like something of AWS.',
      twin: { text: '{type} {name} looks like {other}, which is older.', severity: 'medium' },
      neighbour: '{type} {name} is one letter apart from {other}, which is older.',
    },
    remediation: {
      actions: ['principal.contain', 'user.delete', 'role.delete', 'group.delete'],
      why: 'A principal that nobody owns under a borrowed name is not missed.',
      cautions: ['Similar names are often innocent: ask the owner of both.'],
    },
    techniques: ['T1036.010', 'T1136.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-2'], 'NIST CSF 2.0': ['PR.AA-01'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html'],
    since: '0.1.0',
  },
  examined: ({ principals }) => principals.filter(({ managedBy }) => managedBy === 'customer').length,
  *evaluate({ principals }) {
    const ofCustomer = principals.filter(({ managedBy }) => managedBy === 'customer');
    for (const principal of ofCustomer) {
      const { twin, neighbour } = original(principal, ofCustomer);
      const similar = twin ? 'twin' : neighbour ? 'neighbour' : null;
      const messageId = imitationOfAws(principal) ?? similar;
      if (messageId === null) {
        continue;
      }
      const { type, name } = principal;
      yield {
        messageId,
        subject: principalSubject(principal),
        data: { type, name, other: (twin ?? neighbour)?.name ?? '' },
        evidence: [{ key: 'principals', pointer: `/${principals.indexOf(principal)}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'It is a principal of its own.' },
      };
    }
  },
});
