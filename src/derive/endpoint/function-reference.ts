/** A Lambda function as an ARN names it. */
export interface FunctionReference {
  /** Unqualified. */
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  /** Alias or version; null where the ARN names none or `$LATEST`. */
  readonly qualifier: string | null;
}

const functionArn = /^(arn:[\w-]+:lambda:([\w-]+):(\d{12}):function:([\w-]+))(?::([\w$-]+))?$/;

/** Null where the text is no function ARN (it may still hold an unresolved stage variable). */
export function parseFunctionArn(text: string): FunctionReference | null {
  const [, arn, region, accountId, name, qualifier] = functionArn.exec(text) ?? [];
  if (arn === undefined || region === undefined || accountId === undefined || name === undefined) {
    return null;
  }
  return {
    arn,
    name,
    region,
    accountId,
    qualifier: qualifier === undefined || qualifier === '$LATEST' ? null : qualifier,
  };
}
