import type { LineageRule, RuleTable } from './lineage-rule.ts';
import { nameOf } from './place.ts';
import { text } from './read-member.ts';
import { setting } from './setting.ts';
import { act, rule, type Shape, sameRule, seedsOf, shapeKey } from './shape.ts';
import { instanceProfile } from './shapes-iam.ts';

const instance = {
  type: 'ec2-instance',
  scope: 'regional',
  id: ['request.instanceId', 'request.iamInstanceProfile.instanceId'],
  arnTemplate: 'arn:{partition}:ec2:{region}:{account}:instance/{id}',
} as const satisfies Shape;

const runInstances = {
  ...instance,
  id: [],
  ids: { path: 'response.instancesSet', member: 'instanceId' },
} as const satisfies Shape;

const listedInstances = {
  ...instance,
  ids: { path: 'request.instancesSet', member: 'instanceId' },
} as const satisfies Shape;

/** The profile stands by name or by ARN; its role shows elsewhere (AddRoleToInstanceProfile, the sessions themselves). */
const launching: LineageRule = {
  acts: act('created', runInstances),
  links: (event) => {
    const profile = text(event, 'request.iamInstanceProfile.arn', 'request.iamInstanceProfile.name');
    return profile === null
      ? []
      : seedsOf(event, runInstances).map((seed) => ({
          from: shapeKey(instanceProfile, seed.accountId ?? '', '', nameOf(profile)),
          to: seed.key,
        }));
  },
};

const regional = (type: string, id: Shape['id'], resource: string, ids?: Shape['ids']): Shape => ({
  type,
  scope: 'regional',
  id,
  arnTemplate: `arn:{partition}:ec2:{region}:{account}:${resource}/{id}`,
  ...(ids === undefined ? {} : { ids }),
});

const image = regional('ami', ['response.imageId', 'request.imageId'], 'image');
const snapshot = regional('ebs-snapshot', ['response.snapshotId', 'request.snapshotId'], 'snapshot');
const keyPair = regional('key-pair', ['request.keyName', 'response.keyName'], 'key-pair');
const volume = regional('ebs-volume', ['response.volumeId', 'request.volumeId'], 'volume');
const securityGroup = regional(
  'security-group',
  ['response.groupId', 'request.groupId', 'request.groupName'],
  'security-group',
);
const launchTemplate = regional(
  'launch-template',
  [
    'response.CreateLaunchTemplateResponse.launchTemplate.launchTemplateId',
    'request.CreateLaunchTemplateRequest.LaunchTemplateId',
    'request.CreateLaunchTemplateVersionRequest.LaunchTemplateId',
    'request.DeleteLaunchTemplateRequest.LaunchTemplateId',
    'request.ModifyLaunchTemplateRequest.LaunchTemplateId',
  ],
  'launch-template',
);
const createdFlowLog = regional('flow-log', [], 'vpc-flow-log', {
  path: 'response.CreateFlowLogsResponse.flowLogIdSet',
});
const deletedFlowLog = regional(
  'flow-log',
  ['request.DeleteFlowLogsRequest.FlowLogId.content'],
  'vpc-flow-log',
  {
    path: 'request.DeleteFlowLogsRequest.FlowLogId',
    member: 'content',
  },
);

