/**
 * What many buckets are made of, where they are told at once: texts that come again and again are told by number.
 * Members of a bucket in the order in which buckets are sorted: credential, sessionCreatedAt, sourceIp, userAgent,
 * source, name, region, errorCode, accountId, actorArn.
 */
export interface ActivityNumbers {
  /** The same text may stand here several times. */
  readonly texts: readonly string[];
  /** Ten per bucket: places in `texts`, from 1; 0 = null. */
  readonly members: Int32Array;
  readonly calls: Int32Array;
  /** Two per bucket, in milliseconds: the first and the last. */
  readonly times: Float64Array;
}

/** A bucket among others that are told by numbers. */
export interface NumberedBucket {
  readonly numbers: ActivityNumbers;
  readonly row: number;
}
