import { regionArn } from '../../../model/resource-arn.ts';
import type { LineageRule, Relation, RuleTable } from './lineage-rule.ts';
import { accountOf, partitionOf } from './place.ts';
import { text } from './read-member.ts';
import { setting } from './setting.ts';
import { act, rule, type Shape, sameRule } from './shape.ts';

function onRegion(relation: Relation): LineageRule {
  return {
    acts: (event) => {
      const name = text(event, 'request.regionName');
      const accountId = text(event, 'request.accountId') ?? accountOf(event);
      return name === null
        ? []
        : [
            {
              relation,
              seed: {
                kind: 'resource',
                type: 'region',
                key: `region ${accountId} ${name}`,
                label: name,
                arn: regionArn(partitionOf(name), accountId, name),
                uniqueId: null,
                accountId: accountId === '' ? null : accountId,
                region: name,
              },
            },
          ];
    },
  };
}

const accountSetting = (label: string): LineageRule => rule(setting('account-setting', label));

export const accountRules: RuleTable = {
  ...sameRule(['EnableRegion', 'DisableRegion'], onRegion('changed')),
  ...sameRule(
    ['StartPrimaryEmailUpdate', 'AcceptPrimaryEmailUpdate', 'EmailUpdated'],
    accountSetting('e-mail address of the root user'),
  ),
  ...sameRule(['PutAlternateContact', 'DeleteAlternateContact'], accountSetting('alternate contact')),
  PutContactInformation: accountSetting('contact information'),
  PutAccountName: accountSetting('account name'),
  CloseAccount: accountSetting('account closure'),
};

export const supportRules: RuleTable = sameRule(
  ['ResolveCase', 'CreateCase', 'AddCommunicationToCase'],
  accountSetting('support cases'),
);

export const quotaRules: RuleTable = {
  RequestServiceQuotaIncrease: rule(setting('account-setting', 'service quotas', { regional: true })),
};

const emailIdentity = {
  type: 'email-identity',
  scope: 'regional',
  id: ['request.emailIdentity', 'request.identity', 'request.emailAddress', 'request.domain'],
  arnTemplate: 'arn:{partition}:ses:{region}:{account}:identity/{id}',
} as const satisfies Shape;

export const emailRules: RuleTable = {
  ...sameRule(
    [
      'CreateEmailIdentity',
      'VerifyEmailIdentity',
      'VerifyEmailAddress',
      'VerifyDomainIdentity',
      'VerifyDomainDkim',
    ],
    rule(act('created', emailIdentity)),
  ),
  ...sameRule(['DeleteEmailIdentity', 'DeleteIdentity'], rule(act('deleted', emailIdentity))),
  ...sameRule(
    ['PutIdentityPolicy', 'CreateEmailIdentityPolicy', 'UpdateEmailIdentityPolicy'],
    rule(act('changed', emailIdentity)),
  ),
  ...sameRule(
    ['UpdateAccountSendingEnabled', 'PutAccountDetails', 'PutAccountSendingAttributes'],
    rule(setting('account-setting', 'SES sending', { regional: true })),
  ),
};

export const modelRules: RuleTable = {
  ...sameRule(
    ['PutFoundationModelEntitlement', 'CreateFoundationModelAgreement', 'PutUseCaseForModelAccess'],
    rule(setting('account-setting', 'Bedrock model access', { regional: true })),
  ),
  DeleteModelInvocationLoggingConfiguration: rule(
    setting('account-setting', 'Bedrock invocation logging', { regional: true }),
  ),
  PutModelInvocationLoggingConfiguration: rule(
    setting('account-setting', 'Bedrock invocation logging', { regional: true }),
  ),
};