export const ec2Rules: RuleTable = {
  RunInstances: launching,
  ...sameRule(['StartInstances', 'StopInstances', 'RebootInstances'], rule(act('changed', listedInstances))),
  TerminateInstances: rule(act('deleted', listedInstances)),
  ...sameRule(
    [
      'ModifyInstanceAttribute',
      'ModifyInstanceMetadataOptions',
      'AssociateIamInstanceProfile',
      'ReplaceIamInstanceProfileAssociation',
    ],
    rule(act('changed', instance)),
  ),
  CreateImage: rule(act('created', image)),
  CopyImage: rule(act('created', image)),
  RegisterImage: rule(act('created', image)),
  ModifyImageAttribute: rule(act('changed', image)),
  DeregisterImage: rule(act('deleted', image)),
  CreateSnapshot: rule(act('created', snapshot)),
  CopySnapshot: rule(act('created', snapshot)),
  ModifySnapshotAttribute: rule(act('changed', snapshot)),
  DeleteSnapshot: rule(act('deleted', snapshot)),
  CreateVolume: rule(act('created', volume)),
  DeleteVolume: rule(act('deleted', volume)),
  CreateKeyPair: rule(act('created', keyPair)),
  ImportKeyPair: rule(act('created', keyPair)),
  DeleteKeyPair: rule(act('deleted', keyPair)),
  CreateSecurityGroup: rule(act('created', securityGroup)),
  ...sameRule(
    [
      'AuthorizeSecurityGroupIngress',
      'AuthorizeSecurityGroupEgress',
      'RevokeSecurityGroupIngress',
      'ModifySecurityGroupRules',
    ],
    rule(act('changed', securityGroup)),
  ),
  DeleteSecurityGroup: rule(act('deleted', securityGroup)),
  CreateLaunchTemplate: rule(act('created', launchTemplate)),
  ...sameRule(['CreateLaunchTemplateVersion', 'ModifyLaunchTemplate'], rule(act('changed', launchTemplate))),
  DeleteLaunchTemplate: rule(act('deleted', launchTemplate)),
  CreateFlowLogs: rule(act('created', createdFlowLog)),
  DeleteFlowLogs: rule(act('deleted', deletedFlowLog)),
  ...sameRule(
    ['EnableSerialConsoleAccess', 'DisableSerialConsoleAccess'],
    rule(setting('account-setting', 'EC2 serial console access', { regional: true })),
  ),
  ...sameRule(
    ['DisableSnapshotBlockPublicAccess', 'EnableSnapshotBlockPublicAccess'],
    rule(setting('account-setting', 'snapshot block public access', { regional: true })),
  ),
  ...sameRule(
    ['DisableImageBlockPublicAccess', 'EnableImageBlockPublicAccess'],
    rule(setting('account-setting', 'image block public access', { regional: true })),
  ),
  ...sameRule(
    ['DisableEbsEncryptionByDefault', 'EnableEbsEncryptionByDefault'],
    rule(setting('account-setting', 'EBS encryption by default', { regional: true })),
  ),
};

const databaseSnapshot = {
  type: 'rds-snapshot',
  scope: 'regional',
  id: [
    'response.dBSnapshotArn',
    'request.dBSnapshotIdentifier',
    'request.dBClusterSnapshotIdentifier',
    'request.targetDBSnapshotIdentifier',
  ],
  arnTemplate: 'arn:{partition}:rds:{region}:{account}:snapshot:{id}',
} as const satisfies Shape;

const database = {
  type: 'rds-instance',
  scope: 'regional',
  id: ['request.dBInstanceIdentifier', 'request.dBClusterIdentifier'],
  arnTemplate: 'arn:{partition}:rds:{region}:{account}:db:{id}',
} as const satisfies Shape;

export const rdsRules: RuleTable = {
  ...sameRule(
    ['CreateDBSnapshot', 'CreateDBClusterSnapshot', 'CopyDBSnapshot'],
    rule(act('created', databaseSnapshot)),
  ),
  ...sameRule(
    ['ModifyDBSnapshotAttribute', 'ModifyDBClusterSnapshotAttribute'],
    rule(act('changed', databaseSnapshot)),
  ),
  ...sameRule(['DeleteDBSnapshot', 'DeleteDBClusterSnapshot'], rule(act('deleted', databaseSnapshot))),
  ...sameRule(
    ['CreateDBInstance', 'RestoreDBInstanceFromDBSnapshot', 'CreateDBCluster'],
    rule(act('created', database)),
  ),
  ...sameRule(['ModifyDBInstance', 'ModifyDBCluster'], rule(act('changed', database))),
  ...sameRule(['DeleteDBInstance', 'DeleteDBCluster'], rule(act('deleted', database))),
};
