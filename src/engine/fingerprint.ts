import { sha256 } from '../model/sha256.ts';

/** First 16 hex digits of sha256(check | message id | arn | discriminator). */
export function fingerprintText(
  check: string,
  messageId: string,
  arn: string,
  discriminator: string,
): string {
  return sha256([check, messageId, arn, discriminator].join('|')).slice(0, 16);
}
