import { createHash, createPublicKey, verify } from 'node:crypto';
import { isoOf, parseEventTime } from './event-time.ts';

/** One hour's digest, as far as it is needed. */
export interface Digest {
  /** Where we found it. */
  readonly file: string;
  readonly accountId: string;
  readonly region: string;
  /** Key in the bucket: tells the digest that follows which one it names. */
  readonly s3Object: string;
  readonly s3Bucket: string;
  readonly from: string;
  readonly to: string;
  readonly endText: string;
  readonly previousObject: string | null;
  readonly previousHash: string | null;
  readonly previousSignature: string | null;
  readonly fingerprint: string | null;
  readonly logFiles: readonly { readonly s3Object: string; readonly sha256: string }[];
  /** SHA-256 of the digest's own plain content. */
  readonly sha256: string;
}

function textOf(object: object, name: string): string | null {
  const value: unknown = Object.hasOwn(object, name) ? Reflect.get(object, name) : undefined;
  return typeof value === 'string' ? value : null;
}

function timeOf(text: string | null): string | null {
  const time = text === null ? null : parseEventTime(text);
  return time === null ? null : isoOf(time);
}

function logFilesOf(parsed: object): Digest['logFiles'] {
  const value: unknown = Reflect.get(parsed, 'logFiles');
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  return entries.flatMap((entry) => {
    if (typeof entry !== 'object' || entry === null) {
      return [];
    }
    const s3Object = textOf(entry, 's3Object');
    const sha256 = textOf(entry, 'hashValue');
    return s3Object === null || sha256 === null ? [] : [{ s3Object, sha256 }];
  });
}

/** A digest from its plain content; null when it is none. */
export function parseDigest(file: string, text: Uint8Array): Digest | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(text).toString('utf8'));
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) {
    return null;
  }
  const s3Object = textOf(parsed, 'digestS3Object');
  const from = timeOf(textOf(parsed, 'digestStartTime'));
  const endText = textOf(parsed, 'digestEndTime');
  const to = timeOf(endText);
  const accountId = textOf(parsed, 'awsAccountId');
  if (s3Object === null || from === null || endText === null || to === null || accountId === null) {
    return null;
  }
  return {
    file,
    accountId,
    region: /_CloudTrail-Digest_([a-z0-9-]+)_/.exec(s3Object)?.[1] ?? '',
    s3Object,
    s3Bucket: textOf(parsed, 'digestS3Bucket') ?? '',
    from,
    to,
    endText,
    previousObject: textOf(parsed, 'previousDigestS3Object'),
    previousHash: textOf(parsed, 'previousDigestHashValue'),
    previousSignature: textOf(parsed, 'previousDigestSignature'),
    fingerprint: textOf(parsed, 'digestPublicKeyFingerprint'),
    logFiles: logFilesOf(parsed),
    sha256: createHash('sha256').update(text).digest('hex'),
  };
}

/** Public keys of CloudTrail by fingerprint: DER in base64, as `aws cloudtrail list-public-keys` gives them. */
export type DigestKeys = Readonly<Record<string, string>>;

/**
 * Whether `signature`, which stands in the digest that follows, is CloudTrail's over this digest; null when its key
 * was not given.
 */
export function signatureHolds(digest: Digest, signature: string, keys: DigestKeys): boolean | null {
  const { fingerprint } = digest;
  const key = fingerprint !== null && Object.hasOwn(keys, fingerprint) ? keys[fingerprint] : undefined;
  if (key === undefined) {
    return null;
  }
  const signed = [
    digest.endText,
    `${digest.s3Bucket}/${digest.s3Object}`,
    digest.sha256,
    digest.previousSignature ?? 'null',
  ].join('\n');
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs1' });
    return verify('RSA-SHA256', Buffer.from(signed), publicKey, Buffer.from(signature, 'hex'));
  } catch {
    return false;
  }
}
