import type { PolicyText } from './policy-text.ts';

export interface LambdaFunction {
  /** Unqualified ARN. */
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly runtime: string | null;
  readonly handler: string | null;
  readonly packageType: string;
  readonly state: string | null;
  readonly lastModifiedAt: string;
  readonly codeSha256: string;
  readonly layerArns: readonly string[];
  /** Names only; values never leave the edge. */
  readonly environmentNames: readonly string[];
  /** Variables whose value looks like a credential: the kind of credential and a digest of the value. */
  readonly environmentCredentials: readonly {
    readonly name: string;
    readonly kind: string;
    readonly digest: string;
  }[];
  readonly publishedVersions: readonly {
    readonly version: string;
    readonly codeSha256: string;
    readonly lastModifiedAt: string;
    readonly roleArn: string;
  }[];
}

export interface FunctionUrl {
  /** Qualified with the alias when the URL belongs to one. */
  readonly functionArn: string;
  readonly functionName: string;
  readonly qualifier: string | null;
  readonly url: string;
  readonly authType: 'NONE' | 'AWS_IAM';
  readonly invokeMode: string | null;
  readonly createdAt: string;
  readonly modifiedAt: string;
  readonly corsAllowOrigins: readonly string[];
}

/** A resource policy of a function, one of its aliases or versions. Only policies that exist are listed. */
export interface FunctionPolicy {
  readonly functionArn: string;
  readonly functionName: string;
  readonly qualifier: string | null;
  readonly document: PolicyText;
}

export interface FunctionAlias {
  readonly arn: string;
  readonly functionName: string;
  readonly name: string;
  readonly version: string;
  readonly routing: readonly { readonly version: string; readonly weight: number }[];
}

export interface EventSourceMapping {
  readonly id: string;
  readonly arn: string | null;
  readonly functionArn: string;
  readonly eventSourceArn: string | null;
  readonly state: string;
  readonly lastModifiedAt: string | null;
}

export interface LambdaLayer {
  readonly arn: string;
  readonly name: string;
  readonly latestVersionArn: string;
  readonly createdAt: string;
  readonly policy: PolicyText | null;
}

export interface LambdaEvidence {
  'lambda.functions': readonly LambdaFunction[];
  'lambda.function-urls': readonly FunctionUrl[];
  'lambda.function-policies': readonly FunctionPolicy[];
  'lambda.aliases': readonly FunctionAlias[];
  'lambda.event-source-mappings': readonly EventSourceMapping[];
  'lambda.layers': readonly LambdaLayer[];
}
