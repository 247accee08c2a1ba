import { defineCheck } from '../../src/model/check.ts';

const awsHost =
  /^https:\/\/([a-z0-9-]+\.)+(amazonaws\.com|amazonaws\.com\.cn|aws\.amazon\.com|api\.aws|app\.aws)(\/|$)/i;

export default defineCheck({
  meta: {
    id: 'leftover-admins/swapped-identity-center-provider',
    title: 'Identity Center’s SAML provider carries Identity Center’s metadata',
    failureTitle: 'SAML provider of Identity Center was given other metadata',
    description:
      'Identity Center puts a SAML provider named `AWSSSO_…_DO_NOT_DELETE` into every account it serves; all `AWSReservedSSO_` roles trust it. Who replaces its metadata can sign assertions for every permission set in the account, while roles, names and dates stay as they were.',
    kind: 'tampering',
    severity: 'critical',
    scope: 'account',
    requires: ['iam.saml-providers'],
    tolerates: ['iam.saml-providers'],
    population: 'SAML providers',
    messages: { foreignIssuer: 'SAML provider {name} names the issuer {issuer}, which is not AWS.' },
    remediation: {
      actions: ['identity-provider.delete', 'session.revoke'],
      why: 'Provisioning a permission set again makes Identity Center write its own metadata.',
      cautions: [
        'Save the foreign metadata first: it identifies the intruder’s service.',
        'Revoke sessions through the permission sets: the reserved roles cannot be changed by hand.',
      ],
    },
    techniques: ['T1484.002', 'T1606.002'],
    frameworks: { 'NIST 800-53 r5': ['IA-5', 'IA-8'], 'NIST CSF 2.0': ['PR.AA-04'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_saml.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['iam.saml-providers'].length,
  *evaluate(evidence) {
    for (const [index, { arn, name, issuer }] of evidence['iam.saml-providers'].entries()) {
      if (!/^AWSSSO_.+_DO_NOT_DELETE$/.test(name) || issuer === null || awsHost.test(issuer)) {
        continue;
      }
      yield {
        messageId: 'foreignIssuer',
        subject: { arn, type: 'saml-provider', name },
        data: { name, issuer },
        evidence: [{ key: 'iam.saml-providers', pointer: `/${index}/issuer` }],
        survivesKeyRevocation: { answer: 'yes', why: 'The provider signs entries without any AWS key.' },
      };
    }
  },
});
