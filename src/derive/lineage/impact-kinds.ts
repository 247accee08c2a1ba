import type { TraceResult } from '../../model/trace-result.ts';

export type ImpactKind = TraceResult['impact'][number]['kind'];

interface ImpactRule {
  readonly kind: ImpactKind;
  readonly title: string;
  readonly service: string;
  readonly names: RegExp;
}

/** First that fits. Services as in the event source without `.amazonaws.com`. */
const rules: readonly ImpactRule[] = [
  {
    kind: 'data-access',
    title: 'Objects in S3 read',
    service: 's3',
    names: /^(?:GetObject|CopyObject|SelectObjectContent|RestoreObject|GetObjectTorrent)/,
  },
  {
    kind: 'data-access',
    title: 'Objects or buckets in S3 deleted or overwritten',
    service: 's3',
    names: /^(?:DeleteObject|DeleteObjects|DeleteBucket|PutObject)$/,
  },
  {
    kind: 'data-access',
    title: 'Secrets and parameters read',
    service: 'secretsmanager',
    names: /^(?:GetSecretValue|BatchGetSecretValue)$/,
  },
  { kind: 'data-access', title: 'Secrets and parameters read', service: 'ssm', names: /^GetParameter/ },
  {
    kind: 'data-access',
    title: 'Tables read or exported',
    service: 'dynamodb',
    names: /^(?:GetItem|BatchGetItem|Query|Scan|ExportTableToPointInTime)$/,
  },
  {
    kind: 'data-access',
    title: 'Disk contents read through snapshots',
    service: 'ebs',
    names: /^(?:GetSnapshotBlock|ListSnapshotBlocks)$/,
  },
  {
    kind: 'data-access',
    title: 'Instances entered',
    service: 'ssm',
    names: /^(?:StartSession|SendCommand|ResumeSession)$/,
  },
  {
    kind: 'data-access',
    title: 'Instances entered',
    service: 'ec2-instance-connect',
    names: /^Send(?:SSHPublicKey|SerialConsoleSSHPublicKey)$/,
  },
  {
    kind: 'data-access',
    title: 'Passwords and start-up data of instances read',
    service: 'ec2',
    names: /^(?:GetPasswordData|DescribeInstanceAttribute|GetConsoleOutput|GetConsoleScreenshot)$/,
  },
  { kind: 'messaging', title: 'E-mail sent through SES', service: 'ses', names: /^Send/ },
  {
    kind: 'messaging',
    title: 'E-mail sending looked into or prepared',
    service: 'ses',
    names: /./,
  },
  { kind: 'messaging', title: 'Text messages sent', service: 'sns', names: /^Publish/ },
  {
    kind: 'messaging',
    title: 'Text messaging looked into or prepared',
    service: 'sns',
    names: /SMS|Sandbox/i,
  },
  { kind: 'messaging', title: 'Text messages sent', service: 'sms-voice', names: /^Send/ },
  {
    kind: 'ai-model',
    title: 'Models invoked in Bedrock',
    service: 'bedrock',
    names: /^(?:InvokeModel|Converse|InvokeAgent|CreateModelInvocationJob)/,
  },
  { kind: 'ai-model', title: 'Models in Bedrock looked into or enabled', service: 'bedrock', names: /./ },
  {
    kind: 'compute',
    title: 'Computing launched',
    service: 'ec2',
    names: /^(?:RunInstances|RequestSpotInstances|RequestSpotFleet|CreateFleet|StartInstances)$/,
  },
  {
    kind: 'compute',
    title: 'Computing launched',
    service: 'ecs',
    names: /^(?:RunTask|CreateService|CreateCluster|RegisterTaskDefinition)$/,
  },
  { kind: 'compute', title: 'Computing launched', service: 'eks', names: /^Create(?:Cluster|Nodegroup)$/ },
  { kind: 'compute', title: 'Computing launched', service: 'batch', names: /^SubmitJob$/ },
  {
    kind: 'compute',
    title: 'Computing launched',
    service: 'sagemaker',
    names: /^Create(?:NotebookInstance|TrainingJob|ProcessingJob|Domain|Endpoint)$/,
  },
  { kind: 'compute', title: 'Computing launched', service: 'lightsail', names: /^CreateInstances/ },
  { kind: 'compute', title: 'Computing launched', service: 'autoscaling', names: /^CreateAutoScalingGroup$/ },
  {
    kind: 'exposure',
    title: 'Images, snapshots or databases shared or opened',
    service: 'ec2',
    names: /^Modify(?:Image|Snapshot)Attribute$|BlockPublicAccess$/,
  },
  {
    kind: 'exposure',
    title: 'Images, snapshots or databases shared or opened',
    service: 'rds',
    names: /^Modify(?:DBSnapshot|DBClusterSnapshot)Attribute$/,
  },
  {
    kind: 'exposure',
    title: 'Network access opened',
    service: 'ec2',
    names: /^(?:AuthorizeSecurityGroupIngress|ModifySecurityGroupRules)$/,
  },
  {
    kind: 'exposure',
    title: 'Buckets opened',
    service: 's3',
    names:
      /^(?:PutBucketPolicy|PutBucketAcl|PutObjectAcl|DeleteBucketPublicAccessBlock|PutBucketPublicAccessBlock|PutBucketReplication)$/,
  },
  {
    kind: 'exposure',
    title: 'Resources shared with other accounts',
    service: 'ram',
    names: /^(?:CreateResourceShare|AssociateResourceShare)$/,
  },
  {
    kind: 'detection',
    title: 'Logging and detection tampered with',
    service: 'cloudtrail',
    names:
      /^(?:StopLogging|DeleteTrail|UpdateTrail|PutEventSelectors|DeleteEventDataStore|UpdateEventDataStore)$/,
  },
  {
    kind: 'detection',
    title: 'Logging and detection tampered with',
    service: 'guardduty',
    names: /^(?:Delete|Disassociate|Stop|Update|Disable|CreateFilter|CreateIPSet|Archive)/,
  },
  {
    kind: 'detection',
    title: 'Logging and detection tampered with',
    service: 'config',
    names: /^(?:Stop|Delete|PutConfigurationRecorder)/,
  },
  {
    kind: 'detection',
    title: 'Logging and detection tampered with',
    service: 'securityhub',
    names: /^(?:Disable|BatchDisable|Delete|Disassociate|UpdateStandardsControl)/,
  },
  {
    kind: 'detection',
    title: 'Logging and detection tampered with',
    service: 'access-analyzer',
    names: /^(?:Delete|CreateArchiveRule)/,
  },
  {
    kind: 'detection',
    title: 'Logging and detection tampered with',
    service: 'logs',
    names: /^(?:Delete|PutRetentionPolicy)/,
  },
  {
    kind: 'detection',
    title: 'Logging and detection tampered with',
    service: 'ec2',
    names: /^DeleteFlowLogs$/,
  },
  {
    kind: 'detection',
    title: 'Logging and detection tampered with',
    service: 'route53resolver',
    names: /^(?:Delete|Disassociate)ResolverQueryLogConfig$/,
  },
  {
    kind: 'detection',
    title: 'Logging and detection tampered with',
    service: 'organizations',
    names:
      /^(?:DisableAWSServiceAccess|DeregisterDelegatedAdministrator|LeaveOrganization|DetachPolicy|DisablePolicyType)$/,
  },
];

export function impactRuleOf(service: string, name: string): Pick<ImpactRule, 'kind' | 'title'> | null {
  return rules.find((rule) => rule.service === service && rule.names.test(name)) ?? null;
}

/** Looking around without changing anything. */
export function isDiscovery(name: string): boolean {
  return /^(?:Describe|List|Get|Lookup|Search|Head|BatchGet|Simulate)/.test(name);
}
