import { type FunctionConfiguration, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import type { LambdaFunction } from '../../../model/evidence/lambda.ts';
import { type CollectContext, defineCollector } from '../../define-collector.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';
import { environmentCredentials } from './environment-credentials.ts';
import { unqualifiedArn } from './function-arn.ts';

interface Environment {
  readonly names: readonly string[];
  readonly credentials: LambdaFunction['environmentCredentials'];
}

type PublishedVersion = LambdaFunction['publishedVersions'][number];

const latest = '$LATEST';

function redactedEnvironment(
  context: CollectContext,
  reading: Reading,
  configuration: FunctionConfiguration,
): Environment {
  const { Variables: variables = {}, Error: failure } = configuration.Environment ?? {};
  if (failure !== undefined) {
    // Lambda answers without the variables when the caller may not use the key that encrypts them.
    reading.gap(
      'access-denied',
      'the environment could not be decrypted (the caller needs kms:Decrypt on its key)',
      configuration.FunctionArn,
    );
  }
  const names = Object.keys(variables);
  if (names.length > 0) {
    context.redacted('Lambda.Environment.Variables', names.length);
  }
  return { names, credentials: environmentCredentials(variables) };
}

/** A published version keeps its own copy of the variables, so a key stays in it after `$LATEST` was cleaned. */
function united(environments: readonly Environment[]): Environment {
  const credentials = environments.flatMap((environment) => environment.credentials);
  const unique = new Map(
    credentials.map((found) => [`${found.name}\n${found.kind}\n${found.digest}`, found]),
  );
  return {
    names: [...new Set(environments.flatMap((environment) => environment.names))].sort(),
    credentials: sortedBy(unique.values(), (found) => `${found.name}\n${found.kind}\n${found.digest}`),
  };
}

/** Lambda writes `+0000` where ISO-8601 has `Z`. A time that cannot be read is kept as it came, with a gap. */
function modifiedAt(reading: Reading, text: string, resource: string): string {
  const time = isoTime(text);
  if (time === null) {
    reading.gap('malformed', 'the time of the last change cannot be read', resource);
  }
  return time ?? text;
}

function publishedVersion(
  reading: Reading,
  configuration: FunctionConfiguration,
): readonly PublishedVersion[] {
  const resource = configuration.FunctionArn ?? 'lambda:ListFunctions';
  const fields = reading.required(
    {
      version: configuration.Version,
      codeSha256: configuration.CodeSha256,
      lastModified: configuration.LastModified,
      roleArn: configuration.Role,
    },
    resource,
  );
  if (fields === null) {
    return [];
  }
  const { version, codeSha256, lastModified, roleArn } = fields;
  return [{ version, codeSha256, lastModifiedAt: modifiedAt(reading, lastModified, resource), roleArn }];
}

function lambdaFunction(
  context: CollectContext,
  reading: Reading,
  arn: string,
  versions: readonly FunctionConfiguration[],
): readonly LambdaFunction[] {
  const draft = versions.find((version) => version.Version === latest);
  const environment = united(versions.map((version) => redactedEnvironment(context, reading, version)));
  const fields = reading.required(
    {
      [latest]: draft,
      name: draft?.FunctionName,
      roleArn: draft?.Role,
      lastModified: draft?.LastModified,
      codeSha256: draft?.CodeSha256,
    },
    arn,
  );
  if (fields === null) {
    return [];
  }
  const { lastModified, name, roleArn, codeSha256 } = fields;
  const published = versions.filter((version) => version.Version !== latest);
  return [
    {
      arn,
      name,
      roleArn,
      runtime: draft?.Runtime ?? null,
      handler: draft?.Handler ?? null,
      // The service leaves the type out for functions that are older than container images.
      packageType: draft?.PackageType ?? 'Zip',
      state: draft?.State ?? null,
      lastModifiedAt: modifiedAt(reading, lastModified, arn),
      codeSha256,
      // The order decides which layer's file wins: it is kept.
      layerArns: (draft?.Layers ?? []).flatMap((layer) => layer.Arn ?? []),
      environmentNames: environment.names,
      environmentCredentials: environment.credentials,
      publishedVersions: sortedBy(
        published.flatMap((version) => publishedVersion(reading, version)),
        ({ version }) => version.padStart(20, '0'),
      ),
    },
  ];
}

export default defineCollector({
  key: 'lambda.functions',
  vantage: 'account',
  operations: [{ service: 'lambda', command: 'ListFunctions', permission: 'lambda:ListFunctions' }],
  async collect(context) {
    const reading = new Reading(context);
    const { items } = await reading.all(
      ListFunctionsCommand,
      { FunctionVersion: 'ALL' },
      (output) => output.Functions,
    );
    const byArn = new Map<string, FunctionConfiguration[]>();
    for (const configuration of items) {
      const fields = reading.required({ arn: configuration.FunctionArn }, 'lambda:ListFunctions');
      if (fields !== null) {
        const arn = unqualifiedArn(fields.arn);
        byArn.set(arn, [...(byArn.get(arn) ?? []), configuration]);
      }
    }
    const functions = [...byArn].flatMap(([arn, versions]) =>
      lambdaFunction(context, reading, arn, versions),
    );
    return reading.finish(sortedBy(functions, (found) => found.arn));
  },
});
