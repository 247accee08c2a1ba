import { defineCheck } from '../../src/model/check.ts';
import { userSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'long-term-keys/bedrock-key-user',
    title: 'No BedrockAPIKey user is left over or holds ordinary credentials',
    failureTitle: 'User made for a Bedrock API key',
    description:
      'The Bedrock console makes an IAM user named `BedrockAPIKey-…` for each long-term API key. Deleting the API key leaves the user and its policy behind. Such a user never needs an access key or a password: either one is a second way in under a name that nobody looks at.',
    kind: 'residue',
    severity: 'low',
    raise: {
      'in-window': 'high',
      'not-in-baseline': 'medium',
      'created-by-incident': 'critical',
      'indicator-match': 'critical',
    },
    scope: 'account',
    requires: [
      'iam.authorization-details',
      'iam.access-keys',
      'iam.login-profiles',
      'iam.service-specific-credentials',
    ],
    tolerates: ['iam.authorization-details'],
    population: 'IAM users',
    messages: {
      ordinaryCredential: {
        text: 'User {user} was made for a Bedrock API key but has {accessKeys} access keys and {passwords} console passwords.',
        severity: 'high',
      },
      leftOver: 'User {user} was made for a Bedrock API key that no longer exists; the user stayed.',
      present: { text: 'User {user} carries a long-term Bedrock API key.', severity: 'info' },
    },
    remediation: {
      actions: ['service-specific-credential.deactivate', 'access-key.deactivate', 'user.delete'],
      why: 'Without the user no credential of it can come back.',
      cautions: ['Deactivate the API key first and watch for failing applications.'],
    },
    techniques: ['T1098.001', 'T1136.003'],
    frameworks: { 'NIST 800-53 r5': ['AC-2', 'IA-5'], 'NIST CSF 2.0': ['PR.AA-01'] },
    references: ['https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['iam.authorization-details'].users.length,
  *evaluate(evidence) {
    for (const [index, user] of evidence['iam.authorization-details'].users.entries()) {
      if (!user.name.startsWith('BedrockAPIKey-')) {
        continue;
      }
      const isOwn = ({ userArn }: { readonly userArn: string }) => userArn === user.arn;
      const accessKeys = evidence['iam.access-keys'].filter(isOwn).length;
      const passwords = evidence['iam.login-profiles'].filter(isOwn).length;
      const bearerKeys = evidence['iam.service-specific-credentials'].filter(isOwn).length;
      const quietMessage = bearerKeys === 0 ? 'leftOver' : 'present';
      yield {
        messageId: accessKeys + passwords > 0 ? 'ordinaryCredential' : quietMessage,
        subject: userSubject(user),
        data: { user: user.name, accessKeys, passwords },
        evidence: [{ key: 'iam.authorization-details', pointer: `/users/${index}` }],
        survivesKeyRevocation: { answer: 'yes', why: 'It is a user of its own.' },
      };
    }
  },
});
