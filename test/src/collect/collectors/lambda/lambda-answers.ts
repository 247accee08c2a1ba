import type { FunctionAlias, LambdaFunction } from '../../../../../src/model/evidence/lambda.ts';
import { observed } from '../../../../../src/model/observation.ts';
import { regionUnit } from '../../../../../src/model/scope.ts';
import { failure, fakeAsOf, output, pages, type Script } from '../../../../support/fake-reader.ts';

export const unit = regionUnit('aws', '111122223333', 'eu-west-1');
export const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:orders';
const roleArn = 'arn:aws:iam::111122223333:role/orders';

export const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';
export const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

export const latestVersion = {
  FunctionArn: `${functionArn}:$LATEST`,
  FunctionName: 'orders',
  Version: '$LATEST',
  Role: roleArn,
  Runtime: 'nodejs22.x',
  Handler: 'index.handler',
  PackageType: 'Zip',
  LastModified: '2026-11-03T10:00:00.000+0000',
  CodeSha256: 'bGF0ZXN0',
  Layers: [{ Arn: 'arn:aws:lambda:eu-west-1:444455556666:layer:tracing:7' }],
  Environment: {
    Variables: { TABLE_NAME: 'orders-table', DEPLOY_KEY: accessKeyId, DEPLOY_SECRET: secretAccessKey },
  },
};

export const publishedVersion = {
  ...latestVersion,
  FunctionArn: `${functionArn}:3`,
  Version: '3',
  CodeSha256: 'dGhyZWU=',
  LastModified: '2026-10-01T10:00:00.000+0000',
  Environment: { Variables: { OLD_TOKEN: `ghp_${'a1B2'.repeat(10)}` } },
};

const lambdaFunction: LambdaFunction = {
  arn: functionArn,
  name: 'orders',
  roleArn,
  runtime: 'nodejs22.x',
  handler: 'index.handler',
  packageType: 'Zip',
  state: null,
  lastModifiedAt: '2026-11-03T10:00:00.000Z',
  codeSha256: 'bGF0ZXN0',
  layerArns: [],
  environmentNames: [],
  environmentCredentials: [],
  publishedVersions: [
    { version: '3', codeSha256: 'dGhyZWU=', lastModifiedAt: '2026-10-01T10:00:00.000Z', roleArn },
  ],
};

const functionAlias: FunctionAlias = {
  arn: `${functionArn}:live`,
  functionName: 'orders',
  name: 'live',
  version: '3',
  routing: [],
};

export const dependencies = {
  'lambda.functions': observed([lambdaFunction], [], fakeAsOf, []),
  'lambda.aliases': observed([functionAlias], [], fakeAsOf, []),
};

export const policyDocument = '{"Version":"2012-10-17","Statement":[]}';

/** Answers of a region with one function, which has a published version, an alias and two URLs. */
export const lambdaAnswers: Script = {
  ListFunctions: pages(
    { Functions: [latestVersion], NextMarker: 'second' },
    { Functions: [publishedVersion] },
  ),
  ListFunctionUrlConfigs: output({
    FunctionUrlConfigs: [
      {
        FunctionArn: `${functionArn}:live`,
        FunctionUrl: 'https://live.lambda-url.eu-west-1.on.aws/',
        AuthType: 'NONE',
        CreationTime: '2026-11-03T10:30:00.000Z',
        LastModifiedTime: '2026-11-03T10:31:00.000Z',
        InvokeMode: 'BUFFERED',
        Cors: { AllowOrigins: ['*'] },
      },
      {
        FunctionArn: functionArn,
        FunctionUrl: 'https://plain.lambda-url.eu-west-1.on.aws/',
        AuthType: 'AWS_IAM',
        CreationTime: '2026-01-03T10:30:00.000Z',
        LastModifiedTime: '2026-01-03T10:30:00.000Z',
      },
    ],
  }),
  ListAliases: output({
    Aliases: [
      {
        AliasArn: `${functionArn}:live`,
        Name: 'live',
        FunctionVersion: '3',
        RoutingConfig: { AdditionalVersionWeights: { 4: 0.1 } },
      },
    ],
  }),
  GetPolicy: (input) =>
    input['Qualifier'] === '3' ? failure('ResourceNotFoundException') : output({ Policy: policyDocument }),
  ListEventSourceMappings: output({
    EventSourceMappings: [
      {
        UUID: '332f71ae-ddb2-4bc2-a876-54d99204fdd7',
        FunctionArn: functionArn,
        EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:orders',
        State: 'Enabled',
        LastModified: new Date('2026-11-03T10:00:00Z'),
      },
    ],
  }),
  ListLayers: output({
    Layers: [
      {
        LayerArn: 'arn:aws:lambda:eu-west-1:111122223333:layer:tools',
        LayerName: 'tools',
        LatestMatchingVersion: {
          LayerVersionArn: 'arn:aws:lambda:eu-west-1:111122223333:layer:tools:2',
          Version: 2,
          CreatedDate: '2026-11-03T10:00:00.000+0000',
        },
      },
    ],
  }),
  GetLayerVersionPolicy: output({ Policy: policyDocument }),
};
