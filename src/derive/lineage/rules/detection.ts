import type { RuleTable } from './lineage-rule.ts';
import { setting } from './setting.ts';
import { act, rule, type Shape, sameRule } from './shape.ts';

const regional = (type: string, id: Shape['id'], arnTemplate?: string): Shape => ({
  type,
  scope: 'regional',
  id,
  ...(arnTemplate === undefined ? {} : { arnTemplate }),
});

const trail = regional(
  'trail',
  ['response.trailARN', 'request.name', 'request.trailName'],
  'arn:{partition}:cloudtrail:{region}:{account}:trail/{id}',
);
const eventDataStore = regional('event-data-store', [
  'response.eventDataStoreArn',
  'request.eventDataStore',
  'request.name',
]);
const detector = regional(
  'detector',
  ['request.detectorId', 'response.detectorId'],
  'arn:{partition}:guardduty:{region}:{account}:detector/{id}',
);
const recorder = regional('configuration-recorder', [
  'request.configurationRecorderName',
  'request.configurationRecorder.name',
]);
const deliveryChannel = regional('delivery-channel', [
  'request.deliveryChannelName',
  'request.deliveryChannel.name',
]);
const aggregator = regional('configuration-aggregator', ['request.configurationAggregatorName']);
const configRule = regional('config-rule', ['request.configRuleName', 'request.configRule.configRuleName']);
const analyzer = regional(
  'analyzer',
  ['response.arn', 'request.analyzerName', 'request.name'],
  'arn:{partition}:access-analyzer:{region}:{account}:analyzer/{id}',
);
const alarm = regional(
  'alarm',
  ['request.alarmName'],
  'arn:{partition}:cloudwatch:{region}:{account}:alarm:{id}',
);
const logGroup = regional(
  'log-group',
  ['request.logGroupName'],
  'arn:{partition}:logs:{region}:{account}:log-group:{id}',
);
const queryLog = regional('query-log-configuration', [
  'response.resolverQueryLogConfig.arn',
  'request.resolverQueryLogConfigId',
]);
const webAcl = regional('web-acl', ['request.id', 'response.summary.id', 'request.name']);

export const cloudTrailRules: RuleTable = {
  CreateTrail: rule(act('created', trail)),
  DeleteTrail: rule(act('deleted', trail)),
  ...sameRule(
    ['StopLogging', 'StartLogging', 'UpdateTrail', 'PutEventSelectors', 'PutInsightSelectors'],
    rule(act('changed', trail)),
  ),
  CreateEventDataStore: rule(act('created', eventDataStore)),
  DeleteEventDataStore: rule(act('deleted', eventDataStore)),
  ...sameRule(
    ['UpdateEventDataStore', 'StopEventDataStoreIngestion', 'StartEventDataStoreIngestion'],
    rule(act('changed', eventDataStore)),
  ),
  ...sameRule(
    ['RegisterOrganizationDelegatedAdmin', 'DeregisterOrganizationDelegatedAdmin'],
    rule(setting('organization-setting', 'CloudTrail delegated administrator')),
  ),
};

/** Every service keeps its own register of its organization administrator. */
function administratorRules(service: string): RuleTable {
  return sameRule(
    ['EnableOrganizationAdminAccount', 'DisableOrganizationAdminAccount', 'UpdateOrganizationConfiguration'],
    rule(setting('organization-setting', `${service} organization administrator`, { regional: true })),
  );
}

export const guardDutyRules: RuleTable = {
  ...administratorRules('GuardDuty'),
  CreateDetector: rule(act('created', detector)),
  DeleteDetector: rule(act('deleted', detector)),
  ...sameRule(
    [
      'UpdateDetector',
      'CreateFilter',
      'UpdateFilter',
      'DeleteFilter',
      'CreateIPSet',
      'UpdateIPSet',
      'DeleteIPSet',
      'DeleteMembers',
      'DisassociateMembers',
      'StopMonitoringMembers',
      'DisassociateFromMasterAccount',
      'DisassociateFromAdministratorAccount',
      'DeletePublishingDestination',
      'UpdatePublishingDestination',
      'ArchiveFindings',
      'UpdateMemberDetectors',
      'UpdateMalwareScanSettings',
    ],
    rule(act('changed', detector)),
  ),
};

