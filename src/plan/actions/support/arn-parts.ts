/** The account in an ARN; null where it has none. */
export function accountOfArn(arn: string): string | null {
  const account = arn.split(':')[4] ?? '';
  return account === '' ? null : account;
}

/** The last part of an ARN's resource; anything else unchanged: lists of IAM give names here and ARNs there. */
export function nameOfArn(value: string): string {
  return value.startsWith('arn:') ? (value.split(':').slice(5).join(':').split('/').at(-1) ?? value) : value;
}

/** Credentials have no ARN of their own: their owner's, then kind and id. Null for what hangs on nothing. */
export function ownerOfCredential(arn: string, kind: string): string | null {
  const at = arn.lastIndexOf(`/${kind}`);
  return at < 0 ? null : arn.slice(0, at);
}
