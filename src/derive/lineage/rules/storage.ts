import type { RuleTable } from './lineage-rule.ts';
import { act, rule, type Shape, sameRule } from './shape.ts';

const bucket = {
  type: 's3-bucket',
  scope: 'global',
  id: ['request.bucketName'],
  arnTemplate: 'arn:{partition}:s3:::{id}',
} as const satisfies Shape;

const kmsKey = {
  type: 'kms-key',
  scope: 'regional',
  id: ['response.keyMetadata.arn', 'request.keyId', 'response.keyId'],
  arnTemplate: 'arn:{partition}:kms:{region}:{account}:key/{id}',
} as const satisfies Shape;

const secret = {
  type: 'secret',
  scope: 'regional',
  id: ['response.arn', 'response.aRN', 'request.secretId', 'request.name'],
} as const satisfies Shape;

const parameter = {
  type: 'parameter',
  scope: 'regional',
  id: ['request.name'],
} as const satisfies Shape;

export const s3Rules: RuleTable = {
  CreateBucket: rule(act('created', bucket)),
  DeleteBucket: rule(act('deleted', bucket)),
  ...sameRule(
    [
      'PutBucketPolicy',
      'DeleteBucketPolicy',
      'PutBucketAcl',
      'PutBucketLifecycle',
      'PutBucketLifecycleConfiguration',
      'DeleteBucketLifecycle',
      'PutBucketReplication',
      'PutBucketLogging',
      'PutBucketVersioning',
      'PutBucketEncryption',
      'DeleteBucketEncryption',
      'PutBucketPublicAccessBlock',
      'DeleteBucketPublicAccessBlock',
      'PutBucketNotification',
      'PutBucketOwnershipControls',
      'PutObjectLockConfiguration',
      'PutBucketWebsite',
      'PutBucketCors',
    ],
    rule(act('changed', bucket)),
  ),
};

export const kmsRules: RuleTable = {
  CreateKey: rule(act('created', kmsKey)),
  ...sameRule(
    [
      'PutKeyPolicy',
      'CreateGrant',
      'DisableKey',
      'EnableKey',
      'ScheduleKeyDeletion',
      'CancelKeyDeletion',
      'ImportKeyMaterial',
      'DeleteImportedKeyMaterial',
    ],
    rule(act('changed', kmsKey)),
  ),
};

export const secretRules: RuleTable = {
  CreateSecret: rule(act('created', secret)),
  ...sameRule(
    ['PutSecretValue', 'UpdateSecret', 'PutResourcePolicy', 'DeleteResourcePolicy', 'RestoreSecret'],
    rule(act('changed', secret)),
  ),
  DeleteSecret: rule(act('deleted', secret)),
};

const parameterCreated = act('created', parameter);
const parameterChanged = act('changed', parameter);

/** Overwriting and making anew look alike; the version in the answer tells. */
export const parameterRules: RuleTable = {
  PutParameter: {
    acts: (event, meant) =>
      event.response['version'] === 1 ? parameterCreated(event, meant) : parameterChanged(event, meant),
  },
  DeleteParameter: rule(act('deleted', parameter)),
  DeleteParameters: rule(act('deleted', { ...parameter, id: [], ids: { path: 'request.names' } })),
};