export const securityHubRules: RuleTable = {
  ...administratorRules('Security Hub'),
  ...sameRule(
    [
      'EnableSecurityHub',
      'DisableSecurityHub',
      'UpdateSecurityHubConfiguration',
      'BatchDisableStandards',
      'UpdateStandardsControl',
      'DeleteMembers',
      'DisassociateMembers',
      'DisassociateFromAdministratorAccount',
      'CreateActionTarget',
      'DeleteActionTarget',
      'CreateAutomationRule',
      'CreateInsight',
      'UpdateInsight',
      'DeleteInsight',
      'DisableImportFindingsForProduct',
      'UpdateFindings',
      'BatchUpdateFindings',
    ],
    rule(setting('security-hub', 'Security Hub', { regional: true })),
  ),
};

export const configRules: RuleTable = {
  PutConfigurationRecorder: rule(act('changed', recorder)),
  ...sameRule(['StopConfigurationRecorder', 'StartConfigurationRecorder'], rule(act('changed', recorder))),
  DeleteConfigurationRecorder: rule(act('deleted', recorder)),
  PutDeliveryChannel: rule(act('changed', deliveryChannel)),
  DeleteDeliveryChannel: rule(act('deleted', deliveryChannel)),
  DeleteConfigurationAggregator: rule(act('deleted', aggregator)),
  PutConfigRule: rule(act('changed', configRule)),
  DeleteConfigRule: rule(act('deleted', configRule)),
  PutRetentionConfiguration: rule(setting('account-setting', 'Config retention', { regional: true })),
};

export const accessAnalyzerRules: RuleTable = {
  CreateAnalyzer: rule(act('created', analyzer)),
  DeleteAnalyzer: rule(act('deleted', analyzer)),
  ...sameRule(
    ['CreateArchiveRule', 'UpdateArchiveRule', 'DeleteArchiveRule', 'UpdateAnalyzer'],
    rule(act('changed', analyzer)),
  ),
};

export const cloudWatchRules: RuleTable = {
  PutMetricAlarm: rule(act('changed', alarm)),
  DeleteAlarms: rule(act('deleted', { ...alarm, id: [], ids: { path: 'request.alarmNames' } })),
  DisableAlarmActions: rule(act('changed', { ...alarm, id: [], ids: { path: 'request.alarmNames' } })),
};

export const logsRules: RuleTable = {
  CreateLogGroup: rule(act('created', logGroup)),
  DeleteLogGroup: rule(act('deleted', logGroup)),
  ...sameRule(
    [
      'DeleteLogStream',
      'PutRetentionPolicy',
      'DeleteRetentionPolicy',
      'DeleteMetricFilter',
      'PutSubscriptionFilter',
      'DeleteSubscriptionFilter',
    ],
    rule(act('changed', logGroup)),
  ),
};

export const resolverRules: RuleTable = {
  CreateResolverQueryLogConfig: rule(act('created', queryLog)),
  ...sameRule(
    ['AssociateResolverQueryLogConfig', 'DisassociateResolverQueryLogConfig'],
    rule(act('changed', queryLog)),
  ),
  DeleteResolverQueryLogConfig: rule(act('deleted', queryLog)),
};

export const webFirewallRules: RuleTable = {
  CreateWebACL: rule(act('created', webAcl)),
  UpdateWebACL: rule(act('changed', webAcl)),
  DeleteWebACL: rule(act('deleted', webAcl)),
};

export const macieRules: RuleTable = {
  ...administratorRules('Macie'),
  ...sameRule(['EnableMacie', 'DisableMacie'], rule(setting('account-setting', 'Macie', { regional: true }))),
};

export const detectiveRules: RuleTable = administratorRules('Detective');

export const inspectorRules: RuleTable = {
  ...sameRule(
    ['EnableDelegatedAdminAccount', 'DisableDelegatedAdminAccount'],
    rule(setting('organization-setting', 'Inspector organization administrator', { regional: true })),
  ),
  ...sameRule(['Enable', 'Disable'], rule(setting('account-setting', 'Inspector', { regional: true }))),
};

export const firewallManagerRules: RuleTable = sameRule(
  ['AssociateAdminAccount', 'DisassociateAdminAccount', 'PutAdminAccount'],
  rule(setting('organization-setting', 'Firewall Manager administrator')),
);
